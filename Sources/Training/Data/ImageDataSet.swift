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

  /// The number of classes: labels are 0 ..< classCount.
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
    let classCount = 1 + max(training.labels.max() ?? 0, validation.labels.max() ?? 0)
    for (part, images) in [("training", training), ("validation", validation)] {
      if let empty = images.classSizes(classCount: classCount).firstIndex(of: 0) {
        throw DataError(
          source: name,
          problem: "class \(empty) of \(classCount) has no \(part) images")
      }
    }
    self.name = name
    self.training = training
    self.validation = validation
    self.classCount = classCount
    self.whiteLevel = whiteLevel
  }

  /// A data set that is divided here: `perClass` images of each class are for validation.
  ///
  /// Which ones is drawn from a generator with a fixed seed, so that the parts are the same in
  /// every run; within a part images keep their order.
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
    var order = Array(0..<images.count)
    // Any number will do, once and for all.
    var generator = SplitMix64(seed: 1797)
    generator.shuffle(&order)
    let sizes = images.classSizes(classCount: 1 + (images.labels.max() ?? 0))
    var wanted = sizes.map(perClass)
    var isValidation = [Bool](repeating: false, count: images.count)
    for index in order where wanted[images.labels[index]] > 0 {
      wanted[images.labels[index]] -= 1
      isValidation[index] = true
    }
    let indices = Array(0..<images.count)
    try self.init(
      name: name, training: images.selecting(indices.filter { !isValidation[$0] }),
      validation: images.selecting(indices.filter { isValidation[$0] }), whiteLevel: whiteLevel)
  }

  /// A number that differs between data sets that differ, for checkpoints (FNV-1a).
  var fingerprint: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for images in [training, validation] {
      for byte in images.pixels { add(byte) }
      for label in images.labels {
        for shift in stride(from: 0, to: 32, by: 8) {
          add(UInt8(truncatingIfNeeded: label >> shift))
        }
      }
    }
    return hash
  }
}
