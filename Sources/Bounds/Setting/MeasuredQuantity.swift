// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
public import Measurements

/// A measured number, or a linear combination of some, with its standard error.
///
/// A measured mean stands for the shortest decimal that reads back to the same double, which is
/// what tables of measurements hold: 2.02 is 202/100.
public struct MeasuredQuantity: Sendable {
  /// The value.
  public let value: LinearForm

  /// An upper bound of its standard error, nil if that of a part is unknown.
  ///
  /// Means over the same batches depend on each other in ways that a table of means does not tell.
  /// The standard error of a sum is never above the sum of the standard errors, whatever the
  /// dependence, so that is what a sum has.
  public let standardError: Double?

  /// A number with its standard error; 0 if it is not measured.
  public init(_ value: LinearForm, standardError: Double? = 0) {
    self.value = value
    self.standardError = standardError
  }

  /// A measured mean.
  ///
  /// - Precondition: The mean is finite.
  public init(_ estimate: Estimate) {
    value = LinearForm(Self.decimal(estimate.value))
    standardError = estimate.standardError
  }

  /// The mean of independent measurements of the same thing, with the standard error that their
  /// spread gives it; nil for a single one. Their own standard errors play no role.
  ///
  /// - Precondition: There is at least one.
  init(averaging quantities: [MeasuredQuantity]) throws {
    let sum = quantities.dropFirst().reduce(quantities[0].value) { $0 + $1.value }
    let values = try quantities.map { try $0.value.number.double }
    self.init(
      sum.scaled(by: Rational(1, quantities.count)),
      standardError: Estimate(values).standardError)
  }

  /// The shortest decimal of a finite double.
  static func decimal(_ value: Double) -> Rational {
    precondition(value.isFinite, "a measured mean is finite")
    do {
      return try Rational(parsing: "\(value)")
    } catch {
      preconditionFailure("a finite double is a decimal")
    }
  }

  static func + (a: Self, b: Self) -> Self { a.with(a.value + b.value, b) }
  static func - (a: Self, b: Self) -> Self { a.with(a.value - b.value, b) }

  /// A multiple.
  func scaled(by factor: Rational) -> Self {
    Self(
      value.scaled(by: factor), standardError: standardError.map { $0 * factor.magnitude.double })
  }

  private func with(_ value: LinearForm, _ other: Self) -> Self {
    let errors = [standardError, other.standardError].compactMap { $0 }
    return Self(value, standardError: errors.count == 2 ? errors[0] + errors[1] : nil)
  }
}
