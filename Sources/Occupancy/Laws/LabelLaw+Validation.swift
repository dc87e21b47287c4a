// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension LabelLaw {
  /// The largest number of draws that is served.
  package static let drawLimit = 1_000_000_000_000_000

  /// Checks a number of draws against the law and the scheme.
  func check(sampling: SamplingScheme, drawCount: Int, name: String) throws(DomainError) {
    guard drawCount >= 1 else {
      throw DomainError(
        parameter: name, value: "\(drawCount)", requirement: "must be at least 1")
    }
    try check(sampling: sampling)
    if sampling == .withoutReplacement, let items = itemCount, drawCount > items {
      throw DomainError(
        parameter: name, value: "\(drawCount)",
        requirement: "must be at most \(items), the number of items, without replacement")
    }
    guard drawCount <= Self.drawLimit else {
      throw DomainError(
        parameter: name, value: "\(drawCount)", requirement: "must be at most \(Self.drawLimit)")
    }
  }

  /// Checks a number of draws each of which must show a class.
  func checkLabels(sampling: SamplingScheme, drawCount: Int) throws(DomainError) {
    try check(sampling: sampling, drawCount: drawCount, name: "drawCount")
    try checkNoBlank()
  }

  /// Checks that every draw shows a class, where it must have one.
  func checkNoBlank() throws(DomainError) {
    guard hasBlank else { return }
    throw DomainError(
      parameter: "sum of the probabilities", value: "less than 1",
      requirement: "must be 1 where every draw has a class")
  }

  /// Checks a number of negatives: K + 1 draws with the anchor.
  func check(sampling: SamplingScheme, negativeCount: Int) throws(DomainError) {
    guard negativeCount >= 0 else {
      throw DomainError(
        parameter: "negativeCount", value: "\(negativeCount)", requirement: "must be at least 0")
    }
    guard negativeCount < Self.drawLimit else {
      throw DomainError(
        parameter: "negativeCount", value: "\(negativeCount)",
        requirement: "must be less than \(Self.drawLimit)")
    }
    try check(sampling: sampling)
    try checkNoBlank()
    if sampling == .withoutReplacement, let items = itemCount, negativeCount >= items {
      throw DomainError(
        parameter: "negativeCount", value: "\(negativeCount)",
        requirement: "must be less than \(items), the number of items, without replacement")
    }
  }

  /// Checks that the law is one of a finite set if draws are without replacement.
  func check(sampling: SamplingScheme) throws(DomainError) {
    if sampling == .withoutReplacement && itemCount == nil {
      throw DomainError(
        parameter: "sampling", value: sampling.rawValue,
        requirement: "must be with-replacement for a law without class sizes")
    }
  }
}

extension Integer {
  /// ln of a positive integer, approximately: for planning.
  var naturalLogarithm: Double {
    let (mantissa, exponent) = scaledApproximation
    return log(mantissa) + Double(exponent) * 0.693_147_180_559_945_3
  }

  /// log10 of a positive integer, approximately: for messages.
  var decimalLogarithm: Double {
    let (mantissa, exponent) = scaledApproximation
    return log10(mantissa) + Double(exponent) * 0.301_029_995_663_981_2
  }
}
