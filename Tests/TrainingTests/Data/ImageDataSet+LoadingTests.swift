// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct ImageDataSetLoadingTests {
  @Test func `the embedded digits are 1797 images in ten classes, 52 of each measured`() {
    let data = ImageDataSet.digits
    #expect(data.training.count == 1277 && data.validation.count == 520)
    #expect(data.classCount == 10)
    #expect(data.validationSizes == [Int](repeating: 52, count: 10))
    let pixels = data.training.pixels + data.validation.pixels
    #expect(pixels.max() == 16)
    // Of the source: the sum of all pixels, and the class sizes.
    #expect(pixels.reduce(0) { $0 + Int($1) } == 561_718)
    let sizes = zip(data.training.classSizes(classCount: 10), data.validationSizes).map(+)
    #expect(sizes == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
  }

  /// Writes images of 2 x 1 pixels and their labels.
  private func write(
    _ folder: TemporaryFolder, _ prefix: String, labels: [UInt8], suffix: String = "",
    separator: String = "-"
  ) throws {
    let count = UInt8(labels.count)
    let pixels = labels.flatMap { [$0, 255 - $0] }
    let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 1] + pixels
    let classes: [UInt8] = [0, 0, 8, 1, 0, 0, 0, count] + labels
    let isCompressed = suffix == ".gz"
    try folder.write(
      isCompressed ? gzipped(images) : images, to: prefix + "-images\(separator)idx3-ubyte" + suffix
    )
    try folder.write(
      isCompressed ? gzipped(classes) : classes,
      to: prefix + "-labels\(separator)idx1-ubyte" + suffix)
  }

  @Test func `a folder in MNIST's form is read, compressed or not`() throws {
    let folder = TemporaryFolder()
    try write(folder, "train", labels: [0, 1, 1], suffix: ".gz")
    try write(folder, "t10k", labels: [1, 0])
    for path in [folder.path, folder.path + "/"] {
      let data = try ImageDataSet.mnist(folder: path, name: "m")
      #expect(data.training.labels == [0, 1, 1] && data.validation.labels == [1, 0])
      #expect(data.training.pixels == [0, 255, 1, 254, 1, 254])
      #expect(data.training.shape == ImageShape(height: 2, width: 1, channels: 1))
      #expect(data.whiteLevel == 255 && data.name == "m")
    }
  }

  @Test func `names of files have a point or a dash, and labels are any numbers`() throws {
    let folder = TemporaryFolder()
    // Letters of EMNIST begin at 1.
    try write(folder, "train", labels: [1, 26, 26, 7], suffix: ".gz", separator: ".")
    try write(folder, "t10k", labels: [26, 7, 1], separator: ".")
    let data = try ImageDataSet.mnist(folder: folder.path, name: "m")
    #expect(data.classCount == 3)
    #expect(data.training.labels == [0, 2, 2, 1] && data.validation.labels == [2, 1, 0])
  }

  @Test func `a file missing from the folder is named`() throws {
    let folder = TemporaryFolder()
    try write(folder, "train", labels: [0, 1])
    let problem =
      "it has no file 't10k-images-idx3-ubyte' or 't10k-images.idx3-ubyte', plain or .gz"
    #expect(throws: DataError(source: folder.path, problem: problem)) {
      try ImageDataSet.mnist(folder: folder.path, name: "m")
    }
    #expect(throws: DataError(source: "/nowhere", problem: "there is no such folder")) {
      try ImageDataSet.mnist(folder: "/nowhere", name: "m")
    }
    let file = folder.file("train-images-idx3-ubyte")
    #expect(throws: DataError(source: file, problem: "this is a file, and a folder is needed")) {
      try ImageDataSet.mnist(folder: file, name: "m")
    }
  }

  @Test func `images and labels that differ in number are refused`() throws {
    let folder = TemporaryFolder()
    try write(folder, "a", labels: [0, 1, 1])
    try write(folder, "b", labels: [0, 1])
    let (images, labels) = (folder.file("a-images-idx3-ubyte"), folder.file("b-labels-idx1-ubyte"))
    #expect(
      throws: DataError(source: labels, problem: "it has 2 labels, but '\(images)' has 3 images")
    ) {
      try ImageDataSet.idx(images: images, labels: labels, name: "a")
    }
  }

  @Test func `a pair of files is divided, a fifth of each class for validation`() throws {
    let folder = TemporaryFolder()
    try write(folder, "a", labels: [UInt8](repeating: 0, count: 14) + [1, 1, 1])
    let data = try ImageDataSet.idx(
      images: folder.file("a-images-idx3-ubyte"), labels: folder.file("a-labels-idx1-ubyte"),
      name: "a")
    #expect(data.validationSizes == [2, 1])
    #expect(data.training.classSizes(classCount: 2) == [12, 2])
  }
}
