// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Loss of a batch of N images, two views each, and its gradient with respect to all parameters.
///
/// A batch of one chunk goes forward and back once. Otherwise only the features of the batch and
/// the layers of a chunk are in memory at the same time: features of all chunks first, each tape
/// overwritten by the next; then the gradient with respect to the features; then each chunk once
/// more, forward and back.
///
/// Every layer that normalises by statistics of the batch takes two goes more through the chunks,
/// one for the statistics, after those of the layers before, and one for the sums of its gradient,
/// after those of the layers behind. Loss and gradient are thus those of the whole batch, up to the
/// rounding of sums; the work is quadratic in the number of such layers. Residual blocks normalise
/// their channels within a chunk.
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
    if chunks.count == 1 {
      let output = forward(chunks[0], .training(updatesState: true), fill)
      let value = evaluateLoss(output, gradients: chunkGradients)
      gradients.clear(table: embedding, touched: touched)
      insertTouchedRows(chunks[0])
      encoder.backward(
        input: input, tape: tape, outputGradient: chunkGradients, gradients: gradients,
        engine: engine)
      return value
    }
    gatherStatistics(fill)
    for chunk in chunks {
      let output = forward(chunk, .trainingPart(updatesState: true), fill)
      for (rows, part) in zip(featureRows(chunk), viewRows(chunk)) {
        features[rows: rows].elements.copy(output[rows: part].elements)
      }
    }
    let value = evaluateLoss(features, gradients: featureGradients)
    gatherSums(fill)
    gradients.clear(table: embedding, touched: touched)
    for chunk in chunks {
      _ = forward(chunk, .trainingPart(updatesState: false), fill)
      insertTouchedRows(chunk)
      backward(chunk, gradients, batchRows: 2 * imageCount)
    }
    return value
  }

  /// Notes the rows of a table that the texts of a chunk, just gone forward, read.
  private func insertTouchedRows(_ chunk: Range<Int>) {
    guard let embedding, let touched else { return }
    embedding.insertRows(readBy: input[rows: 0..<2 * chunk.count], into: touched)
  }

  private func evaluateLoss(_ features: Matrix, gradients: Matrix) -> Double {
    loss.evaluate(
      features: features, temperature: temperature, gradients: gradients, strip: strip,
      engine: engine)
  }

  /// The statistics of the batch, layer by layer from the front.
  private func gatherStatistics(_ fill: (Range<Int>, Matrix) -> Void) {
    for (index, layer) in encoder.batchLayers {
      let memory = encoder.memory(index, tape)
      layer.beginStatistics(memory: memory)
      for chunk in chunks {
        let output = forward(chunk, .trainingPart(updatesState: false), layerCount: index, fill)
        layer.addStatistics(
          of: output, seen: 2 * chunk.lowerBound, memory: memory, engine: engine)
      }
      layer.endStatistics(rows: 2 * imageCount, memory: memory)
    }
  }

  /// The sums over the batch that its statistics' gradients need, layer by layer from the back.
  private func gatherSums(_ fill: (Range<Int>, Matrix) -> Void) {
    for (index, layer) in encoder.batchLayers.reversed() {
      let memory = encoder.memory(index, tape)
      layer.beginSums(memory: memory)
      for chunk in chunks {
        _ = forward(chunk, .trainingPart(updatesState: false), fill)
        guard let gradient = backward(chunk, nil, batchRows: 2 * imageCount, downTo: index + 1)
        else { preconditionFailure("a gradient with respect to an output") }
        let rows = input[rows: 0..<2 * chunk.count]
        layer.addSums(
          input: index == 0 ? rows : tape.output(index - 1, rows: rows.rows), gradient: gradient,
          memory: memory, engine: engine)
      }
    }
  }

  /// The output of the first layers for both views of the images of a chunk.
  private func forward(
    _ chunk: Range<Int>, _ mode: LayerMode, layerCount: Int? = nil,
    _ fill: (Range<Int>, Matrix) -> Void
  ) -> Matrix {
    let rows = input[rows: 0..<2 * chunk.count]
    fill(chunk, rows)
    return encoder.forward(rows, tape: tape, mode: mode, engine: engine, layerCount: layerCount)
  }

  /// Goes back from the gradient with respect to a chunk's features.
  @discardableResult
  private func backward(
    _ chunk: Range<Int>, _ gradients: FloatVector?, batchRows: Int? = nil, downTo end: Int = 0
  ) -> Matrix? {
    let outputGradient = chunkGradients[rows: 0..<2 * chunk.count]
    for (rows, part) in zip(featureRows(chunk), viewRows(chunk)) {
      outputGradient[rows: part].elements.copy(featureGradients[rows: rows].elements)
    }
    return encoder.backward(
      input: input[rows: 0..<2 * chunk.count], tape: tape, outputGradient: outputGradient,
      gradients: gradients, engine: engine, batchRows: batchRows, downTo: end)
  }

  /// Where the two views of a chunk are among those of the batch.
  private func featureRows(_ chunk: Range<Int>) -> [Range<Int>] {
    [chunk, chunk.lowerBound + imageCount..<chunk.upperBound + imageCount]
  }

  /// Where the two views of a chunk are among its own.
  private func viewRows(_ chunk: Range<Int>) -> [Range<Int>] {
    [0..<chunk.count, chunk.count..<2 * chunk.count]
  }
}
