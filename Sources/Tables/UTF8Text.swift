// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A text that is what its bytes in UTF-8 are, as a key: equal only to the same bytes, and ordered
/// by them.
///
/// Swift's own equality of strings is up to canonical equivalence, so that `é` as one scalar and
/// as two are the same. Deciding that takes time that grows faster than the length of a run of
/// combining marks, and is not what other programs do with labels; here they are two keys.
public struct UTF8Text: Sendable {
  /// The text.
  public let text: String

  /// The bytes of `text`.
  public init(_ text: String) {
    var text = text
    text.makeContiguousUTF8()
    self.text = text
  }
}

extension UTF8Text: Hashable {
  /// Whether both have the same bytes.
  public static func == (a: UTF8Text, b: UTF8Text) -> Bool {
    a.text.utf8.count == b.text.utf8.count && a.text.utf8.elementsEqual(b.text.utf8)
  }

  /// Adds the bytes to a hash.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(text.utf8.count)
    for byte in text.utf8 { hasher.combine(byte) }
  }
}

extension UTF8Text: Comparable {
  /// Whether the bytes of `a` come before those of `b`.
  public static func < (a: UTF8Text, b: UTF8Text) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }
}

extension UTF8Text: CustomStringConvertible {
  /// The text.
  public var description: String { text }
}
