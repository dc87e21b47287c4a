// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A theorem that bounds a loss: all that tables, explanations and the documentation need of it.
///
/// A theorem is one file with one type that conforms, and one line in ``Theorems/all``. Columns of
/// tables, the best bound, violations and explanations follow from that list.
public protocol Bound: Sendable {
  /// What it says, of what and when.
  static var statement: BoundStatement { get }

  /// What it says of an encoder.
  ///
  /// - Parameter inputs: What is known of the encoder; a mean that is not, but is needed, makes the
  ///   bound inapplicable.
  /// - Throws: `CapacityError` or `ConvergenceError` if a probability cannot be computed.
  static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome

  /// The formula with numbers of six digits in place of letters; nil if it is not shown.
  ///
  /// - Parameters:
  ///   - inputs: What `value` was computed from.
  ///   - value: The bound.
  static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String?
}
