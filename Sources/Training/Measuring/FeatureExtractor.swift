// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Features of items by a trained encoder, with running statistics.
final class FeatureExtractor {
  /// How many items are encoded at a time.
  static let batchSize = 256

  let encoder: Encoder
  let engine: Engine
  private let tape: Tape
  private let input: Matrix

  init(encoder: Encoder, engine: Engine) {
    self.encoder = encoder
    self.engine = engine
    tape = Tape(layers: encoder.layers, rows: Self.batchSize, hasGradients: false)
    input = Matrix(rows: Self.batchSize, columns: encoder.inputWidth)
  }

  /// How many floats this takes besides the encoder.
  static func floatCount(layers: [any Layer]) -> Int {
    Tape.floatCount(layers: layers, rows: batchSize, hasGradients: false)
      + batchSize * layers[0].inputWidth
  }

  /// The features of one view of every item, (items, features); unit rows.
  func features(
    _ items: any ItemSource, augmentation: Augmentation, seed: UInt64,
    purpose: Augmentation.Purpose, epoch: Int = 0, view: Int
  ) -> Matrix {
    let views = ViewWriter(
      source: items, augmentation: augmentation, seed: seed,
      purpose: purpose, epoch: epoch)
    let result = Matrix(rows: items.count, columns: encoder.outputWidth)
    encode(items, stopsAtBackbone: false, into: result) { range, rows in
      views.write(items: Array(range)[...], view: view, into: rows, engine: engine)
    }
    return result
  }

  /// The features of the items themselves, or what the backbone hands to the head.
  func features(_ items: any ItemSource, stopsAtBackbone: Bool) -> Matrix {
    let width = stopsAtBackbone ? encoder.backboneWidth : encoder.outputWidth
    let result = Matrix(rows: items.count, columns: width)
    encode(items, stopsAtBackbone: stopsAtBackbone, into: result) { range, rows in
      for item in range { items.write(item, into: rows[row: item - range.lowerBound]) }
    }
    return result
  }

  private func encode(
    _ items: any ItemSource, stopsAtBackbone: Bool, into result: Matrix,
    fill: (_ range: Range<Int>, _ rows: Matrix) -> Void
  ) {
    for start in stride(from: 0, to: items.count, by: Self.batchSize) {
      let range = start..<min(items.count, start + Self.batchSize)
      let rows = input[rows: 0..<range.count]
      fill(range, rows)
      let output = encoder.forward(
        rows, tape: tape, mode: .evaluation, engine: engine,
        layerCount: stopsAtBackbone ? encoder.backboneCount : nil)
      result[rows: range].elements.copy(output.elements)
    }
  }
}
