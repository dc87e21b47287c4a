// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@testable import Training

extension DataSet {
  /// Texts of some words of their class and some of all, in three classes.
  static func smallTexts(training: Int = 30, validation: Int = 21) throws -> DataSet {
    var random = RandomNumbers(640, seed: 1)
    func texts(_ count: Int) -> [LabelledText] {
      (0..<count).map { item in
        let label = item % 3
        let words = (0..<random.index(in: 3...9)).map { _ in
          random.index(in: 0...2) > 0
            ? "class\(label)word\(random.index(in: 0...4))" : "common\(random.index(in: 0...6))"
        }
        return LabelledText(text: words.joined(separator: " "), label: "\(label)", line: item + 1)
      }
    }
    return DataSet(
      try TextDataSet(name: "small", training: texts(training), validation: texts(validation)))
  }
}

extension TrainingConfiguration {
  /// A configuration for the small texts.
  static func smallTexts(draws: Int = 6, epochs: Int = 2) -> TrainingConfiguration {
    var configuration = TrainingConfiguration.small(draws: draws, epochs: epochs)
    configuration.shape = EncoderShape(
      embedding: EncoderShape.Embedding(rows: 61, width: 5), backbone: [8], head: [6, 4])
    configuration.augmentation = Augmentation()
    configuration.augmentation.words.erasure = 0.3
    configuration.augmentation.words.replacement = 0.2
    return configuration
  }
}
