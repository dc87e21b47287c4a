// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A piece of the domain of a dual function l(r) - lambda g(r) + nu S(r), on which it can be bounded
/// from above whatever the multipliers are.
///
/// What does not depend on the multipliers, g and its derivatives at the centre, is computed once.
protocol DualCell {
  /// l, g and S at the centre, and where it is.
  var centre: DualPoint { get }

  /// An upper bound of the function on the cell.
  func upperBound(_ multipliers: DualMultipliers) -> Double

  /// The largest value near the centre, inside of the cell or not.
  func peak(_ multipliers: DualMultipliers) -> DualPoint

  /// Two halves; nil if the cell cannot be divided.
  var halves: (Self, Self)? { get }
}

/// lambda and nu, at least 0.
package struct DualMultipliers: Equatable, Sendable {
  /// lambda.
  package var loss: Double
  /// nu.
  package var spread: Double

  /// Both.
  package init(loss: Double, spread: Double) {
    self.loss = loss
    self.spread = spread
  }
}

/// l, g and S at a point, rounded.
struct DualPoint: Sendable {
  /// The coordinates, one or two.
  var position: (Double, Double)
  /// l: what is maximised.
  var objective: Double
  /// g: what has a mean of at most G0.
  var loss: Double
  /// S: what has a mean of at least -Lambda.
  var spread: Double

  /// l - lambda g + nu S.
  func value(_ multipliers: DualMultipliers) -> Double {
    // Where S is minus infinity, nu = 0 is a limit.
    let part = multipliers.spread == 0 ? 0 : multipliers.spread * spread
    return objective - multipliers.loss * loss + part
  }
}

/// What rounding may cost a bound whose parts are together of this size.
///
/// g and its derivatives err by 2^-41 of themselves; everything else is some twenty operations of
/// `Double`.
func dualMargin(_ size: Double) -> Double { (1 + abs(size)) * 0x1p-40 }
