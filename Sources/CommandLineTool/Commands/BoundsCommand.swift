// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Bounds

/// `upsilon bounds`: all bounds between contrastive and supervised loss.
struct BoundsCommand: TabularCommand {
  static let gap = ArgumentSpecification.option(
    "gap", values: .choices(GapChoice.allCases.map(\.rawValue)),
    "The gap d that bounds subtract from L_Info: convex, the tighter one; published; or exact, "
      + "L_Info - E g, the largest valid one (default: convex where measured).")
  static let recipe = ArgumentSpecification.option(
    "recipe", default: BoundRecipe.exact.rawValue,
    values: .choices(BoundRecipe.allCases.map(\.rawValue)),
    "Evaluate the CURL and coupon bounds of L_sup exactly, or as the published code does.")
  static let overSeeds = ArgumentSpecification.flag(
    "over-seeds",
    "Print one row for all seeds of a setting, with means and standard errors over seeds instead "
      + "of batches.")
  static let explain = ArgumentSpecification.option(
    "explain", value: "row",
    "Explain one row, counted from 1, instead: the formula of each bound and the numbers in it.")

  static let fewNegatives = ArgumentSpecification.flag(
    "few-negatives",
    "Show what minimizing the subset loss costs on two small models, from K = 1, instead.")

  static let specification = CommandSpecification(
    name: "bounds",
    abstract: "All bounds between contrastive and supervised loss.",
    discussion: """
      Prints lower bounds of the contrastive loss, and lower and upper bounds of the supervised \
      loss of the mean classifier, in nats, from exact probabilities and measured losses. Every \
      digit is correct for the losses as the table gives them; columns ending in _se are the \
      standard errors of bounds, propagated from those of the losses. A bound that does not apply \
      is an empty field, and the reason is printed on standard error. 'verdict' compares the best \
      upper bound with 'chance', ln C, the loss of guessing. 'violated' names the bounds that a \
      measured loss violates by more than three standard errors, and 'stand_ins' those that are \
      theorems about class means of the features' own law but were given class means of the \
      training split. 'uninformed_contrastive_loss' is the loss of an encoder that maps \
      everything to one point, 'optimal_contrastive_loss' the least that is possible without \
      telling items of a class apart. On a terminal only the most important columns are shown.
      """,
    arguments: BoundSource.specifications + [gap, recipe, overSeeds, explain, fewNegatives]
      + OutputOptions.specifications,
    alternatives: [BoundSource.alternatives(unless: fewNegatives)],
    examples: [
      WorkedExample(
        "What do the losses published for CIFAR-10 say of the supervised loss?",
        arguments: "bounds --published cifar-10 --format csv"),
      WorkedExample(
        "How do the bounds trade collisions against coverage at the theoretical optimum?",
        arguments: "bounds --theory --classes 10 --temperature 0.5 --negatives 1..512:*2"),
    ])

  /// Nil for `fewNegatives`, which needs no source.
  private let source: BoundSource?
  private let gapChoice: GapChoice?
  private let recipe: BoundRecipe
  private let isOverSeeds: Bool
  private let explainedRow: Int?
  let outputOptions: OutputOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    if arguments.has(Self.fewNegatives) {
      let options = [Self.gap, Self.recipe, Self.overSeeds, Self.explain]
      let others = BoundSource.specifications + options
      if let other = others.first(where: arguments.has) {
        throw .conflict(other, Self.fewNegatives)
      }
      source = nil
    } else {
      source = try BoundSource(arguments)
    }
    gapChoice = try arguments.choice(Self.gap)
    recipe = try arguments.choice(Self.recipe) ?? .exact
    isOverSeeds = arguments.has(Self.overSeeds)
    explainedRow = try arguments.integer(Self.explain, in: 1...Int.max)
    if isOverSeeds, arguments.has(Self.explain) { throw .conflict(Self.explain, Self.overSeeds) }
    outputOptions = try OutputOptions(arguments)
  }

  func validate() throws -> TableReport {
    guard let source else { return FewNegativesReport(digits: outputOptions.digits).report }
    let rows = try source.rows(gap: gapChoice)
    let recipe = recipe
    if let explainedRow {
      guard explainedRow <= rows.count else {
        throw UsageError.invalid(
          "\(explainedRow)", for: Self.explain, "there are \(rows.count) rows")
      }
      return BoundExplanation(recipe: recipe, digits: outputOptions.digits)
        .report { try rows[explainedRow - 1]() }
    }
    let table = BoundTable(digits: outputOptions.measuredDigits, recipe: recipe)
    let summary = BoundTable.summary(isUnequal: try source.hasUnequalClasses(rows))
    let isOverSeeds = isOverSeeds
    return TableReport(
      columns: BoundTable.columns, summary: summary, remarks: { table.remarks }
    ) { emit in
      if isOverSeeds {
        for (place, group) in BoundTable.groups(try rows.map { try $0() }).enumerated() {
          try emit.later {
            let reports = try group.map { try BoundReport($0.inputs, recipe: recipe) }
            let mean = try BoundReport(averaging: reports)
            return try table.row(group[0], seed: "", mean, at: place)
          }
        }
        return
      }
      for (place, make) in rows.enumerated() {
        try emit.later {
          let row = try make()
          let report = try BoundReport(row.inputs, recipe: recipe)
          return try table.row(row, seed: row.seed, report, at: place)
        }
      }
    }
  }
}
