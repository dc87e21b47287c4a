// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Which pairs of a batch of N images, two views each, are compared.
public enum ContrastiveLoss: String, CaseIterable, Hashable, Sendable {
  /// View 0 of an image against view 1 of all: K = N - 1 negatives, as in the bounds.
  case infoNCE = "infonce"

  /// Every view against all other views: 2 N - 2 negatives, as in SimCLR.
  ///
  /// Reference: T. Chen et al., *A simple framework for contrastive learning of visual
  /// representations*, ICML 2020, eq. (1).
  case ntXent = "nt-xent"

  /// How many views an anchor is compared with besides its positive, for N images.
  public func negativeCount(imageCount: Int) -> Int {
    switch self {
    case .infoNCE: imageCount - 1
    case .ntXent: 2 * imageCount - 2
    }
  }

  /// The mean loss of a batch and its gradient with respect to all features.
  ///
  /// - Parameters:
  ///   - features: (2 N, d), unit rows: view 0 of the N images, then view 1 in the same order.
  ///   - temperature: t > 0.
  ///   - gradients: (2 N, d); assigned.
  ///   - strip: At least `stripCount` floats to work in.
  /// - Returns: The loss in nats.
  /// - Complexity: O(N^2 d) operations.
  package func evaluate(
    features: Matrix, temperature: Float, gradients: Matrix, strip: FloatVector, engine: Engine
  ) -> Double {
    precondition(features.rows % 2 == 0 && features.rows >= 2, "two views of each image")
    let n = features.rows / 2
    gradients.elements.fill(0)
    switch self {
    case .infoNCE:
      return SoftMaxLoss(temperature: temperature, excludesAnchor: false) { $0 }
        .evaluate(
          anchors: features[rows: 0..<n], keys: features[rows: n..<2 * n],
          anchorGradients: gradients[rows: 0..<n], keyGradients: gradients[rows: n..<2 * n],
          strip: strip, engine: engine)
    case .ntXent:
      return SoftMaxLoss(temperature: temperature, excludesAnchor: true) { ($0 + n) % (2 * n) }
        .evaluate(
          anchors: features, keys: features, anchorGradients: gradients, keyGradients: gradients,
          strip: strip, engine: engine)
    }
  }

  /// How many floats `evaluate` needs as `strip` for N images.
  package func stripCount(imageCount: Int) -> Int {
    let keys = self == .infoNCE ? imageCount : 2 * imageCount
    return SoftMaxLoss.stripRows(anchors: keys, keys: keys) * keys
  }
}
