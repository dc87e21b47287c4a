// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// t w_1(t) and t w_2(t), what multiplies 1 - P at a node of `WaitingQuadrature`.
struct WaitingWeight: ~Copyable {
  /// t, or t e^(-dt).
  private(set) var first: RealBall
  /// 2 t^2, or 2t e^(-dt) (1 - e^(-dt))/d.
  private(set) var second: RealBall
  private var missing: RealBall

  /// 1/d without replacement, nil with.
  private let scale: Integer?

  /// - Parameters:
  ///   - scale: 1/d, the weight of the rarest class, without replacement; nil with.
  ///   - precision: The working precision, in bits.
  init(scale: Integer?, precision: Int) {
    self.scale = scale
    first = RealBall(precision: precision)
    second = RealBall(precision: precision)
    missing = RealBall(precision: precision)
  }

  mutating func set(time: borrowing RealBall) {
    first.set(time)
    second.set(time)
    second.multiply(by: 2)
    guard let scale else {
      second.multiply(by: time)
      return
    }
    missing.set(time)
    missing.divide(by: RealBall(scale, precision: 64 + scale.bitWidth))
    missing.negate()
    missing.formExponential()
    first.multiply(by: missing)
    second.multiply(by: missing)
    missing.formComplement()
    second.multiply(by: missing)
    second.multiply(by: RealBall(scale, precision: 64 + scale.bitWidth))
  }
}
