// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A file that says what its content is a function of, and that shows damage.
///
/// Layout, numbers of 64 bits little-endian: a word of eight letters for the kind and version, the
/// fingerprint as a length and UTF-8, the content, and a checksum (FNV-1a) of all before it.
struct SealedFile: Equatable {
  /// What a file can hold.
  enum Kind: String {
    case checkpoint = "UPSILON3"
    case measurements = "UPSILONM"
    case part = "UPSILONP"
    case sums = "UPSILONS"

    var name: String {
      switch self {
      case .checkpoint: "checkpoint"
      case .measurements: "file of measurements"
      case .part: "part of a measurement"
      case .sums: "part of a first pass"
      }
    }
  }

  let kind: Kind
  /// What the content is a function of: data, configuration and instruction set.
  let fingerprint: String
  let content: [UInt8]

  init(kind: Kind, fingerprint: String, content: [UInt8]) {
    (self.kind, self.fingerprint, self.content) = (kind, fingerprint, content)
  }

  /// The file.
  var bytes: [UInt8] {
    var bytes = Array(kind.rawValue.utf8)
    bytes.append(text: fingerprint)
    bytes += content
    bytes.append(word: Self.checksum(bytes[...]))
    return bytes
  }

  /// Reads a file.
  ///
  /// - Throws: `DataError` if it is of another kind, or damaged.
  init(_ kind: Kind, _ bytes: [UInt8], source: String) throws(DataError) {
    guard bytes.starts(with: kind.rawValue.utf8), bytes.count >= 24 else {
      throw DataError(source: source, problem: "this is not a \(kind.name) of this version")
    }
    var end = bytes[(bytes.count - 8)...]
    let sealed = bytes[..<(bytes.count - 8)]
    var rest = sealed.dropFirst(8)
    guard end.popWord() == Self.checksum(sealed), let fingerprint = rest.popText() else {
      throw Self.damaged(kind, source)
    }
    self.kind = kind
    self.fingerprint = fingerprint
    content = Array(rest)
  }

  /// The error of a file that is not as it was written.
  static func damaged(_ kind: Kind, _ source: String) -> DataError {
    DataError(source: source, problem: "the \(kind.name) is damaged")
  }

  /// The first two words in which fingerprints differ, with the word before them: `epochs 100 instead
  /// of 50`.
  static func firstDifference(_ found: String, _ wanted: String) -> String {
    let (a, b) = (found.split(separator: " "), wanted.split(separator: " "))
    guard let index = zip(a, b).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
      return "another version"
    }
    let name = index > 0 ? "\(a[index - 1]) " : ""
    return "\(name)\(a[index]) instead of \(b[index])"
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(into: FNV1a()) { $0.add($1) }.value
  }
}

extension [UInt8] {
  /// Appends a text with its length.
  mutating func append(text: String) {
    append(word: UInt64(text.utf8.count))
    self += Array(text.utf8)
  }

  /// Appends 64 bits, the lowest byte first.
  mutating func append(word: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { append(UInt8(truncatingIfNeeded: word >> shift)) }
  }
}

extension ArraySlice<UInt8> {
  /// Takes a text with its length from the front; nil if there is none.
  mutating func popText() -> String? {
    guard let length = popWord(), length <= count else { return nil }
    defer { removeFirst(Int(length)) }
    return String(validating: prefix(Int(length)), as: UTF8.self)
  }

  /// Takes 64 bits from the front, the lowest byte first; nil if there are fewer.
  mutating func popWord() -> UInt64? {
    guard count >= 8 else { return nil }
    let word = prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    removeFirst(8)
    return word
  }
}
