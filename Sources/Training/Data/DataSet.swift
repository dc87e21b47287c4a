// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What encoders are trained and measured on: images or texts.
public struct DataSet: Sendable {
  /// What the items of a data set are.
  public enum Kind: Hashable, Sendable {
    case images
    case texts
  }

  /// The name that measurements carry.
  public let name: String

  /// What its items are.
  public let kind: Kind

  /// The number of classes: labels are 0 ..< classCount.
  public let classCount: Int

  /// What encoders are trained on.
  let training: any ItemSource

  /// What is measured.
  let validation: any ItemSource

  /// The number of items of each class that are trained on.
  public var trainingSizes: [Int] { training.classSizes(classCount: classCount) }

  /// The number of items of each class that are measured.
  public var validationSizes: [Int] { validation.classSizes(classCount: classCount) }

  /// Images.
  public init(_ images: ImageDataSet) {
    self.init(
      name: images.name, kind: .images, classCount: images.classCount,

      training: ImageItems(images: images.training, whiteLevel: images.whiteLevel),
      validation: ImageItems(images: images.validation, whiteLevel: images.whiteLevel))
  }

  /// Texts.
  public init(_ texts: TextDataSet) {
    self.init(
      name: texts.name, kind: .texts, classCount: texts.classNames.count,
      training: texts.training, validation: texts.validation)
  }

  /// Items of which both parts have some of every class.
  init(
    name: String, kind: Kind, classCount: Int, training: any ItemSource,
    validation: any ItemSource
  ) {
    precondition(training.rowShape == validation.rowShape, "rows of one shape")
    self.name = name
    self.kind = kind
    self.classCount = classCount
    self.training = training
    self.validation = validation
  }

  /// The shape of a row: an image, or a line of a text's features.
  var rowShape: ImageShape { training.rowShape }

  /// Floats in a row.
  var inputWidth: Int { rowShape.pixelCount }

  /// A number that differs between data sets that differ, for checkpoints.
  var fingerprint: UInt64 {
    var hash = FNV1a()
    for items in [training, validation] {
      items.add(to: &hash)
      for label in items.labels { hash.add(label) }
    }
    return hash.value
  }
}

extension DataSet.Kind: CustomStringConvertible {
  /// The items in the plural, as messages say it.
  public var description: String { self == .images ? "images" : "texts" }
}
