// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Features of images by a trained encoder, with running statistics.
final class FeatureExtractor {
  /// How many images are encoded at a time.
  static let batchSize = 256

  let encoder: Encoder
  let engine: Engine
  let whiteLevel: Int
  private let tape: Tape
  private let input: Matrix

  init(encoder: Encoder, whiteLevel: Int, engine: Engine) {
    self.encoder = encoder
    self.engine = engine
    self.whiteLevel = whiteLevel
    tape = Tape(layers: encoder.layers, rows: Self.batchSize, hasGradients: false)
    input = Matrix(rows: Self.batchSize, columns: encoder.inputWidth)
  }

  /// The features of one view of every image, (images, features); unit rows.
  func features(
    _ images: LabelledImages, augmentation: Augmentation, seed: UInt64,
    purpose: Augmentation.Purpose, epoch: Int = 0, view: Int
  ) -> Matrix {
    let views = ViewWriter(
      images: images, whiteLevel: whiteLevel, augmentation: augmentation, seed: seed,
      purpose: purpose, epoch: epoch)
    let result = Matrix(rows: images.count, columns: encoder.outputWidth)
    encode(images, stopsAtBackbone: false, into: result) { range, rows in
      views.write(items: Array(range)[...], view: view, into: rows, engine: engine)
    }
    return result
  }

  /// The features of the images themselves, or what the backbone hands to the head.
  func features(_ images: LabelledImages, stopsAtBackbone: Bool) -> Matrix {
    let width = stopsAtBackbone ? encoder.backboneWidth : encoder.outputWidth
    let result = Matrix(rows: images.count, columns: width)
    let size = images.shape.pixelCount
    let scale = 1 / Float(whiteLevel)
    encode(images, stopsAtBackbone: stopsAtBackbone, into: result) { range, rows in
      let start = range.lowerBound * size
      for index in 0..<range.count * size {
        rows.elements[index] = Float(images.pixels[start + index]) * scale
      }
    }
    return result
  }

  private func encode(
    _ images: LabelledImages, stopsAtBackbone: Bool, into result: Matrix,
    fill: (_ range: Range<Int>, _ rows: Matrix) -> Void
  ) {
    for start in stride(from: 0, to: images.count, by: Self.batchSize) {
      let range = start..<min(images.count, start + Self.batchSize)
      let rows = input[rows: 0..<range.count]
      fill(range, rows)
      let output = encoder.forward(
        rows, tape: tape, mode: .evaluation, engine: engine,
        layerCount: stopsAtBackbone ? encoder.backboneCount : nil)
      result[rows: range].elements.copy(output.elements)
    }
  }
}
