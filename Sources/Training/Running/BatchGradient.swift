// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Loss of a batch of N images, two views each, and its gradient with respect to all parameters.
///
/// In chunks, so that only the features of the batch and the layers of a chunk are in memory at the
/// same time: features of all chunks first, each tape overwritten by the next; then the gradient
/// with respect to the features; then each chunk once more, forward and back. A batch of one chunk
/// goes forward once.
///
/// Reference: L. Gao et al., *Scaling deep contrastive learning batch size under memory limited
/// setup*, RepL4NLP 2021.
package final class BatchGradient {
  package let encoder: Encoder
  /// With respect to the parameters of the encoder, as `evaluate` left it.
  package let gradients: FloatVector

  /// The rows of a table of embeddings that the batch touched; nil if there is no table.
  let touched: TouchedRows?

  private let loss: ContrastiveLoss
  private let temperature: Float
  private let engine: Engine
  private let embedding: EmbeddingBagLayer?
  private let imageCount: Int
  private let chunks: [Range<Int>]
  private let tape: Tape
  /// Views of one chunk: view 0 of its images, then view 1.
  private let input: Matrix
  /// Features of the batch, and gradients with respect to them: view 0 of all, then view 1.
  private let features: Matrix
  private let featureGradients: Matrix
  private let chunkGradients: Matrix
  private let strip: FloatVector

  /// Memory for batches of `imageCount` images, at most `chunkSize` of them on the tape at a time.
  package init(
    encoder: Encoder, loss: ContrastiveLoss, temperature: Float, imageCount n: Int,
    chunkSize: Int, engine: Engine
  ) {
    precondition(n >= 1 && chunkSize >= 1, "\(n) images in chunks of \(chunkSize)")
    self.encoder = encoder
    self.loss = loss
    self.temperature = temperature
    self.engine = engine
    imageCount = n
    chunks = stride(from: 0, to: n, by: chunkSize).map { $0..<min(n, $0 + chunkSize) }
    let rows = 2 * min(n, chunkSize)
    gradients = FloatVector(count: encoder.parameters.count)
    embedding = encoder.layers[0] as? EmbeddingBagLayer
    touched = embedding.map { TouchedRows(rowCount: $0.rowCount) }
    tape = Tape(layers: encoder.layers, rows: rows)
    input = Matrix(rows: rows, columns: encoder.inputWidth)
    features = Matrix(rows: 2 * n, columns: encoder.outputWidth)
    featureGradients = Matrix(rows: 2 * n, columns: encoder.outputWidth)
    chunkGradients = Matrix(rows: rows, columns: encoder.outputWidth)
    strip = FloatVector(count: loss.stripCount(imageCount: n))
  }

  /// How many floats this takes besides the encoder.
  static func floatCount(
    layers: [any Layer], loss: ContrastiveLoss, imageCount n: Int, chunkSize: Int
  ) -> Int {
    let rows = 2 * min(n, chunkSize)
    let (inputWidth, width) = (layers[0].inputWidth, layers[layers.count - 1].outputWidth)
    return layers.reduce(0) { $0 + $1.parameterCount } + Tape.floatCount(layers: layers, rows: rows)
      + rows * (inputWidth + width) + 4 * n * width + loss.stripCount(imageCount: n)
  }

  /// Evaluates loss and gradient at the present parameters, and moves running statistics once.
  ///
  /// - Parameter fill: Writes the views of a range of the batch's images, (2 count, inputWidth):
  ///   view 0 of each, then view 1. Called several times for a range if there are several; it
  ///   writes the same each time.
  /// - Returns: The mean loss in nats.
  package func evaluate(fill: (_ images: Range<Int>, _ rows: Matrix) -> Void) -> Double {
    let n = imageCount
    for chunk in chunks {
      let output = forward(chunk, updatesState: true, fill)
      features[rows: chunk].elements.copy(output[rows: 0..<chunk.count].elements)
      features[rows: chunk.shifted(by: n)].elements.copy(
        output[rows: chunk.count..<2 * chunk.count].elements)
    }
    let value = loss.evaluate(
      features: features, temperature: temperature, gradients: featureGradients, strip: strip,
      engine: engine)
    gradients.clear(table: embedding, touched: touched)
    for chunk in chunks {
      if chunks.count > 1 { _ = forward(chunk, updatesState: false, fill) }
      let outputGradient = chunkGradients[rows: 0..<2 * chunk.count]
      outputGradient[rows: 0..<chunk.count].elements.copy(featureGradients[rows: chunk].elements)
      outputGradient[rows: chunk.count..<2 * chunk.count].elements.copy(
        featureGradients[rows: chunk.shifted(by: n)].elements)
      if let embedding, let touched {
        embedding.insertRows(readBy: input[rows: 0..<2 * chunk.count], into: touched)
      }
      encoder.backward(
        input: input[rows: 0..<2 * chunk.count], tape: tape, outputGradient: outputGradient,
        gradients: gradients, engine: engine)
    }
    return value
  }

  /// The features of both views of the images of a chunk.
  private func forward(
    _ chunk: Range<Int>, updatesState: Bool, _ fill: (Range<Int>, Matrix) -> Void
  ) -> Matrix {
    let rows = input[rows: 0..<2 * chunk.count]
    fill(chunk, rows)
    return encoder.forward(
      rows, tape: tape, mode: .training(updatesState: updatesState), engine: engine)
  }
}

extension Range<Int> {
  /// The range `distance` further up.
  fileprivate func shifted(by distance: Int) -> Range<Int> {
    lowerBound + distance..<upperBound + distance
  }
}
