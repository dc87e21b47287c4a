// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct LabelledImagesTests {
  private let images = LabelledImages(
    shape: ImageShape(height: 1, width: 2, channels: 1), pixels: [1, 2, 3, 4, 5, 6],
    labels: [2, 0, 2])

  @Test func `class sizes count labels`() {
    #expect(images.classSizes(classCount: 4) == [1, 0, 2, 0])
  }

  @Test func `selected images keep their pixels and labels`() {
    let selected = images.selecting([2, 0])
    #expect(selected.pixels == [5, 6, 1, 2])
    #expect(selected.labels == [2, 2])
  }

  @Test func `pixels that do not fit the labels are refused`() async {
    await #expect(processExitsWith: .failure) {
      _ = LabelledImages(
        shape: ImageShape(height: 1, width: 1, channels: 1), pixels: [1], labels: [0, 0])
    }
  }
}
