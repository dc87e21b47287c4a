// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// The terms binom(C, d) U^d L^(C-d) of equal classes, of which d count, one after another from
/// d = j on.
@_spi(Arithmetic) public final class EqualClasses<Number: RigorousNumber & ~Copyable> {
  /// The term of `position`.
  public let term: BallBox<Number>
  /// d.
  @inlinable public var position: Int { count }
  @usableFromInline var count = 0
  @usableFromInline let classCount, first: Int
  @usableFromInline let isUpward: Bool
  @usableFromInline let binomial, ratio, temporary: BallBox<Number>
  @usableFromInline let scratch: Number.Scratch

  @inlinable public init(_ classCount: Int, from first: Int, isUpward: Bool, precision: Int) {
    (self.classCount, self.first, self.isUpward) = (classCount, first, isUpward)
    term = BallBox(precision: precision)
    binomial = BallBox(precision: precision)
    ratio = BallBox(precision: precision)
    temporary = BallBox(precision: precision)
    scratch = Number.makeScratch(precision: precision)
    binomial.ball.set(Factorials.binomial(classCount, first, precision: precision))
  }

  /// Begins with L and U of a class; U is not 0 where d falls, nor L where it rises.
  @inlinable public func begin(short: BallBox<Number>, reached: BallBox<Number>) {
    count = first
    term.ball.set(binomial.ball)
    for (factor, exponent) in [(reached, first), (short, classCount - first)] where exponent > 0 {
      ratio.ball.set(factor.ball)
      ratio.ball.formPower(exponent, base: &temporary.ball, scratch)
      term.ball.multiply(by: ratio.ball, scratch)
    }
    // The quotient of two terms without its rational factor.
    let (numerator, denominator) = isUpward ? (reached, short) : (short, reached)
    ratio.ball.set(denominator.ball)
    ratio.ball.formReciprocal(scratch)
    ratio.ball.multiply(by: numerator.ball, scratch)
  }

  /// Goes on to the next d, up or down.
  @inlinable public func advance() {
    let (c, d) = (classCount, count)
    term.ball.multiply(by: ratio.ball, scratch)
    term.ball.multiply(by: isUpward ? c - d : d)
    term.ball.divide(by: isUpward ? d + 1 : c - d + 1)
    count += isUpward ? 1 : -1
  }
}

/// p_k = [y^k] prod_c (a_c + y b_c) for k up to a limit, class after class: p_k becomes p_k a +
/// p_(k-1) b, where y marks the rarer of L and U. For the limit 0 a product of powers.
@_spi(Arithmetic) public final class UnequalClasses<Number: RigorousNumber & ~Copyable> {
  @usableFromInline let states: [BallBox<Number>]
  @usableFromInline let term, base: BallBox<Number>
  @usableFromInline let scratch: Number.Scratch
  @usableFromInline var used = 0

  @inlinable public init(limit: Int, precision: Int) {
    states = (0...limit).map { _ in BallBox(precision: precision) }
    term = BallBox(precision: precision)
    base = BallBox(precision: precision)
    scratch = Number.makeScratch(precision: precision)
  }

  /// Begins with no classes.
  @inlinable public func begin() {
    states[0].ball.set(1)
    used = 0
  }

  /// Takes classes with the same a and b.
  @inlinable public func take(_ count: Int, other: BallBox<Number>, rare: BallBox<Number>) {
    if states.count == 1 {
      term.ball.set(other.ball)
      term.ball.formPower(count, base: &base.ball, scratch)
      return states[0].ball.multiply(by: term.ball, scratch)
    }
    for _ in 0..<count {
      used += 1
      for k in stride(from: min(used, states.count - 1), through: 0, by: -1) {
        if k == used {
          states[k].ball.set(0)
        } else {
          states[k].ball.multiply(by: other.ball, scratch)
        }
        guard k > 0 else { continue }
        term.ball.set(states[k - 1].ball)
        term.ball.multiply(by: rare.ball, scratch)
        states[k].ball.add(term.ball)
      }
    }
  }

  /// Sets `result` to p_0 + ... + p_k, all of those there are if k is not given: a sum of midpoints,
  /// its error beside it.
  @inlinable public func sum(through k: Int = .max, into result: inout Number) {
    result.set(0)
    var error = Magnitude.zero
    for box in states.prefix(max(0, min(k, used) + 1)) {
      error = error + result.addMidpoint(of: box.ball)
    }
    result.widen(by: error)
  }
}
