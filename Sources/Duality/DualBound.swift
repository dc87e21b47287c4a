// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The two programs that bounds are made of.
package enum DualBound {
  /// Classes of one size: their probability together, and the pairs with other classes.
  package typealias Component = (weight: Double, shapes: [SpreadShape])

  /// The least bound of E l_adj by the loss and the spread.
  ///
  /// - Parameters:
  ///   - components: The classes; the larger relative score is that of a class of any shape.
  ///   - level: G0.
  ///   - spread: Lambda.
  ///   - presence: About P(a negative is of the rarest class).
  /// - Returns: nil if no distribution of scores has such a loss and spread.
  package static func byLossAndSpread(
    _ components: [Component], level: Double, spread: Double, presence: Double
  ) -> DualSolution? {
    var program = DualProgram(
      components.map {
        .init(weight: $0.weight, region: DualRegion($0.shapes.map { SpreadCell($0) }))
      }, level: level, spread: spread, presence: presence)
    return program.solution()
  }

  /// The least bound of E l_adj by the loss alone, where all of a score is that of the class of the
  /// first shape, the rarest.
  package static func byLoss(
    _ components: [Component], level: Double, presence: Double
  ) -> DualSolution? {
    var program = DualProgram(
      components.map {
        .init(weight: $0.weight, region: DualRegion($0.shapes.prefix(1).map { AdjustedCell($0) }))
      }, level: level, spread: nil, presence: presence)
    return program.solution()
  }
}
