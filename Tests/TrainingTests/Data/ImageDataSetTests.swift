// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct ImageDataSetTests {
  private func images(width: Int = 1, labels: [Int]) -> LabelledImages {
    LabelledImages(
      shape: ImageShape(height: 1, width: width, channels: 1),
      pixels: (0..<width * labels.count).map { UInt8($0) }, labels: labels)
  }

  @Test func `a class that is not in both parts is named`() {
    #expect(throws: DataError(source: "x", problem: "class 1 has no training images")) {
      try ImageDataSet(
        name: "x", training: images(labels: [0, 2]), validation: images(labels: [0, 1, 2]),
        whiteLevel: 1)
    }
    #expect(throws: DataError(source: "x", problem: "class 2 has no validation images")) {
      try ImageDataSet(
        name: "x", training: images(labels: [0, 1, 2]), validation: images(labels: [0, 1]),
        whiteLevel: 1)
    }
  }

  @Test func `parts with images of different shapes are refused`() {
    let problem = "training images are 1 x 1, but validation images 1 x 2"
    #expect(throws: DataError(source: "x", problem: problem)) {
      try ImageDataSet(
        name: "x", training: images(labels: [0]), validation: images(width: 2, labels: [0]),
        whiteLevel: 1)
    }
  }

  @Test func `dividing takes the number asked for of each class and loses nothing`() throws {
    let all = images(labels: (0..<60).map { $0 % 4 == 3 ? 1 : 0 })
    let data = try ImageDataSet(name: "x", dividing: all, perClass: { $0 / 5 }, whiteLevel: 1)
    #expect(data.validationSizes == [9, 3])
    #expect(data.training.count == 48)
    #expect((data.training.pixels + data.validation.pixels).sorted() == all.pixels)
    // Not the first or the last ones, but in their order.
    #expect(data.validation.pixels == data.validation.pixels.sorted())
    #expect(data.validation.pixels[0] < 24 && data.validation.pixels[11] >= 36)
    #expect(data.training.pixels[0] < 24 && data.training.pixels[47] >= 36)
    for part in [data.training, data.validation] {
      #expect(zip(part.pixels, part.labels).allSatisfy { ($0 % 4 == 3 ? 1 : 0) == $1 })
    }
  }

  @Test func `fingerprints differ where pixels, labels or parts differ`() throws {
    func fingerprint(_ training: [Int], _ validation: [Int]) throws -> UInt64 {
      try DataSet(
        ImageDataSet(
          name: "x", training: images(labels: training), validation: images(labels: validation),
          whiteLevel: 1)
      ).fingerprint
    }
    let all = try [
      fingerprint([0, 1], [0, 1]), fingerprint([1, 0], [0, 1]), fingerprint([0, 1], [1, 0]),
      fingerprint([0, 1, 1], [0, 1]),
    ]
    #expect(Set(all).count == 4)
    #expect(try fingerprint([0, 1], [0, 1]) == all[0])
  }
}
