// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Training

/// The option that names the images to train on.
enum TrainingDataOption: Equatable, Sendable {
  case digits
  case fashionMNIST(folder: String)
  case mnist(folder: String)
  case idx(images: String, labels: String)

  static let data = ArgumentSpecification.option(
    "data", value: "data", values: .suggestions(["digits", "fashion-mnist:", "mnist:", "idx:"]),
    "Images: digits (embedded), fashion-mnist:FOLDER or mnist:FOLDER (its four IDX files, plain or "
      + ".gz), or idx:IMAGES,LABELS (a fifth of each class is for validation).")

  /// Reads the option; no file is opened.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    guard let text = arguments.text(Self.data) else { throw .missing(oneOf: [Self.data]) }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let place = parts.count > 1 ? String(parts[1]) : ""
    switch (parts[0], parts.count) {
    case ("digits", 1):
      self = .digits
    case ("fashion-mnist", 2) where !place.isEmpty:
      self = .fashionMNIST(folder: place)
    case ("mnist", 2) where !place.isEmpty:
      self = .mnist(folder: place)
    case ("idx", 2):
      let files = place.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard files.count == 2, !files.contains("") else {
        throw .invalid(text, for: Self.data, "'idx:' takes two files joined by a comma")
      }
      self = .idx(images: files[0], labels: files[1])
    case ("fashion-mnist", _), ("mnist", _):
      throw .invalid(text, for: Self.data, "'\(parts[0]):' takes a folder")
    default:
      throw .invalid(
        text, for: Self.data,
        "must be digits, fashion-mnist:FOLDER, mnist:FOLDER or idx:IMAGES,LABELS")
    }
  }

  /// The name that measurements carry.
  var name: String {
    switch self {
    case .digits: "digits"
    case .fashionMNIST: "fashion-mnist"
    case .mnist: "mnist"
    case .idx(let images, _): LawOptions.baseName(images)
    }
  }

  /// Reads the images.
  func load() throws(DataError) -> ImageDataSet {
    switch self {
    case .digits: .digits
    case .fashionMNIST(let folder), .mnist(let folder):
      try .mnist(folder: folder, name: name)
    case .idx(let images, let labels):
      try .idx(images: images, labels: labels, name: name)
    }
  }

  // MARK: - Defaults

  /// The numbers of draws.
  var drawCounts: [Int] {
    self == .digits ? [16, 32, 64, 128, 256, 512] : [32, 64, 128, 256, 512]
  }

  /// How often the images are seen.
  var epochs: Int { self == .digits ? 150 : 20 }

  /// The encoder.
  var shape: EncoderShape {
    self == .digits
      ? EncoderShape(backbone: [256], head: [256, 64])
      : EncoderShape(backbone: [512, 512], head: [256, 64])
  }

  /// What views differ in.
  var augmentation: Augmentation {
    switch self {
    case .digits:
      return .digits
    case .fashionMNIST:
      return .things
    case .mnist, .idx:
      // As for the embedded digits, whose pixels are three times as large.
      var augmentation = Augmentation.digits
      augmentation.shift = 3
      return augmentation
    }
  }
}
