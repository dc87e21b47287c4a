// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// A selection of the `OccupancyProduct`: a power series F with non-negative coefficients whose
/// coefficient [z^n] counts draws, as far as planning a contour integral and bounding its errors
/// need it.
///
/// On the circle of radius r it has a majorant: for 0 <= t <= pi and x > 0 at least
/// `sampling.majorantArgument(radius: r, angle: t)`,
///
///     |F(r e^(it))| <= majorant(x, radius: r).
protocol BoundedSeries: Sendable {
  var product: OccupancyProduct { get }
  /// The lowest degree with a coefficient other than zero.
  var lowestDegree: Int { get }

  /// ln F(x) for x > 0, an approximation for planning.
  func logValue(_ x: Double) -> Double
  /// x F'(x)/F(x) - lowestDegree for x > 0, increasing in x: how far the mean of the tilted law
  /// lies above its lowest value, without cancellation. For planning.
  func excess(_ x: Double) -> Double
  /// ln of the majorant, an approximation for planning.
  func logMajorant(_ x: Double, radius: Double) -> Double

  /// F(x) for x > 0, from above.
  func value(_ x: Double) -> Magnitude
  /// The majorant, from above.
  func majorant(_ x: Double, radius: Double) -> Magnitude
}

extension BoundedSeries {
  var law: LabelLaw { product.law }
  var sampling: SamplingScheme { product.sampling }
}

/// A series that can be evaluated at complex points, rigorously, in any arithmetic.
protocol GeneratingFunction: BoundedSeries {
  /// Complex products in one evaluation, about.
  var work: Double { get }
  /// - Parameter precision: The working precision, for an arithmetic that has a choice.
  func makeEvaluator<Number: RigorousNumber & ~Copyable>(_ arithmetic: Number.Type, precision: Int)
    -> NodeEvaluator<Number>
}

/// Evaluates a generating function at one point after another; it owns its temporaries.
///
/// A closure and no class to be overridden: what it runs is compiled for one arithmetic.
struct NodeEvaluator<Number: RigorousNumber & ~Copyable> {
  private let body: (_ point: borrowing Number, _ result: inout Number) -> Void

  init(_ body: @escaping (_ point: borrowing Number, _ result: inout Number) -> Void) {
    self.body = body
  }

  /// Sets `result` to F(z) at the point z.
  func evaluate(_ point: borrowing Number, into result: inout Number) { body(point, &result) }
}

extension GeneratingFunction {
  /// The powers of all parts and what a `GroupProduct` takes.
  var work: Double {
    powerWork + product.groupWork
  }

  /// Those for L and U of all parts.
  var powerWork: Double {
    Double(product.requirement.parts.reduce(0) { $0 + 2 * $1.copies + 8 })
  }

  /// Seconds for the nodes of a plan, about.
  ///
  /// - Parameter work: Complex products in a node.
  func seconds(_ plan: ContourPlan, work: Double, bits: Double) -> Double {
    // A node takes an exponential function, whose series has as many terms as the root of the bits;
    // bounds of errors take some four values at a precision of their own.
    Double(plan.lastNode + 1) * (work + 15 + bits.squareRoot()) * OperationCost.complex(bits: bits)
      + 4 * self.work * OperationCost.complex(bits: Double(product.valuePrecision))
  }

  /// Evaluated rigorously: g^w loses the bits of w, and g^w - 1 those of a weight that is small
  /// among the others.
  func value(_ x: Double) -> Magnitude {
    let precision = product.valuePrecision
    var point = RealBall(precision: precision)
    var value = RealBall(precision: precision)
    point.set(x)
    makeEvaluator(RealBall.self, precision: precision).evaluate(point, into: &value)
    return value.bound
  }
}

/// A function whose majorant is (r/x)^growth F(x), as each factor U is at most (r/x)^m U(x)
/// (Theorem 2).
protocol PowerMajorized: GeneratingFunction { var growth: Int { get } }

extension PowerMajorized {
  func logMajorant(_ x: Double, radius r: Double) -> Double {
    logValue(x) + Double(growth) * log(r / x)
  }

  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    value(x) * powerOfRatio(r, x, growth)
  }
}

/// The arithmetic of fixed size that short decimals are computed in.
enum FixedArithmetic {
  /// What it rounds to, in bits.
  static var precision: Int { ComplexWord.fixedPrecision ?? 0 }
}
