// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// How parameters follow their gradients.
public enum OptimizerKind: String, CaseIterable, Hashable, Sendable {
  /// Gradient descent with momentum 0.9: v = 0.9 v + g + d w, w = w - r v.
  case sgd

  /// The same with a rate for every weight matrix: g + d w is scaled by 0.001 |w| / |g + d w|.
  ///
  /// Reference: Y. You, I. Gitman and B. Ginsburg, *Large batch training of convolutional
  /// networks*, arXiv 1708.03888.
  case lars

  /// Adam with decoupled weight decay; decay rates 0.9 and 0.999, epsilon 1e-8.
  ///
  /// References: D. Kingma and J. Ba, *Adam*, ICLR 2015; I. Loshchilov and F. Hutter, *Decoupled
  /// weight decay regularization*, ICLR 2019.
  case adam

  /// How many vectors of the size of the parameters it keeps.
  var momentCount: Int { self == .adam ? 2 : 1 }
}
