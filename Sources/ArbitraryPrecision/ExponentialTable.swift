// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// e^(m/32) and e^(im/32) in units of 2^-125, toward zero, computed when they are first used.
struct ExponentialTable: Sendable {
  static let shared = ExponentialTable()

  /// 32 times 0.39 and 0.89, rounded to nearest.
  private static let lastPower = 13
  private static let lastTurn = 28

  private let powers: [Int128]
  private let turns: [(cosine: Int128, sine: Int128)]

  /// e^(m/32) for |m| <= 13.
  @inline(__always)
  func power(_ m: Int) -> Int128 { powers[m + Self.lastPower] }

  /// cos(m/32) and sin(m/32) for m <= 28.
  @inline(__always)
  func turn(_ m: UInt) -> (cosine: Int128, sine: Int128) { turns[Int(m)] }

  /// Balls of 256 bits err by less than 2^-240: an entry lacks less than a unit, whichever side the
  /// ball errs to, up to 2^-110.
  private init() {
    let scratch = ComplexBall.Scratch(precision: 256)
    func exponential(_ real: Rational, _ imaginary: Rational) -> (Int128, Int128) {
      var ball = ComplexBall(precision: 256)
      ball.set(real, imaginary)
      ball.formExponential(scratch)
      guard let x = ball.realPart.word(scale: 125), let y = ball.imaginaryPart.word(scale: 125)
      else { preconditionFailure("an entry of the table is less than 2") }
      return (x, y)
    }
    powers = (-Self.lastPower...Self.lastPower).map { exponential(Rational($0, 32), 0).0 }
    turns = (0...Self.lastTurn).map { exponential(0, Rational($0, 32)) }
  }
}
