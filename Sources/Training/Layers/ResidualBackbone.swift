// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface

/// A residual network for small images, up to its projection head: a 3 x 3 convolution, basic
/// blocks in stages of which all but the first halve the image, and global average pooling.
///
/// Reference: K. He et al., *Deep residual learning for image recognition*, CVPR 2016; for images
/// of 32 x 32 pixels the first convolution is 3 x 3 at stride 1 and nothing is pooled before the
/// blocks, as in SimCLR (T. Chen et al., ICML 2020, appendix B.9).
public enum ResidualBackbone: String, CaseIterable, Sendable {
  /// One block each of 32, 64 and 128 channels.
  case small = "residual"
  /// Two blocks each of 64, 128, 256 and 512 channels.
  case resNet18 = "resnet-18"

  /// Channels of each stage.
  var stages: [Int] {
    switch self {
    case .small: [32, 64, 128]
    case .resNet18: [64, 128, 256, 512]
    }
  }

  /// Blocks in a stage.
  var blocksPerStage: Int { self == .small ? 1 : 2 }

  /// The number of features that the head is given.
  var featureCount: Int { stages[stages.count - 1] }

  /// The widths of the head.
  var head: [Int] { [featureCount, 128] }

  /// The layers for images of the given shape.
  func layers(_ image: ImageShape) -> [any Layer] {
    var shape = ConvolutionShape(
      height: image.height, width: image.width, inputChannels: image.channels,
      outputChannels: stages[0], side: 3, stride: 1)
    var layers: [any Layer] = [ConvolutionLayer(shape)]
    for (stage, channels) in stages.enumerated() {
      for index in 0..<blocksPerStage {
        let block = ResidualBlockLayer(
          height: shape.outputHeight, width: shape.outputWidth,
          inputChannels: shape.outputChannels, outputChannels: channels,
          stride: stage > 0 && index == 0 ? 2 : 1)
        layers.append(block)
        shape = block.second.shape
      }
    }
    layers.append(AveragePoolingLayer(pixels: shape.positionCount, channels: shape.outputChannels))
    return layers
  }
}
