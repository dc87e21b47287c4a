// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Occupancy
internal import Tables

/// The options that say what draws are to show: every class once unless told otherwise.
///
/// A column `copies` of the law's file says it class by class.
struct GoalOptions: Sendable {
  static let copies = ArgumentSpecification.option(
    "copies", value: "m", default: "1",
    "How often a class must be drawn to count, up to \(CoverageGoal.copiesLimit); adds the columns "
      + "copies and at_least.")
  static let atLeast = ArgumentSpecification.option(
    "at-least", value: "j",
    "How many of the classes must count, all by default; adds the columns copies and at_least.")
  static let required = ArgumentSpecification.option(
    "required", value: "R",
    "Only R of the equally likely '--classes' must come, the others need not; adds the columns "
      + "required, copies and at_least.")

  static let specifications = [copies, atLeast, required]

  private let copies: Int
  private let atLeast: Int?
  private let required: Int?
  private let atLeastText: String
  /// Whether one of the options was given.
  private let isGiven: Bool
  private let hasCopies: Bool
  private let isInclusionExclusion: Bool

  /// Reads the options.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    copies = try arguments.integer(Self.copies, in: 1...CoverageGoal.copiesLimit) ?? 1
    atLeast = try arguments.integer(Self.atLeast, in: 1...Int.max)
    required = try arguments.integer(Self.required, in: 1...Int.max)
    atLeastText = arguments.text(Self.atLeast) ?? ""
    isGiven = Self.specifications.contains { arguments.has($0) }
    hasCopies = arguments.has(Self.copies)
    isInclusionExclusion = arguments.text(MethodOption.specification) == "inclusion-exclusion"
    if required != nil, !arguments.has(LawOptions.classes) {
      throw .needless(Self.required, without: [LawOptions.classes])
    }
    if copies > 1, isInclusionExclusion {
      throw .invalid(
        "inclusion-exclusion", for: MethodOption.specification,
        "does not count '\(Self.copies.dashedName) \(copies)': choose auto, contour or stirling")
    }
  }

  /// The goal for a law.
  ///
  /// - Throws: `UsageError` if the law has too few classes or its file says how often each must
  ///   come.
  func goal(for law: NamedLaw) throws -> CoverageGoal {
    let available = try requiredCount(of: law)
    if let atLeast, atLeast > available {
      throw UsageError.invalid(
        atLeastText, for: Self.atLeast,
        "\(law.name) has \(available) classes"
          + (available == law.law.classCount ? "" : " that must come"))
    }
    if let groups = law.copies {
      if hasCopies {
        throw UsageError(
          "'\(Self.copies.dashedName)' cannot be combined with the column copies of \(law.name)")
      }
      if isInclusionExclusion, groups.contains(where: { $0.copies > 1 }) {
        throw UsageError.invalid(
          "inclusion-exclusion", for: MethodOption.specification,
          "does not count several copies: choose auto, contour or stirling")
      }
      return try CoverageGoal(groups: groups, atLeast: atLeast)
    }
    guard let required else { return try CoverageGoal(copies: copies, atLeast: atLeast) }
    return try CoverageGoal(required: required, copies: copies, atLeast: atLeast)
  }

  /// How many classes must come.
  private func requiredCount(of law: NamedLaw) throws(UsageError) -> Int {
    if let groups = law.copies {
      return groups.reduce(0) { $0 + ($1.copies > 0 ? $1.classCount : 0) }
    }
    guard let required else { return law.law.classCount }
    guard required <= law.law.classCount else {
      throw .invalid(
        "\(required)", for: Self.required, "\(law.name) has \(law.law.classCount) classes")
    }
    return required
  }

  /// Why no number of draws from a law reaches the goal, if that is so.
  func unreachable(_ law: NamedLaw, _ sampling: SamplingScheme) throws -> String? {
    let goal = try goal(for: law)
    do throws(DomainError) {
      try goal.checkReach(law.law, sampling)
      return nil
    } catch {
      let needed = try atLeast ?? requiredCount(of: law)
      return law.copies == nil
        ? "fewer than \(needed) classes of \(law.name) have \(copies) items"
        : "fewer than \(needed) classes of \(law.name) have as many items as they must come"
    }
  }

  /// The error for a law that cannot reach the goal.
  func unreachableError(_ problem: String) -> UsageError {
    hasCopies ? .invalid("\(copies)", for: Self.copies, problem) : UsageError(problem)
  }

  /// The columns that follow `sampling`, for the rows of one law or of several.
  func columns(for laws: [NamedLaw]) -> [String] {
    let isByClass = required != nil || laws.contains { $0.copies != nil }
    return (isByClass ? ["required"] : []) + (isByClass || isGiven ? ["copies", "at_least"] : [])
  }

  /// The fields of these columns: different numbers of copies are joined by semicolons.
  func fields(for law: NamedLaw) throws -> [TableField] {
    let columns = columns(for: [law])
    if columns.isEmpty { return [] }
    let count = try requiredCount(of: law)
    let different = Set((law.copies ?? []).map(\.copies)).subtracting([0]).sorted()
    let copies: TableField =
      law.copies == nil
      ? .integer(self.copies) : .text(different.map { "\($0)" }.joined(separator: ";"))
    return (columns.count == 3 ? [.integer(count)] : []) + [copies, .integer(atLeast ?? count)]
  }
}
