// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import Testing

@testable import Training

@Suite struct AugmentationTests {
  private let shape = ImageShape(height: 4, width: 5, channels: 2)

  private var images: LabelledImages {
    LabelledImages(
      shape: shape, pixels: (0..<80).map { UInt8($0) }, labels: [0, 0])
  }

  private func view(_ augmentation: Augmentation, item: Int = 1, key: UInt64 = 5) -> [Float] {
    let row = FloatVector(count: 40)
    var generator = SplitMix64(keys: key)
    augmentation.write(images, item: item, whiteLevel: 80, generator: &generator, into: row)
    return row.elements
  }

  private func pixel(_ item: Int, _ y: Int, _ x: Int, _ channel: Int) -> Float {
    Float(40 * item + (y * 5 + x) * 2 + channel) / 80
  }

  @Test func `without augmentation a view is the image, from 0 to 1`() {
    for item in 0..<2 {
      let view = view(Augmentation(), item: item)
      for index in 0..<40 { #expect(abs(view[index] - Float(40 * item + index) / 80) < 1e-6) }
    }
  }

  @Test func `half of all views are mirrored left to right, channels in their order`() {
    var augmentation = Augmentation()
    augmentation.isFlipped = true
    var mirrored = 0
    for key in 0..<200 as Range<UInt64> {
      let view = view(augmentation, key: key)
      let isMirrored = abs(view[0] - pixel(1, 0, 4, 0)) < 1e-5
      let isPlain =
        abs(view[0] - pixel(1, 0, 0, 0)) < 1e-5 && abs(view[3] - pixel(1, 0, 1, 1)) < 1e-5
      #expect(isMirrored || isPlain)
      if isMirrored {
        mirrored += 1
        #expect(abs(view[3] - pixel(1, 0, 3, 1)) < 1e-5)
      }
    }
    // 100 with a standard deviation of 7.
    #expect(abs(mirrored - 100) < 45)
  }

  @Test func `rotations keep lengths, angles and the centre; shears keep areas`() {
    for key in 0..<50 as Range<UInt64> {
      var augmentation = Augmentation()
      augmentation.rotation = 180
      var generator = SplitMix64(keys: key)
      var map = augmentation.affineMap(shape, &generator)
      #expect(abs(map.uOfX * map.uOfX + map.vOfX * map.vOfX - 1) < 1e-5)
      #expect(abs(map.uOfX * map.uOfY + map.vOfX * map.vOfY) < 1e-5)
      #expect(abs(map.uOfX * map.vOfY - map.uOfY * map.vOfX - 1) < 1e-5)
      #expect(abs(map.uOfX * 2 + map.uOfY * 1.5 + map.u0 - 2) < 1e-5)
      #expect(abs(map.vOfX * 2 + map.vOfY * 1.5 + map.v0 - 1.5) < 1e-5)
      augmentation.shear = 0.5
      augmentation.scale = 2...2
      map = augmentation.affineMap(shape, &generator)
      #expect(abs(map.uOfX * map.vOfY - map.uOfY * map.vOfX - 0.25) < 1e-5)
      augmentation.rotation = 0
      augmentation.scale = 1...1
      map = augmentation.affineMap(shape, &generator)
      #expect(map.uOfX == 1 && map.vOfX == 0 && map.vOfY == 1)
      #expect(abs(map.uOfY) <= 0.5 && map.uOfY != 0)
    }
  }

  @Test func `a half turn about the centre reverses an image`() {
    var augmentation = Augmentation()
    augmentation.rotation = 180
    // Angles near the ends are rare; the generator is asked until one comes.
    let target = (0..<40).map { pixel(1, 3 - $0 / 10, 4 - $0 / 2 % 5, $0 % 2) }
    let nearest =
      (0..<400 as Range<UInt64>).map { key in
        zip(view(augmentation, key: key), target).map { abs($0 - $1) }.max() ?? 1
      }.min() ?? 1
    #expect(nearest < 0.05)
  }

  @Test func `crops show a part of the image, enlarged and without black`() {
    var augmentation = Augmentation()
    augmentation.cropArea = 0.3
    for key in 0..<50 as Range<UInt64> {
      let view = view(augmentation, key: key)
      #expect(view.allSatisfy { $0 >= pixel(1, 0, 0, 0) - 1e-5 && $0 <= pixel(1, 3, 4, 1) + 1e-5 })
      // The corners of the view lie inside those of the image.
      let (spread, whole) = (view[38] - view[0], pixel(1, 3, 4, 0) - pixel(1, 0, 0, 0))
      #expect(spread > 0.3 * whole && spread <= whole + 1e-5)
    }
  }

  @Test func `shift, scale and intensity stay within what was asked for`() {
    let slack: Float = 1e-5
    var augmentation = Augmentation()
    augmentation.intensity = 0.25
    for key in 0..<100 as Range<UInt64> {
      let ratio = view(augmentation, key: key)[20] / pixel(1, 2, 0, 0)
      #expect((0.75 - slack...1.25 + slack).contains(ratio))
    }
    augmentation = Augmentation()
    augmentation.shift = 0.5
    let most = 0.5 * 12 / 80 + slack
    for key in 0..<100 as Range<UInt64> {
      // One pixel to the side is 2 / 80 more, one down 10 / 80.
      let moved: Float = view(augmentation, key: key)[22] - pixel(1, 2, 1, 0)
      #expect(moved.magnitude <= most)
    }
    augmentation = Augmentation()
    augmentation.scale = 2...2
    // A pixel from the centre is now two.
    let view = view(augmentation)
    let pair: Float = pixel(1, 1, 2, 0) + pixel(1, 2, 2, 0)
    let expected = 0.5 * pair + 0.25 * 10 / 80
    #expect((view[24] - expected).magnitude < slack)
  }

  @Test func `a view is a function of its key, and views with other keys differ`() {
    #expect(view(.digits) == view(.digits))
    #expect(view(.digits) != view(.digits, key: 6))
    #expect(view(.things) != view(.things, key: 6))
  }
}
