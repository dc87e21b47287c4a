// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Training with an encoder that follows, and a queue of its features as negatives (MoCo).
///
/// The number of negatives K = draws - 1 is the length of the queue; batches are smaller.
///
/// Reference: K. He et al., *Momentum contrast for unsupervised visual representation learning*,
/// CVPR 2020, arXiv 1911.05722.
public struct MomentumContrast: Hashable, Sendable {
  /// How many items a step takes, at least 1.
  public var batchSize = 256

  /// How much of itself the following encoder keeps in a step, in 0 ..< 1.
  public var momentum = 0.99

  /// Batches of 256, momentum 0.99.
  public init() {}

  /// Whether all numbers are in their ranges.
  var isMeaningful: Bool { batchSize >= 1 && (0..<1).contains(momentum) }
}
