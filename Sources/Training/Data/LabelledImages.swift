// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Images of one size with their labels.
public struct LabelledImages: Equatable, Sendable {
  /// The shape that all images have.
  public let shape: ImageShape

  /// The pixels of all images one after another, each (height, width, channels).
  public let pixels: [UInt8]

  /// The class of each image, at least 0.
  public let labels: [Int]

  /// How many images there are.
  public var count: Int { labels.count }

  /// Images with labels; as many pixels as the shape says.
  public init(shape: ImageShape, pixels: [UInt8], labels: [Int]) {
    precondition(pixels.count == labels.count * shape.pixelCount, "pixels of all images")
    precondition(labels.allSatisfy { $0 >= 0 }, "labels are not negative")
    self.shape = shape
    self.pixels = pixels
    self.labels = labels
  }

  /// How many images each of `classCount` classes has.
  public func classSizes(classCount: Int) -> [Int] {
    var sizes = [Int](repeating: 0, count: classCount)
    for label in labels { sizes[label] += 1 }
    return sizes
  }

  /// The same images, their labels the places of these in `classes`, which is sorted and has all.
  func renumbered(by classes: [Int]) -> LabelledImages {
    if classes == Array(classes.indices) { return self }
    let numbers = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
    return LabelledImages(shape: shape, pixels: pixels, labels: labels.map { numbers[$0] ?? 0 })
  }

  /// Some of the images, in the order of `indices`.
  func selecting(_ indices: [Int]) -> LabelledImages {
    let size = shape.pixelCount
    var pixels: [UInt8] = []
    pixels.reserveCapacity(indices.count * size)
    for index in indices { pixels += self.pixels[index * size..<(index + 1) * size] }
    return LabelledImages(shape: shape, pixels: pixels, labels: indices.map { labels[$0] })
  }
}

/// The shape of an image.
public struct ImageShape: Hashable, Sendable {
  /// Rows of pixels.
  public let height: Int

  /// Columns of pixels.
  public let width: Int

  /// Values of a pixel: 1 for grey, 3 for colour.
  public let channels: Int

  /// How many values an image has.
  public var pixelCount: Int { height * width * channels }

  /// A shape with at least one value.
  public init(height: Int, width: Int, channels: Int) {
    precondition(height > 0 && width > 0 && channels > 0, "an image has pixels")
    self.height = height
    self.width = width
    self.channels = channels
  }
}
