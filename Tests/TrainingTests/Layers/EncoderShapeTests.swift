// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct EncoderShapeTests {
  @Test(arguments: [
    ("mlp:64", [], [64]), ("mlp:256-64", [256], [64]), ("mlp:256-128-64", [256, 128], [64]),
    ("mlp:256+256-64", [256], [256, 64]), ("mlp:+256-64", [], [256, 64]),
    ("mlp:1+1", [1], [1]),
  ])
  func `a shape is read, and its description makes it again`(
    text: String, backbone: [Int], head: [Int]
  ) throws {
    let shape = try #require(EncoderShape(text))
    #expect(shape.backbone == backbone && shape.head == head)
    #expect(EncoderShape(shape.description) == shape)
  }

  @Test(arguments: ResidualBackbone.allCases)
  func `a residual network is read by its name`(residual: ResidualBackbone) throws {
    let shape = try #require(EncoderShape(residual.rawValue))
    #expect(shape.residual == residual && shape.featureCount == 128)
    #expect(EncoderShape(shape.description) == shape)
    #expect(shape.backboneWidth(inputWidth: 7) == residual.featureCount)
  }

  @Test(arguments: [
    "Residual", "resnet", "residual:", "", "mlp", "mlp:", "mlp:0", "mlp:64-", "mlp:-64", "mlp:64+",
    "mlp:1+2+3", "mlp:65537",
    "mlp:9999999999999999999", "cnn:64", "mlp:6 4", "mlp:+", "mlp:+64-",
  ])
  func `other texts make no shape`(text: String) {
    #expect(EncoderShape(text) == nil)
  }

  @Test func `hidden layers are linear, normalised and rectified, and the last has a bias`() {
    let (layers, backboneCount) = EncoderShape(backbone: [5], head: [6, 3]).layers(inputWidth: 4)
    #expect(backboneCount == 3)
    #expect(layers.map(\.outputWidth) == [5, 5, 5, 6, 6, 6, 3, 3])
    #expect(layers.map(\.parameterCount) == [20, 10, 0, 30, 12, 0, 21, 0])
  }
}
