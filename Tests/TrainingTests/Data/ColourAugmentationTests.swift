// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import Training

@Suite struct ColourAugmentationTests {
  private let shape = ImageShape(height: 2, width: 2, channels: 3)
  private let pixels: [Float] = [0.9, 0.2, 0.1, 0.2, 0.7, 0.3, 0.1, 0.4, 0.8, 0.6, 0.6, 0.2]

  private func view(_ augmentation: ColourAugmentation, key: UInt64) -> [Float] {
    let row = FloatVector(pixels)
    var generator = SplitMix64(keys: RandomTests.seed, key)
    augmentation.apply(to: row, shape: shape, generator: &generator)
    return row.elements
  }

  private func isGrey(_ row: [Float]) -> Bool {
    stride(from: 0, to: 12, by: 3).allSatisfy { (red: Int) -> Bool in
      row[red...].prefix(3).allSatisfy { abs($0 - row[red]) < 1e-6 }
    }
  }

  @Test func `strength is that of SimCLR`() {
    let augmentation = ColourAugmentation(strength: 0.5)
    #expect(augmentation.brightness == 0.4 && augmentation.contrast == 0.4)
    #expect(augmentation.saturation == 0.4 && augmentation.hue == 0.1)
    #expect(augmentation.probability == 0.8 && augmentation.greyProbability == 0.2)
    #expect(Augmentation.photographs.cropArea == 0.08 && Augmentation.photographs.isFlipped)
  }

  @Test func `views are changed and grey with their probabilities, within the range`() {
    let views = (0..<1000 as Range<UInt64>).map { view(ColourAugmentation(strength: 0.5), key: $0) }
    #expect(views.allSatisfy { $0.allSatisfy { $0 >= 0 && $0 <= 1 } })
    // 200 grey with a standard deviation of 13; 160 unchanged, 800 of 1000 not grey, with one of
    // 12.
    #expect(abs(views.count(where: isGrey) - 200) < 80, "seed \(RandomTests.seed)")
    #expect(abs(views.count { $0 == pixels } - 160) < 75, "seed \(RandomTests.seed)")
    #expect(Set(views).count > 700)
  }

  @Test func `only what is asked for changes`() {
    var augmentation = ColourAugmentation(strength: 0)
    augmentation.probability = 1
    augmentation.greyProbability = 0
    for key in 0..<20 as Range<UInt64> {
      let same = view(augmentation, key: key)
      #expect(zip(same, pixels).allSatisfy { abs($0 - $1) < 1e-6 })
    }
    augmentation.brightness = 0.1
    for key in 0..<20 as Range<UInt64> {
      let ratio = view(augmentation, key: key)[1] / pixels[1]
      #expect(ratio >= 0.9 - 1e-5 && ratio <= 1.1 + 1e-5)
    }
  }

  @Test func `images of one channel have brightness and contrast only`() {
    let row = FloatVector([0.1, 0.5, 0.9])
    var augmentation = ColourAugmentation(strength: 0.5)
    augmentation.probability = 1
    augmentation.greyProbability = 1
    (augmentation.brightness, augmentation.contrast) = (0, 0)
    var generator = SplitMix64(seed: 1)
    augmentation.apply(
      to: row, shape: ImageShape(height: 1, width: 3, channels: 1), generator: &generator)
    #expect(zip(row.elements, [0.1, 0.5, 0.9]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func `a view is a function of its key, and colours are part of the configuration`() {
    let augmentation = ColourAugmentation(strength: 0.5)
    #expect(view(augmentation, key: 5) == view(augmentation, key: 5))
    var configuration = TrainingConfiguration.small()
    let before = configuration.fingerprint
    configuration.augmentation.colour = augmentation
    #expect(configuration.fingerprint != before)
  }
}
