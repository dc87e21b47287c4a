// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The coefficients h_0, h_1, ... of a power series H(y) = h_0 (1 + u_1 y)^(k_1) (1 + u_2 y)^(k_2)
/// ..., one after another, in as many products each as there are factors.
///
/// With A_j = u_j H/(1 + u_j y), which lacks one factor, H' = sum_j k_j A_j and A_j = u_j (H - y
/// A_j), so
///
///     d h_d = sum_j k_j a_(j,d-1),  a_(j,d) = u_j (h_d - a_(j,d-1)).
///
/// Errors grow as if all signs were positive: like the coefficients of h_0 prod_j (1 - |u_j|
/// y)^(-k_j).
@_spi(Arithmetic) public final class GroupSeries<Number: RigorousNumber & ~Copyable> {
  /// h_d for the d where the series stands.
  public let coefficient: BallBox<Number>
  @usableFromInline let exponents: [Int]
  /// u_j, and a_(j,d).
  @usableFromInline let factors, quotients: BallVector<Number>
  @usableFromInline var product: Number
  @usableFromInline let powers: GroupProduct<Number>
  @usableFromInline let scratch: Number.Scratch
  @usableFromInline var degree = 0

  /// - Parameter exponents: k_1, k_2, ..., at least 1 each.
  @inlinable
  public init(exponents: [Int], precision: Int) {
    self.exponents = exponents
    coefficient = BallBox(precision: precision)
    factors = BallVector(count: exponents.count, precision: precision)
    quotients = BallVector(count: exponents.count, precision: precision)
    product = Number(precision: precision)
    powers = GroupProduct(exponents: exponents, precision: precision)
    scratch = Number.makeScratch(precision: precision)
  }

  /// Begins with factors u_j and h_0.
  @inlinable
  public func begin(_ factors: borrowing BallVector<Number>, first: borrowing Number) {
    degree = 0
    coefficient.ball.set(first)
    for j in exponents.indices {
      self.factors[j].set(factors[j])
      quotients[j].set(factors[j])
      quotients[j].multiply(by: first, scratch)
    }
  }

  /// Goes on to the next d.
  @inlinable
  public func advance() {
    degree += 1
    coefficient.ball.set(0)
    var error = Magnitude.zero
    for j in exponents.indices {
      product.set(quotients[j])
      product.multiply(by: exponents[j])
      error = error + coefficient.ball.addMidpoint(of: product)
    }
    coefficient.ball.widen(by: error)
    coefficient.ball.divide(by: degree)
    for j in exponents.indices {
      quotients[j].negate()
      quotients[j].add(coefficient.ball)
      quotients[j].multiply(by: factors[j], scratch)
    }
  }

  /// The coefficients of a range, in the order in which they are reached, each with its index.
  ///
  /// - Parameters:
  ///   - factors: u_j; afterwards 1/u_j if the range is reached from its top.
  ///   - scale: H(0).
  @inlinable
  public func forEach(
    in range: CoefficientRange, of factors: borrowing BallVector<Number>,
    times scale: borrowing Number, _ body: (_ index: Int, _ coefficient: borrowing Number) -> Void
  ) {
    product.set(scale)
    if range.isFromTop {
      powers.begin()
      for j in exponents.indices {
        powers.multiply(by: factors[j])
        factors[j].formReciprocal(scratch)
      }
      powers.finish(into: &product)
      product.multiply(by: scale, scratch)
    }
    begin(factors, first: product)
    let last = range.range.count - 1
    for step in 0...range.steps {
      if step > 0 { advance() }
      let index = step - (range.steps - last)
      if index >= 0 { body(range.isFromTop ? last - index : index, coefficient.ball) }
    }
  }
}

/// A range of powers of y in prod_j (1 + y u_j)^(k_j), which `GroupSeries` reaches from y^0 or, as
/// powers of 1/y with the factors 1/u_j and all of prod_j u_j^(k_j), from the last one: the way that
/// takes less.
@_spi(Arithmetic) public struct CoefficientRange: Sendable {
  /// The powers.
  public let range: ClosedRange<Int>
  /// Whether it is reached from the last power.
  public let isFromTop: Bool
  /// How many coefficients are made after the first.
  public let steps: Int
  /// ln of what errors grow to at an end of the range, about: as if a coefficient of this size were
  /// rounded.
  public let logErrors: Double

  /// - Parameters:
  ///   - range: From 0 on, and at most the sum of the exponents.
  ///   - exponents: k_j.
  ///   - logFactors: ln |u_j|.
  package init(_ range: ClosedRange<Int>, exponents: [Double], logFactors: [Double]) {
    let top = Int(exponents.reduce(0, +))
    func way(isFromTop: Bool) -> (steps: Int, logErrors: Double) {
      let steps = isFromTop ? top - range.lowerBound : range.upperBound
      let all = isFromTop ? zip(exponents, logFactors).reduce(0) { $0 + $1.0 * $1.1 } : 0
      let factors = isFromTop ? logFactors.map { -$0 } : logFactors
      let errors = [steps, steps - range.count + 1].map {
        Self.logCoefficient($0, exponents, factors)
      }
      return (steps, all + max(errors[0], errors[1]))
    }
    let (up, down) = (way(isFromTop: false), way(isFromTop: true))
    func cost(_ way: (steps: Int, logErrors: Double), beside other: Double) -> Double {
      // In units of a few hundred bits, of which a product takes as long as its sums.
      Double(way.steps) * (400 + max(0, way.logErrors - other))
    }
    isFromTop = cost(down, beside: up.logErrors) < cost(up, beside: down.logErrors)
    (steps, logErrors) = isFromTop ? down : up
    self.range = range
  }

  /// ln of a bound of the coefficient of y^d in prod_j (1 - v_j y)^(-k_j): at u with all v_j u < 1 it
  /// is at most u^-d prod_j (1 - v_j u)^(-k_j), least where sum_j k_j v_j u/(1 - v_j u) = d.
  private static func logCoefficient(_ d: Int, _ exponents: [Double], _ logs: [Double]) -> Double {
    let top = logs.max() ?? 0
    // u = e^-top/(1 + e^-t)
    func shares(_ t: Double) -> [Double] { logs.map { exp($0 - top) / (1 + exp(-t)) } }
    let t = IncreasingFunction.root(from: 0, target: Double(max(d, 1)), limit: 30) {
      zip(exponents, shares($0)).reduce(0) { $0 + $1.0 * $1.1 / (1 - $1.1) }
    }
    return zip(exponents, shares(t)).reduce(Double(d) * (top + log1p(exp(-t)))) {
      $0 - $1.0 * log1p(-$1.1)
    }
  }
}
