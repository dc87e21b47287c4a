// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Bounds
internal import Tables

/// Learning with too few negatives to cover all classes, solved exactly on two small models:
/// equally and unequally likely classes with the same overlapping observations.
struct FewNegativesReport {
  static let columns = [
    "dataset", "classes", "negatives", "draws", "coverage_probability", "subset_loss",
    "supervised_loss", "optimal_supervised_loss", "excess_loss",
  ]

  let digits: Int

  /// Five classes and five observations, D_c(x) proportional to 2^-|x - c|; unequal classes have
  /// the probabilities 16/31, 8/31, 4/31, 2/31 and 1/31.
  static func models() throws -> [(name: String, model: FiniteModel)] {
    let conditionals = (0..<5).map { c in
      let weights = (0..<5).map { 1 << (4 - abs($0 - c)) }
      return weights.map { Rational($0, weights.reduce(0, +)) }
    }
    func model(_ weights: [Int]) throws -> FiniteModel {
      let sum = weights.reduce(0, +)
      return try FiniteModel(
        classProbabilities: weights.map { Rational($0, sum) }, conditionals: conditionals)
    }
    return [
      ("equal-classes", try model([1, 1, 1, 1, 1])),
      ("unequal-classes", try model([16, 8, 4, 2, 1])),
    ]
  }

  /// The table: K from 1 to three more than it takes to see all classes.
  var report: TableReport {
    TableReport(columns: Self.columns) { [digits] emit in
      for (name, model) in try Self.models() {
        let optimum = try TableField.number(model.optimalSupervisedLoss, digits: digits)
        for negatives in 1...model.classCount + 2 {
          let minimum = try SubsetLossMinimum(model: model, negativeCount: negatives)
          try emit([
            .text(name), .integer(model.classCount), .integer(negatives), .integer(negatives + 1),
            .number(ComputableReal(minimum.coverageProbability), digits: digits),
            .number(minimum.subsetLoss, digits: digits),
            .number(minimum.supervisedLoss, digits: digits), optimum,
            .number(minimum.excess, digits: digits),
          ])
        }
      }
    }
  }
}
