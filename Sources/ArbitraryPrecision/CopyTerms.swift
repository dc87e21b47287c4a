// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// The sums L = t_0 + ... + t_(m-1) and U = t_m + t_(m+1) + ... of the terms by which one class's
/// factor is split, in any arithmetic: t_k = x^k/k! with replacement, x = w z, and binom(w, k) z^k
/// without, x = z.
///
/// U ends at the first t_K with q = |t_(K+1)/t_K| < 1 for which the rest, at most |t_K| q/(1 - q) as
/// the ratios of its terms decrease, is small; the rest is added to the error.
@_spi(Arithmetic) public final class CopyTerms<Number: RigorousNumber & ~Copyable> {
  /// x, to be set first.
  public let step: BallBox<Number>
  /// The sum that was made last.
  public let sum: BallBox<Number>
  @usableFromInline let term: BallBox<Number>
  @usableFromInline let scratch: Number.Scratch

  @inlinable public init(precision: Int) {
    step = BallBox(precision: precision)
    sum = BallBox(precision: precision)
    term = BallBox(precision: precision)
    scratch = Number.makeScratch(precision: precision)
  }

  /// sum = L; term = t_(m-1).
  ///
  /// - Parameter items: w without replacement.
  @inlinable public func sumShort(_ copies: Int, items: Int?) {
    term.ball.set(1)
    sum.ball.set(1)
    var error = Magnitude.zero
    for k in 1..<copies {
      advance(to: k, items)
      error = error + sum.ball.addMidpoint(of: term.ball)
    }
    sum.ball.widen(by: error)
  }

  /// sum = U, from term = t_(m-1), to `precision` bits.
  @inlinable public func sumReached(_ copies: Int, items: Int?, precision: Int) {
    var k = copies
    advance(to: k, items)
    sum.ball.set(0)
    var error = sum.ball.addMidpoint(of: term.ball)
    let first = term.ball.size
    // No less than 1e-300, lest it underflow.
    let x = max(step.ball.bound.double, 1e-300)
    while items.map({ k < $0 }) ?? true {
      let here = term.ball.bound
      // |t_(k+1)/t_k|, which falls as k grows. With its two roundings, below 0.9, the quotient below
      // errs by less than 2^-48 of itself.
      let ratio = x * (items.map { Double($0 - k) } ?? 1) / Double(k + 1)
      if ratio < 0.9, here.exponent < first.exponent - precision - 8 {
        error = error + here * Magnitude(ratio / (1 - ratio) * (1 + 0x1p-40))
        break
      }
      k += 1
      advance(to: k, items)
      error = error + sum.ball.addMidpoint(of: term.ball)
    }
    sum.ball.widen(by: error)
  }

  /// From t_(k-1) to t_k.
  @inlinable public func advance(to k: Int, _ items: Int?) {
    term.ball.multiply(by: step.ball, scratch)
    if let items { term.ball.multiply(by: items - k + 1) }
    term.ball.divide(by: k)
  }
}
