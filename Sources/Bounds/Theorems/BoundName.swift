// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The name of a bound: that of its column in tables. Each theorem declares its own.
public struct BoundName: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  /// The name of the column.
  public let rawValue: String

  /// The bound of a column.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The bound of a column.
  public init(stringLiteral column: String) { self.init(rawValue: column) }

  /// The name of the column.
  public var description: String { rawValue }
}
