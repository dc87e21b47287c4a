// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Testing

@testable import Bounds

@Suite struct SpreadBoundTests {
  struct Fixture: Sendable, CustomTestStringConvertible {
    let (classes, negatives): (Int, Int)
    let (temperature, excess, linear): (String, String, String)
    let (upper, lower): (String, String)
    var testDescription: String { "C = \(classes), K = \(negatives)" }

    func inputs() throws -> BoundInputs {
      let setting = try ContrastiveSetting(
        classSizes: .uniform(classCount: classes), sampling: .withReplacement,
        negativeCount: negatives, temperature: Rational(parsing: temperature))
      func quantity(_ text: String) throws -> MeasuredQuantity {
        MeasuredQuantity(LinearForm(try Rational(parsing: text)), standardError: 0.01)
      }
      return try BoundInputs(
        setting,
        means: [
          .contrastiveLoss: quantity(excess), .gap: MeasuredQuantity(LinearForm(0)),
          .gapLinear: quantity(linear),
        ], gap: .published)
    }
  }

  /// Linear programming over many points, in Python.
  static let fixtures = [
    Fixture(
      classes: 10, negatives: 15, temperature: "0.5", excess: "1.7851724273", linear: "-0.2",
      upper: "1.271530064", lower: "0.796613801038"),
    Fixture(
      classes: 4, negatives: 15, temperature: "0.5", excess: "2", linear: "-0.3",
      upper: "0.563609416", lower: "0.270768378330"),
    Fixture(
      classes: 3, negatives: 7, temperature: "1", excess: "1.6", linear: "-0.25",
      upper: "0.546611678", lower: "0.500353947474"),
    Fixture(
      classes: 10, negatives: 31, temperature: "0.5", excess: "2.3900775468", linear: "-0.25",
      upper: "1.193437789", lower: "0.827503296352"),
  ]

  /// Upper bounds are found to within 10^-9 there and 2 10^-10 here.
  @Test(arguments: fixtures) func `values found elsewhere`(_ fixture: Fixture) throws {
    let inputs = try fixture.inputs()
    let bound = try #require(try SpreadUpperBound.outcome(inputs).value)
    let upper = try bound.number.double
    #expect(abs(upper - (try Rational(parsing: fixture.upper).double)) < 1e-9)
    #expect(bound.standardError ?? 0 > 0.01)
    let lower = try #require(try SpreadLowerBound.outcome(inputs).value)
    #expect(try lower.number.decimal(significantDigits: 12) == fixture.lower)
    #expect(upper <= (try value(PhiBound.outcome(inputs))))
  }

  /// Four items of two classes on the unit circle, two views each; summed in double precision.
  @Test func `the lower bound of an enumerated set of features`() throws {
    let setting = try uniform(2, 1)
    func lower(_ means: [MeasuredMean: String]) throws -> Double {
      var quantities = try means.mapValues {
        MeasuredQuantity(LinearForm(try Rational(parsing: $0)))
      }
      quantities[.contrastiveLoss] = two
      let inputs = try BoundInputs(setting, means: quantities, gap: .published)
      return try value(SpreadLowerBound.outcome(inputs))
    }
    let measured = try lower([.classSeparation: "0.5107778324871789"])
    #expect(abs(measured - 0.1218855221543329) < 1e-15)
    let bounded = try lower([.gapLinear: "-0.6891875641427441"])
    #expect(abs(bounded - 0.07016453748372323) < 1e-15)
  }

  @Test func `a certificate is what the bound is made of`() throws {
    let inputs = try Self.fixtures[0].inputs()
    let bound = try #require(try SpreadUpperBound.outcome(inputs).value)
    let dual = try #require(bound.certificate?.dual)
    // lambda G0 + nu C A'/t + w, exactly.
    let excess = try Rational(parsing: "1.7851724273")
    #expect(
      bound.number.exact == dual.lossMultiplier * excess + dual.spreadMultiplier * 18
        + dual.maximum)
    let numbers = try #require(try SpreadUpperBound.numbers(inputs, bound))
    #expect(numbers.hasPrefix("lambda (1.78517 - (0)) + nu 10 0.9/0.5 + w, lambda = "))
  }

  @Test func `without replacement the bound is not above that of independent draws of the others`()
    throws
  {
    // 20 classes of 3: the law of the negatives is that of 2 of 59 and 3 of 59.
    let sizes = [Int](repeating: 3, count: 20)
    let one = MeasuredQuantity(LinearForm(Rational(9, 10)))
    for excess in [Rational(5, 2), Rational(3)] {
      let inputs = try inputs(
        finite(sizes, 30), excess: MeasuredQuantity(LinearForm(excess)), [.classSeparation: one])
      let spread = try value(SpreadUpperBound.outcome(inputs))
      #expect(spread <= (try value(PhiBound.outcome(inputs))))
      #expect(spread > (try value(SpreadLowerBound.outcome(inputs))))
    }
  }

  @Test func `a loss and a spread that no encoder has are refused`() throws {
    // All r_j = 1: G0 = ln(1+K) at A' = 0, and no less.
    let spread = MeasuredQuantity(LinearForm(0))
    let low = MeasuredQuantity(LinearForm(Rational(2)))
    let outcome = try SpreadUpperBound.outcome(
      inputs(uniform(10, 15), excess: low, [.classSeparation: spread]))
    #expect(reason(outcome).hasPrefix("L_Info - d and the class means do not fit"))
  }

  @Test func `without a measured spread the largest possible one stands for it`() throws {
    let setting = try uniform(10, 15)
    let linear = MeasuredQuantity(LinearForm(Rational(-1, 5)), standardError: 0.02)
    let with = try BoundInputs(
      setting, means: [.contrastiveLoss: two, .gap: none, .gapLinear: linear], gap: .published)
    #expect(with.separation?.value.exact == Rational(9, 10))
    #expect(with.separation?.standardError == 0.01)
    let training = try BoundInputs(
      setting, means: [.contrastiveLoss: two, .gap: none, .gapLinear: linear], gap: .published,
      classMeans: .training)
    #expect(training.separation?.value.exact == 1)
    // Of unequal classes A' may be larger than A.
    let unequal = try inputs(finite([1, 2, 3], 3), excess: two)
    #expect(unequal.separation == nil && unequal.variance.value.exact == 1)
    #expect(reason(try SpreadLowerBound.outcome(unequal)) == "class_separation was not measured")
  }

  @Test func `for equal classes the adjusted bounds are the others`() throws {
    let inputs = try Self.fixtures[1].inputs()
    #expect(
      try value(PriorAdjustedUpperBound.outcome(inputs))
        == value(SpreadUpperBound.outcome(inputs)))
    let (a, b) = (
      try value(PriorAdjustedLowerBound.outcome(inputs)),
      try value(SpreadLowerBound.outcome(inputs))
    )
    #expect(isClose(a, b))
  }
}
