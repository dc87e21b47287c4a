// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

extension TextDataSet {
  /// CSV files, with a header that names columns of classes and texts, or without one: then the
  /// class is in the first field, the text in those that follow.
  ///
  /// - Parameters:
  ///   - training: The path of the file to train on.
  ///   - validation: The path of the file to measure on; nil if a fifth of each class of the first
  ///     file is for validation.
  ///   - name: The name that measurements carry.
  /// - Throws: `DataError` naming the file, the line and the field that are malformed.
  public static func csv(
    training: String, validation: String? = nil, name: String
  ) throws(DataError) -> TextDataSet {
    let texts = try read(training)
    // A header that is not known as one is a class of one text.
    if let lone = TextDataSet.lone(texts) {
      throw DataError(
        source: "\(BinaryFile.name(of: training)):\(lone.line)",
        problem:
          "class '\(lone.label.excerpt)' has one text only; if this line is a header, remove "
          + "it, or call its columns label and text")
    }
    guard let validation else { return try TextDataSet(name: name, dividing: texts) }
    return try TextDataSet(name: name, training: texts, validation: read(validation))
  }

  /// The training file of Banking77, `train.csv` with the columns `text` and `category`, in a
  /// folder: a fifth of each class is for validation, so that the classes that are measured are as
  /// unequal as those trained on. Classes in `test.csv` are equal; it is not read.
  ///
  /// Reference: I. Casanueva et al., *Efficient intent detection with dual sentence encoders*,
  /// NLP4ConvAI 2020, arXiv 2003.04807.
  ///
  /// - Throws: `DataError` naming the file, the line and the field that are malformed.
  public static func banking77(folder: String, name: String) throws(DataError) -> TextDataSet {
    guard let path = try BinaryFile.find(["train.csv"], in: folder) else {
      throw DataError(source: folder, problem: "it has no file 'train.csv'")
    }
    return try TextDataSet(
      name: name, dividing: read(path, required: (label: "category", text: "text")))
  }

  /// A file of CLINC150: trained on `train`, measured on `test`; texts out of scope are left out.
  ///
  /// Reference: S. Larson et al., *An evaluation dataset for intent classification and out-of-scope
  /// prediction*, EMNLP 2019, arXiv 1909.02027.
  ///
  /// - Throws: `DataError` naming the file, the line and the column that are malformed.
  public static func clinc150(file: String, name: String) throws(DataError) -> TextDataSet {
    let parts = try parsed(file) { bytes, file throws(TableError) in
      let object = try JSONReader.read(bytes, file: file)
      return (
        training: try texts(in: object, part: "train", file: file),
        validation: try texts(in: object, part: "test", file: file)
      )
    }
    return try TextDataSet(name: name, training: parts.training, validation: parts.validation)
  }

  // MARK: - Files

  /// Reads a file, decompressed if it is compressed by gzip.
  private static func parsed<Result>(
    _ path: String, as parse: (_ bytes: [UInt8], _ file: String) throws(TableError) -> Result
  ) throws(DataError) -> Result {
    let (bytes, file) = (try BinaryFile.readExpanded(path), BinaryFile.name(of: path))
    do throws(TableError) {
      return try parse(bytes, file)
    } catch {
      let place = error.column.map { "column \($0): " } ?? ""
      throw DataError(source: "\(file):\(error.line)", problem: place + error.problem)
    }
  }

  private static func read(
    _ path: String, required: (label: String, text: String)? = nil
  ) throws(DataError) -> [LabelledText] {
    try parsed(path) { bytes, file throws(TableError) in
      try LabelledTextReader.read(bytes, file: file, required: required)
    }
  }

  // MARK: - Formats

  /// The pairs of text and class of a member of an object.
  private static func texts(
    in object: JSONValue, part: String, file: String
  ) throws(TableError) -> [LabelledText] {
    guard let pairs = object[part]?.array else {
      let place = object[part] ?? object
      throw TableError(
        file: file, line: place.line, column: place.column,
        problem: "expected an object with an array '\(part)'")
    }
    return try pairs.map { pair throws(TableError) in
      guard let strings = pair.array, strings.count == 2, let text = strings[0].string,
        let name = strings[1].string
      else {
        throw TableError(
          file: file, line: pair.line, column: pair.column,
          problem: "expected an array of two strings, a text and its class")
      }
      guard !name.isEmpty else {
        throw TableError(
          file: file, line: strings[1].line, column: strings[1].column,
          problem: "expected the name of a class, found ''")
      }
      return LabelledText(text: text, label: name, line: pair.line)
    }
  }
}
