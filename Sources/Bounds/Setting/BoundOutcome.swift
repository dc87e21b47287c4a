// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision

/// What a theorem says about one setting.
public enum BoundOutcome: Sendable {
  /// A number.
  case value(BoundValue)
  /// Nothing, because the divisor of the bound is 0.
  case infinite
  /// Nothing, because the theorem does not cover the setting, for the reason given in one line.
  case inapplicable(String)

  /// The number, if there is one.
  public var value: BoundValue? {
    if case .value(let value) = self { return value }
    return nil
  }
}

/// The value of a bound, in nats.
public struct BoundValue: Sendable {
  /// The bound for the measured means as they stand: a number that can be enclosed as narrowly as
  /// asked.
  public let number: ComputableReal

  /// The standard error that the measured means give it (delta method), an upper bound of it where
  /// several of them come in; nil if one of theirs is unknown, 0 if nothing is measured.
  public let standardError: Double?

  /// What proves the bound, if it rests on more than its formula.
  public let certificate: BoundCertificate?

  /// A value; `certificate` if the bound rests on one.
  public init(
    number: ComputableReal, standardError: Double?, certificate: BoundCertificate? = nil
  ) {
    self.number = number
    self.standardError = standardError
    self.certificate = certificate
  }
}

/// What anybody can check to be convinced of a bound.
public enum BoundCertificate: Sendable {
  /// A line under a function.
  case line(LineCertificate)
  /// Multipliers, with the maximum of a function.
  case dual(DualCertificate)

  /// The line, if it is one.
  public var line: LineCertificate? {
    if case .line(let line) = self { line } else { nil }
  }

  /// The multipliers, if it has them.
  public var dual: DualCertificate? {
    if case .dual(let dual) = self { dual } else { nil }
  }
}

/// A line a s + b that lies nowhere above an increasing function on [0, end].
///
/// With E G(l_sup) <= G0 it gives a L_sup + b <= G0, so L_sup <= (G0 - b)/a: anybody can check a
/// bound by checking the line.
public struct LineCertificate: Sendable {
  /// a, a positive binary fraction.
  public let slope: Rational
  /// b, a binary fraction.
  public let intercept: Rational
  /// About the best bound of this kind, from below: what convex combinations of evaluated points
  /// reach. Nothing rests on it; it tells how much (G0 - b)/a could be improved at most.
  public let attained: Double
}

/// Multipliers lambda, nu >= 0 and a number w that is at least the largest value of l - lambda g +
/// nu S, or the mean of these values over the classes.
///
/// With E g <= G0 and E S >= -Lambda it gives E l <= lambda G0 + nu Lambda + w. The theorem says what
/// l, g, S and their domain are: ``SpreadUpperBound``, ``PriorAdjustedUpperBound``. All three are
/// binary fractions.
public struct DualCertificate: Sendable {
  /// lambda.
  public let lossMultiplier: Rational
  /// nu.
  public let spreadMultiplier: Rational
  /// w.
  public let maximum: Rational
}

extension BoundOutcome {
  /// (measured - number) / divisor, infinite if the divisor is 0.
  static func quotient(
    _ measured: MeasuredQuantity, minus number: ComputableReal, factor: Rational = 1,
    over divisor: ComputableReal
  ) throws -> BoundOutcome {
    if divisor.exact?.signum == 0 { return .infinite }
    let size = try LinearForm(factor).divided(by: divisor).double
    let numerator = (measured.value - LinearForm(number)).scaled(by: factor)
    return .value(
      BoundValue(
        number: numerator.divided(by: divisor),
        // Nothing measured has no error, however small the divisor is.
        standardError: measured.standardError.map { $0 == 0 ? 0 : $0 * size }))
  }
}

extension DualCertificate {
  /// The three numbers in full, for explanations.
  var text: String {
    "lambda = \(lossMultiplier.binaryText), nu = \(spreadMultiplier.binaryText), "
      + "w = \(maximum.binaryText)"
  }
}

extension Rational {
  /// A binary fraction in full: n/2^k.
  var binaryText: String {
    isInteger ? "\(self)" : "\(numerator)/2^\(denominator.bitWidth - 1)"
  }
}
