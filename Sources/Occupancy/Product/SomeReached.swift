// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// G(z) = sum_d H_d(z) over the d >= j, or the d <= j, of a range, with H_d(z) = [y^d] H(y, z): d
/// classes come at least m_c times.
///
/// Bounds for x > 0: as no coefficient is negative, G(x) <= s^-j H(s, x) for every s on the side of
/// 1 where j lies (`ClassTilt`). On the circle |L_c(z)| <= L_c(r) and |U_c(z)| <= (r/x)^m U_c(x)
/// (`AllReached`), so |G(z)| <= s^-j g(x)^W prod_c (L_c(r) + s (r/x)^m U_c(x)), which falls with
/// the angle because U_c(x)/x^m grows with x.
struct SomeReached: GeneratingFunction {
  let product: OccupancyProduct
  let side: CountSide
  /// j.
  let bound: Int
  /// The last d of the range on the side away from j.
  var outer: Int
  /// The lowest degree with a coefficient other than zero; where the shift needs room, one less:
  /// then its coefficient is 0.
  let lowestDegree: Int
  /// What the mean of the tilted law is moved by to have a saddle point at the ends of the degrees,
  /// where there is none: -1/2 at the lowest one, 1/2 at the highest one.
  let shift: Double

  /// - Parameter degree: n, at which G is wanted.
  init(_ product: OccupancyProduct, _ side: CountSide, _ bound: Int, degree n: Int) {
    self.product = product
    self.side = side
    self.bound = bound
    let requirement = product.requirement
    outer = side == .atLeast ? requirement.classCount : 0
    let tail = Requirement(
      law: requirement.law, parts: requirement.parts, free: requirement.free,
      needed: side == .atLeast ? bound : bound + 1)
    switch side {
    case .atLeast:
      let least = tail.leastDraws(product.sampling)
      shift = n == least ? -0.5 : 0
      lowestDegree = least - (n == least ? 1 : 0)
    case .atMost:
      shift = n == tail.failureLimit(product.sampling) ? 0.5 : 0
      lowestDegree = 0
    }
  }

  func logValue(_ x: Double) -> Double {
    product.tilt(x).logBound(of: side, bound) + product.logFree(x)
  }

  func excess(_ x: Double) -> Double {
    let splits = product.splits(x)
    let tilt = ClassTilt(zip(splits, product.counts).map { .init($0, $1) })
      .logTilt(for: side, bound)
    return product.moments(splits, x, log: tilt).draws - Double(lowestDegree) + shift
  }

  private func majorantTilt(_ x: Double, radius r: Double) -> ClassTilt {
    let (short, reached) = (product.splits(r), product.splits(x))
    return ClassTilt(
      product.counts.indices.map { index in
        let growth = Double(product.factors[index].copies) * log(r / x)
        return .init(
          classCount: product.counts[index], logShort: short[index].logShort,
          logReached: reached[index].logReached + growth)
      })
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    majorantTilt(x, radius: r).logBound(of: side, bound) + product.logFree(x)
  }

  func value(_ x: Double) -> Magnitude {
    let tilt = Tilt(log: product.tilt(x).logTilt(for: side, bound))
    return product.value(tilt: tilt, at: x) * Tilt.power(.one, over: tilt, bound)
  }

  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    let tilt = Tilt(log: majorantTilt(x, radius: r).logTilt(for: side, bound))
    return product.value(tilt: tilt, short: r, reached: x) * Tilt.power(.one, over: tilt, bound)
  }

  func makeEvaluator<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type, precision: Int
  ) -> NodeEvaluator<Number> {
    if product.requirement.isEven {
      let evaluator = EvenEvaluator<Number>(self, precision: precision)
      return NodeEvaluator { evaluator.evaluate($0, into: &$1) }
    }
    let evaluator = UnevenEvaluator<Number>(self, precision: precision)
    return NodeEvaluator { evaluator.evaluate($0, into: &$1) }
  }

  /// The most classes on the rarer side.
  fileprivate var stateLimit: Int {
    side == .atLeast ? product.requirement.classCount - bound : bound
  }

  /// Products in one evaluation, about.
  var work: Double {
    let parts = product.requirement.parts
    let powers = Double(parts.reduce(0) { $0 + 2 * $1.copies + 8 })
    if product.requirement.isEven { return powers + 2 * Double(abs(outer - bound) + 1) }
    return powers + 2 * Double(stateLimit + 1) * Double(product.requirement.classCount)
  }
}

/// Equal classes: sum_d binom(C, d) U^d L^(C-d) over the range, each term from the one before.
private final class EvenEvaluator<Number: RigorousComplex & ~Copyable> {
  private let function: SomeReached
  private let powers: FactorPowers<Number>
  private let precision: Int
  private let short, reached, term, temporary: BallBox<Number>
  private let scratch: Number.Scratch

  init(_ function: SomeReached, precision: Int) {
    self.function = function
    self.precision = precision
    powers = FactorPowers(function.product, precision: precision)
    short = BallBox(precision: precision)
    reached = BallBox(precision: precision)
    term = BallBox(precision: precision)
    temporary = BallBox(precision: precision)
    scratch = Number.makeScratch(precision: precision)
  }

  func evaluate(_ point: borrowing Number, into result: inout Number) {
    powers.begin(at: point)
    powers.next(short: &short.ball, reached: &reached.ball)
    let (c, j) = (function.product.requirement.classCount, function.bound)
    term.ball.set(Factorials.binomial(c, j, precision: precision))
    multiplyTerm(by: reached, power: j)
    multiplyTerm(by: short, power: c - j)
    if j == function.outer {
      result.set(term.ball)
    } else {
      sum(from: j, c, into: &result)
    }
    powers.multiplyByFree(&result)
  }

  private func sum(from j: Int, _ c: Int, into result: inout Number) {
    // The quotient of two terms without its rational factor.
    if function.side == .atLeast {
      short.ball.formReciprocal(scratch)
      short.ball.multiply(by: reached.ball, scratch)
    } else {
      reached.ball.formReciprocal(scratch)
      short.ball.multiply(by: reached.ball, scratch)
    }
    // A sum of midpoints, its error beside it.
    result.set(0)
    var error = result.addMidpoint(of: term.ball)
    var d = j
    while d != function.outer {
      term.ball.multiply(by: short.ball, scratch)
      if function.side == .atLeast {
        term.ball.multiply(by: c - d)
        term.ball.divide(by: d + 1)
        d += 1
      } else {
        term.ball.multiply(by: d)
        term.ball.divide(by: c - d + 1)
        d -= 1
      }
      error = error + result.addMidpoint(of: term.ball)
    }
    result.widen(by: error)
  }

  private func multiplyTerm(by factor: BallBox<Number>, power: Int) {
    guard power > 0 else { return }
    let value = BallBox<Number>(precision: precision)
    value.ball.set(factor.ball)
    value.ball.formPower(power, base: &temporary.ball, scratch)
    term.ball.multiply(by: value.ball, scratch)
  }
}

/// Unequal classes, one after another: with p_k = [y^k] of the product so far, where y marks the
/// classes on the rarer side, p_k becomes p_k a + p_(k-1) b, for k up to the most that are wanted:
/// a = U, b = L for d >= j, where at most C - j classes fall short; a = L, b = U for d <= j.
private final class UnevenEvaluator<Number: RigorousComplex & ~Copyable> {
  private let function: SomeReached
  private let powers: FactorPowers<Number>
  private let states: [BallBox<Number>]
  private let short, reached, term: BallBox<Number>
  private let scratch: Number.Scratch

  init(_ function: SomeReached, precision: Int) {
    self.function = function
    powers = FactorPowers(function.product, precision: precision)
    states = (0...function.stateLimit).map { _ in BallBox(precision: precision) }
    short = BallBox(precision: precision)
    reached = BallBox(precision: precision)
    term = BallBox(precision: precision)
    scratch = Number.makeScratch(precision: precision)
  }

  func evaluate(_ point: borrowing Number, into result: inout Number) {
    powers.begin(at: point)
    let (other, rare) = function.side == .atLeast ? (reached, short) : (short, reached)
    let top = states.count - 1
    states[0].ball.set(1)
    var used = 0
    for part in function.product.requirement.parts {
      powers.next(short: &short.ball, reached: &reached.ball)
      for _ in 0..<part.classCount {
        used += 1
        for k in stride(from: min(used, top), through: 0, by: -1) {
          step(k, isNew: k == used, rare: rare, other: other)
        }
      }
    }
    // A sum of midpoints, its error beside it.
    result.set(0)
    var error = Magnitude.zero
    for box in states { error = error + result.addMidpoint(of: box.ball) }
    result.widen(by: error)
    powers.multiplyByFree(&result)
  }

  /// p_k = p_k other + p_(k-1) rare.
  private func step(_ k: Int, isNew: Bool, rare: BallBox<Number>, other: BallBox<Number>) {
    if isNew {
      states[k].ball.set(states[k - 1].ball)
      states[k].ball.multiply(by: rare.ball, scratch)
      return
    }
    states[k].ball.multiply(by: other.ball, scratch)
    guard k > 0 else { return }
    term.ball.set(states[k - 1].ball)
    term.ball.multiply(by: rare.ball, scratch)
    states[k].ball.add(term.ball)
  }
}
