// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import Testing

@testable import Training

@Suite struct ResidualBackboneTests {
  @Test(arguments: [
    ImageShape(height: 28, width: 28, channels: 1), ImageShape(height: 32, width: 32, channels: 3),
  ])
  func `stages double the channels and halve the image`(image: ImageShape) {
    let layers = ResidualBackbone.small.layers(image)
    let (h, w) = (image.height, image.width)
    #expect(layers[0].inputWidth == image.pixelCount)
    #expect(
      layers.map(\.outputWidth) == [h * w * 32, h * w * 32, h * w * 16, h * w * 8, 128])
    let large = ResidualBackbone.resNet18.layers(image)
    #expect(large.count == 10 && large.last?.outputWidth == 512)
    // 11,168,832 parameters of ResNet-18 with a 3 x 3 stem on colour images, without its
    // classifier.
    let count = large.reduce(0) { $0 + $1.parameterCount }
    #expect(count == 11_168_832 - (3 - image.channels) * 9 * 64)
  }

  @Test func `images of any size will do`() {
    for side in 1...5 {
      let image = ImageShape(height: side, width: 6 - side, channels: 2)
      let (layers, backboneCount) = EncoderShape(residual: .small).layers(image)
      #expect(backboneCount == 5 && layers.last?.outputWidth == 128)
      var generator = SplitMix64(seed: 1)
      let encoder = Encoder(layers: layers, backboneCount: backboneCount, generator: &generator)
      let tape = Tape(layers: layers, rows: 2)
      var random = RandomNumbers(180)
      let features = encoder.forward(
        random.matrix(2, image.pixelCount), tape: tape, mode: .training(updatesState: true),
        engine: Engine())
      let areFinite = features.elements.elements.allSatisfy { $0.isFinite }
      #expect(areFinite)
    }
  }
}
