// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// Images as items: rows of pixels from 0 to 1.
struct ImageItems: ItemSource {
  let images: LabelledImages
  /// The value of a white pixel, which becomes 1.
  let whiteLevel: Int

  var labels: [Int] { images.labels }
  var rowShape: ImageShape { images.shape }
  var byteCount: Int { images.pixels.count }

  func writeView(
    of item: Int, augmentation: Augmentation, generator: inout SplitMix64, into row: FloatVector
  ) {
    augmentation.write(
      images, item: item, whiteLevel: whiteLevel, generator: &generator, into: row)
  }

  func write(_ item: Int, into row: FloatVector) {
    let size = images.shape.pixelCount
    precondition(row.count == size, "a row for \(size) values")
    let scale = 1 / Float(whiteLevel)
    for index in 0..<size { row[index] = Float(images.pixels[item * size + index]) * scale }
  }

  func choosing(_ indices: [Int]) -> any ItemSource {
    ImageItems(images: images.selecting(indices), whiteLevel: whiteLevel)
  }

  func add(to hash: inout FNV1a) { for byte in images.pixels { hash.add(byte) } }
}
