// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Occupancy
internal import Tables

/// The options that say what draws are to show: every class once unless told otherwise.
struct GoalOptions: Sendable {
  static let copies = ArgumentSpecification.option(
    "copies", value: "m", default: "1",
    "How often a class must be drawn to count, up to \(CoverageGoal.copiesLimit); adds the columns "
      + "copies and at_least.")
  static let atLeast = ArgumentSpecification.option(
    "at-least", value: "j",
    "How many of the classes must count, all by default; adds the columns copies and at_least.")

  static let specifications = [copies, atLeast]

  private let copies: Int
  private let atLeast: Int?
  private let text: String
  /// Whether one of the options was given.
  let isGiven: Bool

  /// Reads the options.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    copies = try arguments.integer(Self.copies, in: 1...CoverageGoal.copiesLimit) ?? 1
    atLeast = try arguments.integer(Self.atLeast, in: 1...Int.max)
    text = arguments.text(Self.atLeast) ?? ""
    isGiven = Self.specifications.contains { arguments.has($0) }
    if copies > 1, arguments.text(MethodOption.specification) == "inclusion-exclusion" {
      throw .invalid(
        "inclusion-exclusion", for: MethodOption.specification,
        "does not count '\(Self.copies.dashedName) \(copies)': choose auto, contour or stirling")
    }
  }

  /// The goal for a law.
  ///
  /// - Throws: `UsageError` if the law has too few classes.
  func goal(for law: NamedLaw) throws -> CoverageGoal {
    if let atLeast, atLeast > law.law.classCount {
      throw UsageError.invalid(
        text, for: Self.atLeast, "\(law.name) has \(law.law.classCount) classes")
    }
    return try CoverageGoal(copies: copies, classCount: atLeast)
  }

  /// The columns that follow `sampling`.
  var columns: [String] { isGiven ? ["copies", "at_least"] : [] }

  /// The fields of these columns.
  func fields(for law: NamedLaw) -> [TableField] {
    isGiven ? [.integer(copies), .integer(atLeast ?? law.law.classCount)] : []
  }
}
