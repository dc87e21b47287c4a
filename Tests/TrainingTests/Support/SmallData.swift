// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@testable import Training

extension DataSet {
  /// Random images of 3 x 4 pixels in three classes: the class is brightest in its own row.
  ///
  /// - Parameters:
  ///   - training, validation: Numbers of images; class c has those whose number is c modulo 3.
  static func small(training: Int = 30, validation: Int = 21) throws -> DataSet {
    // The same whatever the seed of random tests: what is trained on it has kinks, near which a
    // central difference is not the derivative.
    var random = RandomNumbers(400, seed: 1)
    func images(_ count: Int) -> LabelledImages {
      var pixels: [UInt8] = []
      for item in 0..<count {
        for pixel in 0..<12 {
          let level = pixel / 4 == item % 3 ? 6 : 0
          pixels.append(UInt8(level + random.index(in: 0...4)))
        }
      }
      return LabelledImages(
        shape: ImageShape(height: 3, width: 4, channels: 1), pixels: pixels,
        labels: (0..<count).map { $0 % 3 })
    }
    return DataSet(
      try ImageDataSet(
        name: "small", training: images(training), validation: images(validation), whiteLevel: 10))
  }
}

extension TrainingConfiguration {
  /// A configuration for the small data set.
  static func small(draws: Int = 6, epochs: Int = 2) -> TrainingConfiguration {
    var augmentation = Augmentation()
    augmentation.intensity = 0.2
    augmentation.noise = 0.1
    augmentation.shift = 0.25
    var configuration = TrainingConfiguration(
      draws: draws, seed: 7, epochs: epochs, shape: EncoderShape(backbone: [8], head: [6, 4]),
      augmentation: augmentation)
    configuration.passes = 2
    configuration.views = 3
    return configuration
  }
}
