// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Reads the Python literals that headers of NPY files are made of.
struct PythonScanner {
  /// A literal.
  indirect enum Value: Equatable {
    case text(String)
    case truth(Bool)
    /// A tuple of whole numbers of at least 0.
    case tuple([Int])
    /// A tuple of two or more values of which some are no numbers.
    case record([Value])
    case list([Value])
    case dictionary([Entry])
  }

  /// An entry of a dictionary whose keys are texts.
  struct Entry: Equatable {
    let key: String
    let value: Value
  }

  /// How deep lists and dictionaries are followed.
  private static let depthLimit = 8

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The value that the text is, with nothing but white space around it; nil if it is none.
  mutating func wholeValue() -> Value? {
    guard let value = value(depth: 0) else { return nil }
    skipSpace()
    return position == bytes.count ? value : nil
  }

  private mutating func value(depth: Int) -> Value? {
    guard depth < Self.depthLimit else { return nil }
    skipSpace()
    guard position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      return text().map { .text($0) }
    case UInt8(ascii: "("):
      let start = position
      if let numbers = items("(", ")", { scanner in scanner.number() }) { return .tuple(numbers) }
      position = start
      let values = items("(", ")") { scanner in scanner.value(depth: depth + 1) }
      guard let values, values.count >= 2 else { return nil }
      return .record(values)
    case UInt8(ascii: "["):
      return items("[", "]") { scanner in scanner.value(depth: depth + 1) }.map { .list($0) }
    case UInt8(ascii: "{"):
      return items("{", "}") { scanner in scanner.entry(depth: depth + 1) }
        .map { .dictionary($0) }
    default:
      if take("True") { return .truth(true) }
      if take("False") { return .truth(false) }
      return nil
    }
  }

  /// Items between brackets, separated by commas, of which the last may be followed by one.
  private mutating func items<Item>(
    _ open: String, _ close: String, _ item: (inout PythonScanner) -> Item?
  ) -> [Item]? {
    guard take(open) else { return nil }
    var found: [Item] = []
    while !take(close) {
      guard found.isEmpty || take(",") else { return nil }
      if !found.isEmpty && take(close) { return found }
      guard let next = item(&self) else { return nil }
      found.append(next)
    }
    return found
  }

  private mutating func entry(depth: Int) -> Entry? {
    skipSpace()
    guard let key = text(), take(":"), let value = value(depth: depth) else { return nil }
    return Entry(key: key, value: value)
  }

  /// A text between quotes of one kind; escapes do not occur in headers and are not taken.
  private mutating func text() -> String? {
    guard position < bytes.count else { return nil }
    let quote = bytes[position]
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
    guard let end = bytes[(position + 1)...].firstIndex(of: quote) else { return nil }
    let content = bytes[(position + 1)..<end]
    guard !content.contains(UInt8(ascii: "\\")) else { return nil }
    position = end + 1
    return String(decoding: content, as: UTF8.self)
  }

  /// A whole number of at least 0; Python 2 wrote long ones with an L.
  private mutating func number() -> Int? {
    skipSpace()
    let digits = bytes[position...].prefix { (48...57).contains($0) }
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
    position += digits.count
    if position < bytes.count, bytes[position] == UInt8(ascii: "L") { position += 1 }
    return number
  }

  /// Passes white space and then `word` if it stands here.
  private mutating func take(_ word: String) -> Bool {
    skipSpace()
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [32, 9, 10, 13].contains(bytes[position]) { position += 1 }
  }
}
