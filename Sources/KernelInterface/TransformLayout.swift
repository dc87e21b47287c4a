// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What `addTransforms` adds up of weights w and values b in [0, 1]: moments, then transforms at
/// nodes.
///
///     sums[m - 1] = sum of w b^m,  m = 1 ... 7,
///     sums[7 + k] = sum of w (1 - e^{-s b}),  s = 2^((k - 7)/2),  k = 0, 1, ...
///
/// Nodes of one parity are doublings: with q = 1 - e^{-s b} it is q(2 s) = q (2 - q).
package enum TransformLayout {
  /// How many moments there are. Where s <= 2^-4, they give the transform:
  /// 1 - e^{-x} = x - x^2/2! + ... + x^7/7!, x = s b, with a relative error below
  /// x^7/8! <= 9.3e-14.
  package static let momentCount = 7

  /// How many nodes a group has: four doublings of each of two chains.
  package static let groupSize = 8

  /// How many numbers there are for `groups` groups of nodes.
  package static func count(groups: Int) -> Int { momentCount + groupSize * groups }

  /// The node s = 2^((k - 7)/2); negative k are those that moments are for.
  ///
  /// - Complexity: O(1).
  package static func node(_ k: Int) -> Double {
    // With k = 2 a + b, b of 0 and 1.
    let a = k >> 1
    let significand = k & 1 == 0 ? 1.414_213_562_373_095_1 : 2
    return Double(sign: .plus, exponent: a - 4, significand: significand)
  }
}
