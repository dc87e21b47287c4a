// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

/// Texts to train on and texts to measure on.
public struct TextDataSet: Sendable {
  /// The name that measurements carry.
  public let name: String

  /// The names of the classes: those that are all whole numbers in their order, others in that of
  /// their UTF-8. Class 0 is the first. Names are the same if their bytes are, so that a name in
  /// two normal forms of Unicode is two classes.
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
    let (names, numbers) = Self.numbered(training + validation)
    var vocabulary = Vocabulary()
    func words(_ texts: [LabelledText]) -> [ArraySlice<Int32>] {
      texts.map { vocabulary.words(of: $0.text).prefix(TextFeatures.wordLimit) }
    }
    let parts = (training: words(training), validation: words(validation))
    let longest = (parts.training + parts.validation).map(\.count).max() ?? 0
    let neighbours = WordNeighbours(texts: parts.training, wordCount: vocabulary.count)
    func part(_ texts: [ArraySlice<Int32>], _ source: [LabelledText]) -> LabelledTexts {
      LabelledTexts(
        texts: texts, labels: source.compactMap { numbers[UTF8Text($0.label)] },
        hashes: vocabulary.hashes,
        neighbours: neighbours, inputWidth: TextFeatures.rowWidth(wordCount: longest))
    }
    self.name = name
    classNames = names
    self.training = part(parts.training, training)
    self.validation = part(parts.validation, validation)
    for (word, texts) in [("training", self.training), ("validation", self.validation)] {
      if let empty = texts.classSizes(classCount: names.count).firstIndex(of: 0) {
        throw DataError(
          source: name, problem: "class '\(names[empty].excerpt)' has no \(word) texts")
      }
    }
  }

  /// A data set that is divided here: a fifth of each class, at least one text, is for validation.
  ///
  /// - Throws: `DataError` if a class has one text only.
  public init(name: String, dividing texts: [LabelledText]) throws(DataError) {
    if let lone = Self.lone(texts) {
      throw DataError(
        source: name,
        problem: "class '\(lone.label.excerpt)' has one text only, on line \(lone.line); "
          + "a class needs one to train on and one to measure on")
    }
    let numbers = Self.numbered(texts).numbers
    let division = ClassDivision(
      labels: texts.compactMap { numbers[UTF8Text($0.label)] }, perClass: ClassDivision.fifth)
    try self.init(
      name: name, training: division.training.map { texts[$0] },
      validation: division.validation.map { texts[$0] })
  }

  /// The first text that is the only one of its class; nil if there is none.
  static func lone(_ texts: [LabelledText]) -> LabelledText? {
    var counts: [UTF8Text: Int] = [:]
    for text in texts { counts[UTF8Text(text.label), default: 0] += 1 }
    return texts.first { counts[UTF8Text($0.label)] == 1 }
  }

  /// The names of classes in their order, and the number of each.
  private static func numbered(
    _ texts: [LabelledText]
  ) -> (names: [String], numbers: [UTF8Text: Int]) {
    var names = Set(texts.map { UTF8Text($0.label) }).sorted()
    let values = names.map { Int($0.text) }
    if values.allSatisfy({ $0 != nil }) {
      names = zip(values, names).sorted { ($0.0 ?? 0, $0.1) < ($1.0 ?? 0, $1.1) }.map(\.1)
    }
    return (names.map(\.text), Dictionary(uniqueKeysWithValues: zip(names, 0...)))
  }
}
