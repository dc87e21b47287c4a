// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Occupancy

/// The options that choose how labels are drawn: with replacement unless told otherwise.
struct SamplingOptions: Sendable {
  static let withoutReplacement = ArgumentSpecification.flag(
    "without-replacement", "Draw from a finite set without putting items back; needs class sizes.")
  static let bothSamplings = ArgumentSpecification.flag(
    "both-samplings", "Print rows with replacement and then rows without; needs class sizes.")

  static let specifications = [withoutReplacement, bothSamplings]

  /// The schemes asked for, in the order of their rows.
  let schemes: [SamplingScheme]

  private let specification: ArgumentSpecification

  /// Reads the options.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    let isWithout = arguments.has(Self.withoutReplacement)
    let isBoth = arguments.has(Self.bothSamplings)
    if isWithout && isBoth { throw .conflict(Self.bothSamplings, Self.withoutReplacement) }
    specification = isBoth ? Self.bothSamplings : Self.withoutReplacement
    schemes =
      isBoth
      ? [.withReplacement, .withoutReplacement]
      : [isWithout ? .withoutReplacement : .withReplacement]
  }

  /// The schemes that a law allows: a law without items cannot be drawn from without replacement.
  func schemes(for law: NamedLaw) -> [SamplingScheme] {
    law.law.itemCount == nil ? schemes.filter { $0 == .withReplacement } : schemes
  }

  /// Throws if the law cannot be drawn from as asked.
  func check(_ law: NamedLaw) throws(UsageError) {
    guard schemes(for: law) != schemes else { return }
    throw UsageError(
      "'\(specification.dashedName)' needs class sizes, and '\(law.name)' has none: choose a data "
        + "set with items, '--counts', or '--classes' with '--per-class'",
      help: specification.helpLine)
  }
}
