// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Training

extension TrainingDataOption {
  /// The numbers of draws.
  var drawCounts: [Int] {
    switch self {
    case .digits, .agNews, .textCSV: [16, 32, 64, 128, 256, 512]
    case .fashionMNIST, .mnist, .idx, .cifar10: [32, 64, 128, 256, 512]
    case .cifar100, .banking77, .clinc150: [128, 256, 512, 1024]
    }
  }

  /// How often the items are seen.
  var epochs: Int {
    switch self {
    case .digits: 150
    case .fashionMNIST, .mnist, .idx, .cifar10, .cifar100: 20
    case .agNews, .textCSV, .banking77, .clinc150: 40
    }
  }

  /// The encoder.
  var shape: EncoderShape {
    switch self {
    case .digits:
      EncoderShape(backbone: [256], head: [256, 64])
    case .fashionMNIST, .mnist, .idx, .cifar10, .cifar100:
      EncoderShape(backbone: [512, 512], head: [256, 64])
    case .agNews, .textCSV, .banking77, .clinc150:
      EncoderShape(
        embedding: EncoderShape.Embedding(rows: 32_768, width: 64), backbone: [128],
        head: [128, 64])
    }
  }

  /// What views differ in.
  var augmentation: Augmentation {
    var augmentation = Augmentation()
    switch self {
    case .digits:
      augmentation = .digits
    case .fashionMNIST:
      augmentation = .things
    case .mnist, .idx:
      // As for the embedded digits, whose pixels are three times as large.
      augmentation = .digits
      augmentation.shift = 3
    case .cifar10, .cifar100:
      augmentation = .photographs
    case .agNews, .textCSV:
      augmentation.words.erasure = 0.5
    case .banking77, .clinc150:
      // A question of ten words has none to spare.
      augmentation.words.erasure = 0.3
    }
    return augmentation
  }
}
