// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Texts to train on and texts to measure on.
public struct TextDataSet: Sendable {
  /// The name that measurements carry.
  public let name: String

  /// The names of the classes: those that are all whole numbers in their order, others in that of
  /// their UTF-8. Class 0 is the first.
  public let classNames: [String]

  /// What encoders are trained on.
  let training: LabelledTexts

  /// What is measured.
  let validation: LabelledTexts

  /// A data set of two parts.
  ///
  /// Neighbours of words are those of the training texts.
  ///
  /// - Parameters:
  ///   - name: The name that measurements carry.
  ///   - training: What encoders are trained on.
  ///   - validation: What is measured.
  /// - Throws: `DataError` if a class is not in both parts.
  public init(
    name: String, training: [LabelledText], validation: [LabelledText]
  ) throws(DataError) {
    let names = Self.sorted(Set((training + validation).map(\.label)))
    let numbers = Dictionary(uniqueKeysWithValues: zip(names, 0...))
    var vocabulary = Vocabulary()
    func words(_ texts: [LabelledText]) -> [ArraySlice<Int32>] {
      texts.map { vocabulary.words(of: $0.text).prefix(TextFeatures.wordLimit) }
    }
    let parts = (training: words(training), validation: words(validation))
    let longest = (parts.training + parts.validation).map(\.count).max() ?? 0
    let neighbours = WordNeighbours(texts: parts.training, wordCount: vocabulary.count)
    func part(_ texts: [ArraySlice<Int32>], _ source: [LabelledText]) -> LabelledTexts {
      LabelledTexts(
        texts: texts, labels: source.compactMap { numbers[$0.label] }, hashes: vocabulary.hashes,
        neighbours: neighbours, inputWidth: TextFeatures.rowWidth(wordCount: longest))
    }
    self.name = name
    classNames = names
    self.training = part(parts.training, training)
    self.validation = part(parts.validation, validation)
    for (word, texts) in [("training", self.training), ("validation", self.validation)] {
      if let empty = texts.classSizes(classCount: names.count).firstIndex(of: 0) {
        throw DataError(source: name, problem: "class '\(names[empty])' has no \(word) texts")
      }
    }
  }

  /// A data set that is divided here: a fifth of each class, at least one text, is for validation.
  ///
  /// - Throws: `DataError` if a class has one text only.
  public init(name: String, dividing texts: [LabelledText]) throws(DataError) {
    let names = Self.sorted(Set(texts.map(\.label)))
    let numbers = Dictionary(uniqueKeysWithValues: zip(names, 0...))
    let labels = texts.compactMap { numbers[$0.label] }
    let division = ClassDivision(labels: labels, perClass: ClassDivision.fifth)
    var sizes = [Int](repeating: 0, count: names.count)
    for label in labels { sizes[label] += 1 }
    if let index = labels.firstIndex(where: { sizes[$0] == 1 }) {
      throw DataError(
        source: name,
        problem: "class '\(texts[index].label)' has one text only, on line \(texts[index].line); "
          + "a class needs one to train on and one to measure on")
    }
    try self.init(
      name: name, training: division.training.map { texts[$0] },
      validation: division.validation.map { texts[$0] })
  }

  private static func sorted(_ names: Set<String>) -> [String] {
    let numbers = names.compactMap { Int($0) }
    if numbers.count == names.count {
      return names.sorted { ((Int($0) ?? 0), $0) < ((Int($1) ?? 0), $1) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
