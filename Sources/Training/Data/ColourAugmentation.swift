// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels
internal import Randomness

/// How much the colours of a view may differ from those of the image.
///
/// With a probability brightness, contrast, saturation and hue are changed, in a random order, each
/// by an amount that is uniform; then with a probability the view becomes grey. Values are cut to
/// their range after each change. Saturation, hue and grey are for three channels, and pass over
/// images of other numbers.
///
/// Reference: T. Chen et al., *A simple framework for contrastive learning of visual
/// representations*, ICML 2020, appendix A.
public struct ColourAugmentation: Hashable, Sendable {
  /// The probability that brightness, contrast, saturation and hue are changed.
  public var probability = 0.8

  /// How far the factor of brightness is from 1, to either side; at most 1.
  public var brightness: Double

  /// How far the factor of contrast is from 1, to either side; at most 1.
  public var contrast: Double

  /// How far the factor of saturation is from 1, to either side; at most 1.
  public var saturation: Double

  /// How far the hue turns to either side, as a part of the full circle; at most 0.5.
  public var hue: Double

  /// The probability that a view is grey.
  public var greyProbability = 0.2

  /// The changes of SimCLR in its measure of strength: 1 for ImageNet, 0.5 for CIFAR.
  public init(strength: Double) {
    brightness = 0.8 * strength
    contrast = 0.8 * strength
    saturation = 0.8 * strength
    hue = 0.2 * strength
  }

  /// Changes the colours of a view.
  ///
  /// Draws the same numbers whatever is changed: whether at all, the four amounts, the order, and
  /// whether the view is grey.
  ///
  /// - Parameter row: (height, width, channels), values from 0 to 1.
  func apply(to row: FloatVector, shape: ImageShape, generator: inout SplitMix64) {
    let (pixels, channels) = (shape.height * shape.width, shape.channels)
    let isChanged = generator.unit() < probability
    let light = generator.uniform(1 - brightness, 1 + brightness)
    let distance = generator.uniform(1 - contrast, 1 + contrast)
    let colour = generator.uniform(1 - saturation, 1 + saturation)
    let turn = generator.uniform(-hue, hue)
    var order = [0, 1, 2, 3]
    generator.shuffle(&order)
    let isGrey = generator.unit() < greyProbability
    let values = unsafe row.pointer
    for change in order where isChanged {
      switch change {
      case 0:
        unsafe changeBrightness(values, count: row.count, factor: Float(light))
      case 1:
        unsafe changeContrast(
          values, pixels: pixels, channels: channels, factor: Float(distance))
      case 2 where channels == 3:
        unsafe changeSaturation(values, pixels: pixels, factor: Float(colour))
      case 3 where channels == 3:
        unsafe changeHue(values, pixels: pixels, turn: Float(turn))
      default:
        break
      }
    }
    if isGrey && channels == 3 { unsafe changeSaturation(values, pixels: pixels, factor: 0) }
  }

  /// A text that differs between augmentations that differ.
  var fingerprint: String {
    "\(probability) \(brightness) \(contrast) \(saturation) \(hue) \(greyProbability)"
  }
}
