// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What a step of training needs of a loss: its value and its gradient on a batch.
protocol StepGradient: AnyObject {
  /// With respect to the parameters of the encoder, as `evaluate` left it.
  var gradients: FloatVector { get }

  /// The rows of a table of embeddings that the batch touched; nil if there is no table.
  var touched: TouchedRows? { get }

  /// Evaluates loss and gradient at the present parameters, and moves running statistics once.
  ///
  /// - Parameter fill: Writes the views of a range of the batch's items, (2 count, inputWidth):
  ///   view 0 of each, then view 1.
  /// - Returns: The mean loss in nats.
  func evaluate(fill: (_ items: Range<Int>, _ rows: Matrix) -> Void) -> Double

  /// Called when the parameters have followed the gradient.
  func finishStep()
}

extension BatchGradient: StepGradient {
  func finishStep() {}
}
