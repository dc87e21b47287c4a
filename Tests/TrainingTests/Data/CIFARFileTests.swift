// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct CIFARFileTests {
  private let folder = TemporaryFolder()

  /// A record whose planes are constant, but for the second pixel of the green one.
  private func record(_ labels: [UInt8], colour: [UInt8] = [10, 20, 30]) -> [UInt8] {
    var planes = colour.flatMap { [UInt8](repeating: $0, count: 1024) }
    planes[1025] = 99
    return labels + planes
  }

  private func problem(_ load: () throws -> ImageDataSet) -> String {
    do {
      _ = try load()
      return "accepted"
    } catch let error as DataError {
      return error.description.split(separator: "/").last.map(String.init) ?? ""
    } catch {
      return "another error: \(error)"
    }
  }

  @Test func `planes become pixels, and labels are the fine ones`() throws {
    let ten = try CIFARFile(record([9]) + record([0]), source: "f", layout: .cifar10).images
    #expect(ten.labels == [9, 0] && ten.shape == ImageShape(height: 32, width: 32, channels: 3))
    #expect(
      ten.pixels.count == 6144 && Array(ten.pixels[0..<9]) == [10, 20, 30, 10, 99, 30, 10, 20, 30])
    let hundred = try CIFARFile(record([19, 99]), source: "f", layout: .cifar100).images
    #expect(hundred.labels == [99] && Array(hundred.pixels[3069...]) == [10, 20, 30])
    let packed = try CIFARFile(gzipped(record([3])), source: "f", layout: .cifar10).images
    #expect(packed.labels == [3])
  }

  @Test func `CIFAR-10 is read from its batches, divided where it has no test batch`() throws {
    let ten = (0..<10 as Range<UInt8>).flatMap { record([$0]) }
    try folder.write(ten + ten, to: "data_batch_1.bin")
    let divided = try ImageDataSet.cifar10(folder: folder.path, name: "cifar-10")
    #expect(
      divided.training.count == 10 && divided.validationSizes == [Int](repeating: 1, count: 10))
    try folder.write(ten, to: "data_batch_3.bin")
    try folder.write(gzipped(ten), to: "test_batch.bin.gz")
    let whole = try ImageDataSet.cifar10(folder: folder.path + "/", name: "cifar-10")
    #expect(whole.training.count == 30 && whole.validation.count == 10 && whole.whiteLevel == 255)
    #expect(DataSet(whole).rowShape.channels == 3)
  }

  @Test func `CIFAR-100 is read from its two files`() throws {
    let all = (0..<100 as Range<UInt8>).flatMap { record([$0 / 5, $0]) }
    try folder.write(all + all, to: "train.bin")
    #expect(try ImageDataSet.cifar100(folder: folder.path, name: "c").validation.count == 100)
    try folder.write(all, to: "test.bin")
    let whole = try ImageDataSet.cifar100(folder: folder.path, name: "c")
    #expect(whole.training.count == 200 && whole.classCount == 100)
  }

  @Test func `a malformed file gives one line`() throws {
    func ten(_ bytes: [UInt8]) throws -> String {
      try folder.write(bytes, to: "data_batch_1.bin")
      return problem { try ImageDataSet.cifar10(folder: folder.path, name: "n") }
    }
    func hundred(_ bytes: [UInt8]) throws -> String {
      try folder.write(bytes, to: "train.bin")
      return problem { try ImageDataSet.cifar100(folder: folder.path, name: "n") }
    }
    #expect(try ten([]) == "data_batch_1.bin: the file is empty")
    #expect(
      try ten(Array((record([1]) + record([2])).dropLast()))
        == "data_batch_1.bin: the file ends in the middle of image 2: expected records of 3073 bytes, "
        + "found 6145 bytes")
    #expect(
      try ten(record([1]) + record([10]))
        == "data_batch_1.bin: the label of image 2 is 10, expected 0 to 9")
    #expect(
      try hundred(record([20, 5]))
        == "train.bin: the coarse label of image 1 is 20, expected 0 to 19")
    #expect(
      try hundred(record([19, 100]))
        == "train.bin: the fine label of image 1 is 100, expected 0 to 99")
    #expect(try ten(record([0])).hasSuffix("class 0 has no training images"))
    let empty = TemporaryFolder()
    #expect(
      problem { try ImageDataSet.cifar10(folder: empty.path, name: "n") }
        .hasSuffix(": it has no file 'data_batch_1.bin'"))
    #expect(
      problem { try ImageDataSet.cifar100(folder: empty.path, name: "n") }
        .hasSuffix(": it has no file 'train.bin'"))
  }

  @Test func `the version for Python is recognised, and the binary one named`() throws {
    for name in ["data_batch_1", "train"] { try folder.write([0x80, 2], to: name) }
    #expect(
      failure { _ = try ImageDataSet.cifar10(folder: folder.path, name: "n") }
        == "\(folder.path): it has no file 'data_batch_1.bin', but the version for Python or Matlab, "
        + "which is not read (pickles can run programs): cifar-10-binary.tar.gz is the binary "
        + "version, from https://www.cs.toronto.edu/~kriz/cifar.html")
    #expect(
      failure { _ = try ImageDataSet.cifar100(folder: folder.path, name: "n") }.contains(
        "it has no file 'train.bin', but the version for Python or Matlab, which is not read (pickles "
          + "can run programs): cifar-100-binary.tar.gz"))
    try BinaryFile.makeFolder(folder.file("cifar-10-batches-bin"))
    try folder.write(record([1]), to: "cifar-10-batches-bin/data_batch_1.bin")
    #expect(
      failure { _ = try ImageDataSet.cifar10(folder: folder.path, name: "n") }
        == "\(folder.path): the files are in its folder 'cifar-10-batches-bin': name that")
    #expect(
      failure { _ = try ImageDataSet.cifar10(folder: "/nowhere", name: "n") }
        == "/nowhere: there is no such folder")
  }
}
