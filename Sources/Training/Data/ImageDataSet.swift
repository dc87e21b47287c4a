// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Images to train on and images to measure on.
public struct ImageDataSet: Equatable, Sendable {
  /// The name that measurements carry.
  public let name: String

  /// What encoders are trained on.
  public let training: LabelledImages

  /// What is measured.
  public let validation: LabelledImages

  /// The number of classes: those that occur, which are numbered 0 ..< classCount in their order.
  public let classCount: Int

  /// The value of a white pixel.
  public let whiteLevel: Int

  /// The number of images of each class that are measured.
  public var validationSizes: [Int] { validation.classSizes(classCount: classCount) }

  /// A data set.
  ///
  /// - Parameters:
  ///   - name: The name that measurements carry.
  ///   - training: What encoders are trained on.
  ///   - validation: What is measured.
  ///   - whiteLevel: The value of a white pixel.
  /// - Throws: `DataError` if images differ in shape or a class is not in both parts.
  public init(
    name: String, training: LabelledImages, validation: LabelledImages, whiteLevel: Int
  ) throws(DataError) {
    guard training.shape == validation.shape else {
      let (a, b) = (training.shape, validation.shape)
      throw DataError(
        source: name,
        problem: "training images are \(a.height) x \(a.width), but validation images "
          + "\(b.height) x \(b.width)")
    }
    let classes = Set(training.labels).union(validation.labels).sorted()
    for (part, images) in [("training", training), ("validation", validation)] {
      let found = Set(images.labels)
      if let absent = classes.first(where: { !found.contains($0) }) {
        throw DataError(source: name, problem: "class \(absent) has no \(part) images")
      }
    }
    self.name = name
    self.training = training.renumbered(by: classes)
    self.validation = validation.renumbered(by: classes)
    classCount = classes.count
    self.whiteLevel = whiteLevel
  }

  /// A data set that is divided here: `perClass` images of each class are for validation.
  ///
  /// - Parameters:
  ///   - name: The name that measurements carry.
  ///   - images: All images.
  ///   - perClass: How many of a class of the given size are for validation.
  ///   - whiteLevel: The value of a white pixel.
  /// - Throws: `DataError` as the other initializer.
  init(
    name: String, dividing images: LabelledImages, perClass: (_ size: Int) -> Int, whiteLevel: Int
  ) throws(DataError) {
    let division = ClassDivision(labels: images.labels, perClass: perClass)
    try self.init(
      name: name, training: images.selecting(division.training),
      validation: images.selecting(division.validation), whiteLevel: whiteLevel)
  }
}
