// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The file of a part: which one it is, what all parts have in common, and the values of its own.
struct PartFile: Equatable {
  let kind: SealedFile.Kind
  /// Data, options and instruction set: the same for all parts.
  let fingerprint: String
  let part: MeasuringPart
  /// What else all parts have in common, in words that their reader knows.
  var common: [UInt8] = []
  let values: PartValues

  init(
    kind: SealedFile.Kind, fingerprint: String, part: MeasuringPart, common: [UInt8] = [],
    values: PartValues
  ) {
    (self.kind, self.fingerprint, self.part) = (kind, fingerprint, part)
    (self.common, self.values) = (common, values)
  }

  /// The file.
  var bytes: [UInt8] {
    var content: [UInt8] = []
    content.reserveCapacity(16 * values.count)
    for number in [part.number, part.count, common.count] { content.append(word: UInt64(number)) }
    content += common
    content.append(word: UInt64(values.shares.count))
    for share in values.shares {
      content.append(text: share.name)
      for number in [share.start, share.total, share.values.count] {
        content.append(word: UInt64(number))
      }
      for value in share.values { content.append(word: value.bitPattern) }
    }
    return SealedFile(kind: kind, fingerprint: fingerprint, content: content).bytes
  }

  /// Reads a file.
  ///
  /// - Throws: `DataError` if it cannot be read, is of another kind, or damaged.
  init(_ kind: SealedFile.Kind, path: String) throws(DataError) {
    let source = BinaryFile.name(of: path)
    let file = try SealedFile(kind, BinaryFile.read(path), source: source)
    guard let found = Self.parsed(file) else { throw SealedFile.damaged(kind, source) }
    self = found
  }

  private static func parsed(_ file: SealedFile) -> PartFile? {
    var rest = file.content[...]
    func number() -> Int? { rest.popWord().flatMap { Int(exactly: $0) } }
    guard let place = number(), let count = number(), let commonCount = number(),
      (1...MeasuringPart.countLimit).contains(count), (1...count).contains(place),
      commonCount <= rest.count
    else { return nil }
    let common = Array(rest.prefix(commonCount))
    rest = rest.dropFirst(commonCount)
    guard let shareCount = number() else { return nil }
    var values = PartValues()
    for _ in 0..<shareCount {
      guard let name = rest.popText(), let start = number(), let total = number(),
        let count = number(), count <= rest.count / 8, start <= total, count <= total - start,
        !values.has(name)
      else { return nil }
      var own: [Double] = []
      own.reserveCapacity(count)
      for _ in 0..<count { own.append(Double(bitPattern: rest.popWord() ?? 0)) }
      values.keep(own, from: start, of: total, as: name)
    }
    guard rest.isEmpty else { return nil }
    return PartFile(
      kind: file.kind, fingerprint: file.fingerprint,
      part: MeasuringPart(number: place, count: count), common: common, values: values)
  }

  // MARK: - Joining

  /// Reads the files of all parts, in any order.
  ///
  /// - Returns: What they have in common, and the lists of values, whole.
  /// - Throws: `DataError` naming the file that cannot be read, is of other data or options, is of a
  ///   part that another has, or does not have all the others beside it.
  static func joined(
    _ kind: SealedFile.Kind, paths: [String]
  ) throws(DataError) -> (first: PartFile, values: JoinedValues) {
    var files: [PartFile] = []
    /// The path of each part.
    var found: [Int: String] = [:]
    for path in paths {
      let file = try PartFile(kind, path: path)
      func refuse(_ problem: String) -> DataError {
        DataError(source: BinaryFile.name(of: path), problem: problem)
      }
      let first = files.first ?? file
      let firstName = BinaryFile.name(of: paths[0])
      if file.fingerprint != first.fingerprint || file.common != first.common {
        throw refuse(
          "it comes from other data, options or instructions than '\(firstName)' ("
            + SealedFile.firstDifference(file.fingerprint, first.fingerprint) + ")")
      }
      if file.part.count != first.part.count {
        throw refuse(
          "it is one of \(file.part.count) parts, but '\(firstName)' is one of \(first.part.count)")
      }
      if let other = found.updateValue(path, forKey: file.part.number) {
        throw refuse("part \(file.part) is in '\(BinaryFile.name(of: other))' already")
      }
      files.append(file)
    }
    guard let first = files.first else { preconditionFailure("there is a file") }
    let name = BinaryFile.name(of: paths[0])
    let missing = (1...first.part.count).filter { found[$0] == nil }
    if !missing.isEmpty {
      let list = missing.prefix(10).map { "\($0)" }.joined(separator: ", ")
      let rest = missing.count > 10 ? " and \(missing.count - 10) more" : ""
      throw DataError(
        source: name,
        problem: "it is one of \(first.part.count) parts, of which \(list)\(rest) "
          + (missing.count == 1 ? "is missing" : "are missing"))
    }
    guard let values = JoinedValues(files.map(\.values)) else {
      throw SealedFile.damaged(kind, name)
    }
    return (first, values)
  }
}
