// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A value of a JSON text, with the place where it begins.
public struct JSONValue: Equatable, Sendable {
  /// What the value is.
  public enum Content: Equatable, Sendable {
    case null
    case boolean(Bool)
    /// A number as it is written.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// The members in their order; no name stands twice, byte for byte.
    case object([Member])
  }

  /// A member of an object.
  public struct Member: Equatable, Sendable {
    /// The name, without escapes.
    public let name: String

    /// The value.
    public let value: JSONValue
  }

  /// What the value is.
  public let content: Content

  /// The line on which it begins, counted from 1.
  public let line: Int

  /// The byte of that line at which it begins, counted from 1.
  public let column: Int

  /// The elements of an array; nil for other values.
  public var array: [JSONValue]? {
    if case .array(let elements) = content { return elements }
    return nil
  }

  /// The text of a string; nil for other values.
  public var string: String? {
    if case .string(let text) = content { return text }
    return nil
  }

  /// The value of a member; nil if there is none of this name, or the value is not an object.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = content else { return nil }
    let name = UTF8Text(name)
    return members.first { UTF8Text($0.name) == name }?.value
  }
}
