// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// One field of a table, with what a writer must know to print it.
public enum TableField: Hashable, Sendable {
  /// A name or any other text.
  case text(String)

  /// A count, printed in full; JSON writes it as a number.
  case integer(Int)

  /// A quantity already formatted: JSON writes a decimal as a number with all its digits, a fraction
  /// as a string.
  case number(String)

  /// Minus infinity, the logarithm of 0: `-inf`, in JSON a string.
  case negativeInfinity

  /// Infinity, a bound that bounds nothing: `inf`, in JSON a string.
  case infinity

  /// No value: an empty field, and null in JSON.
  case absent
}

extension TableField: CustomStringConvertible {
  /// The field as text, before any quoting; empty when absent.
  public var description: String {
    switch self {
    case .text(let text), .number(let text): text
    case .integer(let value): "\(value)"
    case .negativeInfinity: "-inf"
    case .infinity: "inf"
    case .absent: ""
    }
  }
}
