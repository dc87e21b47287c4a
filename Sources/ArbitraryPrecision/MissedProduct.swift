// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// F = prod_j U_j^(k_j) and G = prod_j (L_j + U_j)^(k_j) - F, whose factors come one after another.
///
/// A pair stands for F with F + G beside it, and pairs multiply without a difference:
///
///     (F, G)(F', G') = (F F', G (F' + G') + F G').
///
/// On the positive axis all terms are positive, so G keeps its relative accuracy where it is small
/// beside F. Factors share squarings as in a `GroupProduct`.
@_spi(Arithmetic) public final class MissedProduct<Number: RigorousNumber & ~Copyable> {
  @usableFromInline let exponents: [Int]
  @usableFromInline let reached, missed: [BallBox<Number>]
  @usableFromInline var isEmpty: [Bool]
  @usableFromInline let sum, term: BallBox<Number>
  @usableFromInline let scratch: Number.Scratch
  @usableFromInline var position = 0

  /// - Parameter exponents: k_1, k_2, ..., at least 1 each.
  @inlinable
  public init(exponents: [Int], precision: Int) {
    self.exponents = exponents
    reached = (0..<(exponents.max() ?? 1).bitLength).map { _ in BallBox(precision: precision) }
    missed = (0..<(exponents.max() ?? 1).bitLength).map { _ in BallBox(precision: precision) }
    isEmpty = reached.map { _ in true }
    sum = BallBox(precision: precision)
    term = BallBox(precision: precision)
    scratch = Number.makeScratch(precision: precision)
  }

  /// Begins a new product.
  @inlinable
  public func begin() {
    for i in isEmpty.indices { isEmpty[i] = true }
    position = 0
  }

  /// Takes the next factor: U, L + U, and L unless it is 1.
  @inlinable
  public func multiply(by u: BallBox<Number>, all: BallBox<Number>, short: BallBox<Number>?) {
    var left = exponents[position]
    while left != 0 {
      let bit = left.trailingZeroBitCount
      left &= left - 1
      if isEmpty[bit] {
        reached[bit].ball.set(u.ball)
        if let short { missed[bit].ball.set(short.ball) } else { missed[bit].ball.set(1) }
        isEmpty[bit] = false
      } else {
        multiply(bit, by: u, all: all, short: short)
      }
    }
    position += 1
  }

  /// Sets `result` to G.
  @inlinable
  public func finish(into result: inout Number) {
    let top = reached.count - 1
    let (f, g) = (reached[top], missed[top])
    for bit in (0..<top).reversed() {
      // (F^2, G (2F + G))
      sum.ball.set(f.ball)
      sum.ball.scale(byPowerOfTwo: 1)
      sum.ball.add(g.ball)
      g.ball.multiply(by: sum.ball, scratch)
      f.ball.square(scratch)
      if isEmpty[bit] { continue }
      sum.ball.set(reached[bit].ball)
      sum.ball.add(missed[bit].ball)
      multiply(top, by: reached[bit], all: sum, short: missed[bit])
    }
    result.set(g.ball)
  }

  @inlinable
  func multiply(
    _ bit: Int, by u: BallBox<Number>, all: BallBox<Number>, short: BallBox<Number>?
  ) {
    let (f, g) = (reached[bit], missed[bit])
    g.ball.multiply(by: all.ball, scratch)
    if let short {
      term.ball.set(f.ball)
      term.ball.multiply(by: short.ball, scratch)
      g.ball.add(term.ball)
    } else {
      g.ball.add(f.ball)
    }
    f.ball.multiply(by: u.ball, scratch)
  }
}
