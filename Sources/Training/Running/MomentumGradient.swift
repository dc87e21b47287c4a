// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Loss and gradient of momentum contrast: view 0 of a batch as queries of the encoder, view 1 as
/// keys of an encoder that follows it, against a queue of earlier keys.
///
/// After each step the following encoder moves towards the encoder, statistics of batch
/// normalisation included, and the keys replace the oldest of the queue. It encodes by these
/// statistics, not by those of the batch, so that a query cannot be told to be of the batch of its
/// key.
///
/// References: K. He et al., CVPR 2020, arXiv 1911.05722, algorithm 1; Z. Cai et al., *Exponential
/// moving average normalization for self-supervised and semi-supervised learning*, CVPR 2021, arXiv
/// 2101.08482.
final class MomentumGradient: StepGradient {
  let encoder: Encoder
  /// What keys are encoded by.
  let keyEncoder: Encoder
  /// The negatives, (K, d), unit rows.
  let queue: Matrix
  /// The oldest of them, which the next key replaces.
  private(set) var oldest = 0

  let gradients: FloatVector
  let touched: TouchedRows?

  /// How many batches statistics follow before the first step: what they began with then counts
  /// 0.9^32 = 0.03.
  private static let calibrationCount = 32

  private let loss: QueueLoss
  private let momentum: Float
  private let engine: Engine
  private let embedding: EmbeddingBagLayer?
  private let chunks: [Range<Int>]
  private let tape: Tape
  private let keyTape: Tape
  /// Views of one chunk: view 0 of its items, then view 1.
  private let input: Matrix
  private let queries: Matrix
  private let keys: Matrix
  private let queryGradients: Matrix
  private let chunkGradients: Matrix
  private let strip: FloatVector

  /// Memory for batches, the following encoder as the encoder is, and a queue of zeros, which
  /// `begin` or whoever read a queue replaces.
  ///
  /// - Parameters:
  ///   - encoder, keyEncoder: Two of the same shape; the second becomes a copy of the first.
  ///   - queueCount: K, at least 1.
  init(
    encoder: Encoder, keyEncoder: Encoder, settings: MomentumContrast, temperature: Float,
    queueCount: Int, chunkSize: Int, engine: Engine
  ) {
    let n = settings.batchSize
    precondition(queueCount >= 1 && n >= 1 && chunkSize >= 1, "\(n) keys for \(queueCount)")
    self.encoder = encoder
    self.keyEncoder = keyEncoder
    self.engine = engine
    keyEncoder.parameters.copy(encoder.parameters)
    keyEncoder.state.copy(encoder.state)
    loss = QueueLoss(temperature: temperature)
    momentum = Float(settings.momentum)
    chunks = stride(from: 0, to: n, by: chunkSize).map { $0..<min(n, $0 + chunkSize) }
    gradients = FloatVector(count: encoder.parameters.count)
    embedding = encoder.layers[0] as? EmbeddingBagLayer
    touched = embedding.map { TouchedRows(rowCount: $0.rowCount) }
    let (rows, width) = (min(n, chunkSize), encoder.outputWidth)
    tape = Tape(layers: encoder.layers, rows: rows)
    keyTape = Tape(layers: encoder.layers, rows: rows, hasGradients: false)
    input = Matrix(rows: 2 * rows, columns: encoder.inputWidth)
    queries = Matrix(rows: n, columns: width)
    keys = Matrix(rows: n, columns: width)
    queryGradients = Matrix(rows: n, columns: width)
    chunkGradients = Matrix(rows: rows, columns: width)
    strip = FloatVector(count: QueueLoss.stripCount(queries: n, negatives: queueCount))
    queue = Matrix(rows: queueCount, columns: width)
  }

  /// How many floats this takes besides the encoder.
  static func floatCount(
    layers: [any Layer], settings: MomentumContrast, queueCount: Int, chunkSize: Int
  ) -> Int {
    let n = settings.batchSize
    let rows = min(n, chunkSize)
    let (inputWidth, width) = (layers[0].inputWidth, layers[layers.count - 1].outputWidth)
    let parameterCount = layers.reduce(0) { $0 + $1.parameterCount + $1.stateCount }
    return 2 * parameterCount + Tape.floatCount(layers: layers, rows: rows)
      + Tape.floatCount(layers: layers, rows: rows, hasGradients: false)
      + rows * (2 * inputWidth + width) + (3 * n + queueCount) * width
      + QueueLoss.stripCount(queries: n, negatives: queueCount)
  }

  /// Puts the state before the first step: statistics of batch normalisation follow the first 32
  /// batches without a step, and the queue is filled with keys.
  ///
  /// With statistics that are not those of the data, or with random directions for negatives, the
  /// first steps would lead all features to one point, far from negatives that are no features.
  ///
  /// - Parameter fill: Writes views, (count, inputWidth), for a range of an endless sequence of
  ///   items.
  func begin(fill: (_ positions: Range<Int>, _ rows: Matrix) -> Void) {
    for batch in 0..<Self.calibrationCount {
      for chunk in chunks {
        let start = batch * queries.rows + chunk.lowerBound
        let rows = input[rows: 0..<chunk.count]
        fill(start..<start + chunk.count, rows)
        _ = encoder.forward(rows, tape: tape, mode: .training(updatesState: true), engine: engine)
      }
    }
    keyEncoder.state.copy(encoder.state)
    let size = tape.rows
    for start in stride(from: 0, to: queue.rows, by: size) {
      let range = start..<min(queue.rows, start + size)
      let rows = input[rows: 0..<range.count]
      fill(range, rows)
      let output = keyEncoder.forward(rows, tape: keyTape, mode: .evaluation, engine: engine)
      queue[rows: range].elements.copy(output.elements)
    }
  }

  func evaluate(fill: (_ items: Range<Int>, _ rows: Matrix) -> Void) -> Double {
    for chunk in chunks {
      queries[rows: chunk].elements.copy(forward(chunk, updatesState: true, fill).elements)
      let views = input[rows: chunk.count..<2 * chunk.count]
      let output = keyEncoder.forward(views, tape: keyTape, mode: .evaluation, engine: engine)
      keys[rows: chunk].elements.copy(output.elements)
    }
    let value = loss.evaluate(
      queries: queries, keys: keys, negatives: queue, gradients: queryGradients, strip: strip,
      engine: engine)
    gradients.clear(table: embedding, touched: touched)
    for chunk in chunks {
      if chunks.count > 1 { _ = forward(chunk, updatesState: false, fill) }
      let rows = input[rows: 0..<chunk.count]
      if let embedding, let touched { embedding.insertRows(readBy: rows, into: touched) }
      let outputGradient = chunkGradients[rows: 0..<chunk.count]
      outputGradient.elements.copy(queryGradients[rows: chunk].elements)
      encoder.backward(
        input: rows, tape: tape, outputGradient: outputGradient, gradients: gradients,
        engine: engine)
    }
    return value
  }

  /// The features of view 0 of the items of a chunk; view 1 is in the input.
  private func forward(
    _ chunk: Range<Int>, updatesState: Bool, _ fill: (Range<Int>, Matrix) -> Void
  ) -> Matrix {
    fill(chunk, input[rows: 0..<2 * chunk.count])
    return encoder.forward(
      input[rows: 0..<chunk.count], tape: tape, mode: .training(updatesState: updatesState),
      engine: engine)
  }

  func finishStep() {
    engine.moveAverage(keyEncoder.parameters, towards: encoder.parameters, rate: 1 - momentum)
    engine.moveAverage(keyEncoder.state, towards: encoder.state, rate: 1 - momentum)
    for row in 0..<keys.rows {
      queue[row: oldest].copy(keys[row: row])
      oldest = (oldest + 1) % queue.rows
    }
  }

  /// Continues after `stepCount` steps; encoders and queue are set by whoever read them.
  func resume(stepCount: Int) {
    oldest = (stepCount % queue.rows) * (keys.rows % queue.rows) % queue.rows
  }
}
