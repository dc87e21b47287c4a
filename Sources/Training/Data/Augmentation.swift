// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels
internal import Randomness

/// How much a view of an item may differ from the item; every amount is drawn uniformly.
///
/// Of texts words are erased and replaced, all else is of images.
///
/// The geometric parts are one affine map about the centre of the image, sampled once with
/// bilinear interpolation; what lies outside the image is black. Then the values are multiplied by
/// one number, and noise is added. The parameters of a view are a function of seed, purpose, epoch,
/// item and view, drawn in the order of the properties below.
public struct Augmentation: Hashable, Sendable {
  /// Rotation to either side, in degrees, at most 180.
  public var rotation = 0.0

  /// Factors of enlargement, from and to; more than 0.
  public var scale = 1.0...1.0

  /// Horizontal shear to either side: columns by row, less than 1.
  public var shear = 0.0

  /// Shift to either side in both directions, in pixels.
  public var shift = 0.0

  /// The smallest part of the image's area that a crop shows, enlarged to the full image; 1 for no
  /// crop. Crops have a ratio of sides between 3/4 and 4/3, and lie anywhere in the image.
  public var cropArea = 1.0

  /// Whether half of all views are mirrored left to right.
  public var isFlipped = false

  /// How far values are multiplied away from 1, to either side; less than 1.
  public var intensity = 0.0

  /// Standard deviation of noise on values from 0 to 1.
  public var noise = 0.0

  /// What is done to the colours of an image, before intensity and noise; nil for nothing.
  public var colour: ColourAugmentation?

  /// What is done to the words of a text.
  public var words = WordAugmentation()

  /// No augmentation: all views of an item are the item.
  public init() {}

  /// For digits, whose pixels are few and whose mirror images are not digits.
  public static var digits: Augmentation {
    var augmentation = Augmentation()
    augmentation.rotation = 20
    augmentation.scale = 0.8...1.2
    augmentation.shear = 0.2
    augmentation.shift = 1
    augmentation.intensity = 0.3
    augmentation.noise = 0.05
    return augmentation
  }

  /// For photographs of things: crops, mirror images, intensity and noise.
  public static var things: Augmentation {
    var augmentation = Augmentation()
    augmentation.rotation = 10
    augmentation.shift = 1
    augmentation.cropArea = 0.4
    augmentation.isFlipped = true
    augmentation.intensity = 0.4
    augmentation.noise = 0.05
    return augmentation
  }

  /// For small colour photographs: crops, mirror images and colours, as SimCLR for CIFAR-10.
  public static var photographs: Augmentation {
    var augmentation = Augmentation()
    augmentation.cropArea = 0.08
    augmentation.isFlipped = true
    augmentation.colour = ColourAugmentation(strength: 0.5)
    return augmentation
  }

  /// What a view is for; views for different purposes are unrelated.
  enum Purpose: UInt64 {
    case training = 1
    case classMeans
    case itemMeans
    case batches
    /// Not of views: which items of large classes are compared with each other.
    case pairs
    /// The views that fill the queue of momentum contrast.
    case queue
    /// Not of views: which rows are anchors of exact means.
    case anchors
  }

  /// Writes a view of image `item`.
  ///
  /// - Parameters:
  ///   - images: Where the image is.
  ///   - item: The number of the image.
  ///   - whiteLevel: The value of a white pixel, which becomes 1.
  ///   - generator: Made of seed, purpose, epoch, item and view.
  ///   - row: (pixelCount); receives the view.
  func write(
    _ images: LabelledImages, item: Int, whiteLevel: Int, generator: inout SplitMix64,
    into row: FloatVector
  ) {
    let shape = images.shape
    precondition(row.count == shape.pixelCount, "a row for \(shape.pixelCount) values")
    let map = affineMap(shape, &generator)
    let contrast = generator.uniform(1 - intensity, 1 + intensity)
    unsafe images.pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      unsafe warp(
        base + item * shape.pixelCount, height: shape.height, width: shape.width,
        channels: shape.channels, uOfX: map.uOfX, uOfY: map.uOfY, u0: map.u0, vOfX: map.vOfX,
        vOfY: map.vOfY, v0: map.v0, scale: 1 / Float(whiteLevel), into: row.pointer)
    }
    colour?.apply(to: row, shape: shape, generator: &generator)
    unsafe addNoise(
      row.pointer, count: row.count, contrast: Float(contrast), deviation: Float(noise),
      state: generator.state)
  }

  /// Where a pixel (x, y) of a view comes from: u = uOfX x + uOfY y + u0, v likewise.
  struct AffineMap {
    let uOfX, uOfY, u0, vOfX, vOfY, v0: Float
  }

  /// Draws a map. About the centre of the view: scale, shear and turn, mirror, then shift; the view
  /// of a crop is smaller about a centre of its own.
  func affineMap(_ shape: ImageShape, _ generator: inout SplitMix64) -> AffineMap {
    let angle = generator.uniform(-rotation, rotation) * (.pi / 180)
    let size = generator.uniform(scale.lowerBound, scale.upperBound)
    let slant = generator.uniform(-shear, shear)
    let across = generator.uniform(-shift, shift)
    let down = generator.uniform(-shift, shift)
    let (width, height) = (Double(shape.width), Double(shape.height))
    let area = generator.uniform(cropArea, 1)
    // A side that would be longer than the image is as long as the image.
    let root = generator.uniform(0.75, 4.0 / 3).squareRoot()
    let hasCrop = cropArea < 1
    let cropWidth = hasCrop ? min(1, area.squareRoot() * root) : 1
    let cropHeight = hasCrop ? min(1, area.squareRoot() / root) : 1
    let left = generator.unit() * (1 - cropWidth) - 0.5 * (1 - cropWidth)
    let top = generator.unit() * (1 - cropHeight) - 0.5 * (1 - cropHeight)
    let mirror = generator.unit() < 0.5 && isFlipped ? -1.0 : 1
    let (c, s) = (cosine(angle) / size, sine(angle) / size)
    // Rows of the matrix (turn)(shear) / size, then columns scaled by the crop.
    let (a, b) = (c * cropWidth * mirror, (c * slant - s) * cropHeight)
    let (d, e) = (s * cropWidth * mirror, (s * slant + c) * cropHeight)
    let (centreX, centreY) = (0.5 * (width - 1), 0.5 * (height - 1))
    let u0 = centreX - a * centreX - b * centreY + left * (width - 1) - across
    let v0 = centreY - d * centreX - e * centreY + top * (height - 1) - down
    return AffineMap(
      uOfX: Float(a), uOfY: Float(b), u0: Float(u0), vOfX: Float(d), vOfY: Float(e), v0: Float(v0))
  }
}
