// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision

/// Classes and observations of which there are finitely many, with exact probabilities: losses of
/// unrestricted scores q_j(x) can be minimised exactly on it.
public struct FiniteModel: Sendable {
  /// The most classes: subsets of them are enumerated.
  public static let classLimit = 10

  /// rho, the probability of each class.
  public let classProbabilities: [Rational]

  /// D_c(x), the probability of each observation x given a class c.
  public let conditionals: [[Rational]]

  /// C.
  public var classCount: Int { classProbabilities.count }

  /// The number of observations.
  public var observationCount: Int { conditionals[0].count }

  /// Whether all classes are equally likely.
  public var isUniform: Bool {
    classProbabilities.allSatisfy { $0 == classProbabilities[0] }
  }

  /// A model.
  ///
  /// - Parameters:
  ///   - classProbabilities: rho; positive numbers with the sum 1, from 2 to `classLimit` of them.
  ///   - conditionals: D_c(x) of each class; positive numbers with the sum 1, as many for all
  ///     classes. Zeros are excluded: the best scores would be infinite.
  /// - Throws: `DomainError` naming what is not so.
  public init(
    classProbabilities: [Rational], conditionals: [[Rational]]
  ) throws(DomainError) {
    let count = classProbabilities.count
    guard (2...Self.classLimit).contains(count) else {
      throw DomainError(
        parameter: "classProbabilities", value: "\(count) classes",
        requirement: "must be from 2 to \(Self.classLimit) classes")
    }
    try Self.check(classProbabilities, "classProbabilities")
    guard conditionals.count == count,
      conditionals.allSatisfy({ $0.count == conditionals[0].count && !$0.isEmpty })
    else {
      throw DomainError(
        parameter: "conditionals", value: "\(conditionals.map(\.count)) observations",
        requirement: "must be as many observations for each of \(count) classes")
    }
    for law in conditionals { try Self.check(law, "conditionals") }
    self.classProbabilities = classProbabilities
    self.conditionals = conditionals
  }

  private static func check(_ law: [Rational], _ parameter: String) throws(DomainError) {
    let sum = law.reduce(Rational(0)) { $0 + $1 }
    guard law.allSatisfy({ $0.signum > 0 }), sum == 1 else {
      throw DomainError(
        parameter: parameter, value: "\(law)", requirement: "must be positive, with the sum 1")
    }
  }

  /// rho_c D_c(x), the probability of class and observation.
  func joint(_ c: Int, _ x: Int) -> Rational { classProbabilities[c] * conditionals[c][x] }

  /// p(x), the probability of an observation.
  func marginal(_ x: Int) -> Rational {
    (0..<classCount).reduce(Rational(0)) { $0 + joint($1, x) }
  }

  /// The least supervised loss of any scores, that of the class probabilities given x:
  /// sum over x and c of rho_c D_c(x) ln(p(x) / (rho_c D_c(x))).
  public var optimalSupervisedLoss: ComputableReal {
    .irrational { precision in
      var sum = Enclosure(0)
      for x in 0..<observationCount {
        let marginal = marginal(x)
        for c in 0..<classCount {
          let joint = joint(c, x)
          let log = Enclosure(marginal / joint, precision: precision)
            .naturalLogarithm(precision: precision)
          sum = sum.adding(log.scaled(by: joint, precision: precision), precision: precision)
        }
      }
      return sum
    }
  }
}
