// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Occupancy

/// The options that choose numbers of draws, n = K+1, directly or by the number of negatives K.
struct DrawOptions: Sendable {
  static let draws = ArgumentSpecification.option(
    "draws", value: "list", isList: true,
    "Numbers of draws K+1, anchor included: a list such as 32,64 or 1..1024 or 128..1024:+128 or "
      + "128..65536:*2.")
  static let negatives = ArgumentSpecification.option(
    "negatives", value: "list", isList: true, "Numbers of negatives K, in place of '--draws'.")

  static let specifications = [draws, negatives]

  /// Exactly one of the two must be given, or none with the flag `unless`.
  static func alternatives(unless: ArgumentSpecification? = nil) -> Alternatives {
    Alternatives(specifications, unless: unless)
  }

  /// The numbers of draws in the order asked for.
  let drawCounts: NumberList

  private let specification: ArgumentSpecification
  private let text: String

  /// Reads the options.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    specification = arguments.has(Self.draws) ? Self.draws : Self.negatives
    text = arguments.text(specification) ?? ""
    if let drawCounts = try arguments.list(Self.draws, minimum: 1) {
      self.drawCounts = drawCounts
    } else if let negatives = try arguments.list(Self.negatives, minimum: 0) {
      guard let drawCounts = negatives.incremented() else {
        throw .invalid(text, for: Self.negatives, "the numbers must be less than \(Int.max)")
      }
      self.drawCounts = drawCounts
    } else {
      throw .missing(oneOf: Self.specifications)
    }
    try check(atMost: LabelLaw.drawLimit)
  }

  /// Throws if there are more draws than can be served.
  func check(atMost limit: Int) throws(UsageError) {
    guard drawCounts.largest > limit else { return }
    throw .invalid(
      text, for: specification,
      "\(drawCounts.largest) draws are more than \(limit), the most that are supported")
  }

  /// Throws if more items would be drawn without replacement than there are.
  func check(itemCount: Int, law: String) throws(UsageError) {
    guard drawCounts.largest > itemCount else { return }
    throw .invalid(
      text, for: specification,
      "\(drawCounts.largest) draws without replacement exceed the \(itemCount) items of \(law)")
  }

  /// Throws if a table would have more rows than a list may have numbers.
  func check(rowCount: Int) throws(UsageError) {
    guard rowCount > NumberList.countLimit else { return }
    throw .invalid(
      text, for: specification, "the table would have more than \(NumberList.countLimit) rows")
  }

  /// Numbers of draws to try a request with before it is begun: all of a short list, the ends of
  /// the ranges of a long one.
  var probes: [Int] {
    drawCounts.count <= 1000 ? Array(drawCounts) : drawCounts.extremes
  }
}
