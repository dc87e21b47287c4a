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

  @Test func `a table of embeddings stands before what comes before the head`() throws {
    let shape = try #require(EncoderShape("bag:1000x16-8+12-4"))
    #expect(shape.embedding == EncoderShape.Embedding(rows: 1000, width: 16))
    #expect(shape.backbone == [8] && shape.head == [12, 4])
    #expect(shape.description == "bag:1000x16-8+12-4")
    let small = try #require(EncoderShape("bag:2x3+4"))
    #expect(small.backbone == [] && EncoderShape(small.description) == small)
    let (layers, backboneCount) = shape.layers(inputWidth: 7)
    #expect(backboneCount == 4 && layers[0].inputWidth == 7 && layers[0].outputWidth == 16)
    #expect(
      layers[0].tensors == [ParameterTensor(count: 16000, isWeight: true, sparseRowWidth: 16)])
  }

  @Test(arguments: ResidualBackbone.allCases)
  func `a residual network is read by its name`(residual: ResidualBackbone) throws {
    let shape = try #require(EncoderShape(residual.rawValue))
    #expect(shape.residual == residual && shape.featureCount == 128)
    #expect(EncoderShape(shape.description) == shape)
    #expect(shape.backboneWidth(inputWidth: 7) == residual.featureCount)
  }

  @Test(arguments: [
    "bag:", "bag:10x4", "bag:10+4", "bag:x4+4", "bag:10x+4", "bag:10x4+", "bag:0x4+4", "bag:1x0+4",
    "bag:4194305x1+1", "bag:10x4x4+4", "bag:10x4+4+4", "bag:10x-4+4", "bag:+4",
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
