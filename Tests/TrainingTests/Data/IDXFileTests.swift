// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct IDXFileTests {
  /// A file of two images of 2 x 3 pixels.
  private let images: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + Array(1...12 as ClosedRange<UInt8>)

  private func problem(_ bytes: [UInt8], dimensionCount: Int = 3) -> String {
    do throws(DataError) {
      _ = try IDXFile(bytes, source: "f", dimensionCount: dimensionCount)
      return ""
    } catch {
      return error.description
    }
  }

  @Test func `a file is read, plain or compressed`() throws {
    for file in [images, gzipped(images)] {
      let read = try IDXFile(file, source: "f", dimensionCount: 3)
      #expect(read.dimensions == [2, 2, 3])
      #expect(read.bytes == Array(1...12))
    }
    let labels = try IDXFile(
      [0, 0, 8, 1, 0, 0, 1, 0] + images + [UInt8](repeating: 0, count: 228),
      source: "f", dimensionCount: 1)
    #expect(labels.dimensions == [256])
  }

  @Test func `every malformed file has one clear line`() {
    func changed(_ index: Int, _ value: UInt8) -> [UInt8] {
      var bytes = images
      bytes[index] = value
      return bytes
    }
    #expect(problem([]) == "f: the file is too short for an IDX file")
    #expect(problem([0, 0, 8]) == "f: the file is too short for an IDX file")
    #expect(
      problem(changed(0, 1)) == "f: this is not an IDX file: it does not begin with two zeros")
    #expect(
      problem(changed(2, 13)) == "f: IDX elements must be unsigned bytes, type 8, but have type 13")
    #expect(problem(changed(3, 1)) == "f: images have 3 dimensions, but this IDX file has 1")
    #expect(
      problem(images, dimensionCount: 1) == "f: labels have 1 dimension, but this IDX file has 3")
    #expect(problem(Array(images[..<10])) == "f: the file ends in its header")
    #expect(problem(changed(7, 0)) == "f: dimension 1 is 0")
    #expect(problem(changed(15, 0)) == "f: dimension 3 is 0")
    #expect(
      problem(Array(images[..<27])) == "f: the header promises 2 items, but the file ends after 1")
    #expect(
      problem(changed(7, 3)) == "f: the header promises 3 items, but the file ends after 2")
    #expect(problem(images + [9]) == "f: 1 byte follows the 2 items of the header")
    let huge: [UInt8] = [0, 0, 8, 3] + [UInt8](repeating: 255, count: 12)
    #expect(problem(huge) == "f: the sizes in its header are too large")
    #expect(problem(Array(gzipped(images).dropLast(6))) == "f: the compressed file ends early")
  }

  @Test func `no more is read than the header says`() throws {
    let folder = TemporaryFolder()
    // Two images of 2 x 3 pixels, and a stream of zeros that is far longer.
    let endless = images + [UInt8](repeating: 0, count: 1 << 24)
    for bytes in [endless, gzipped(endless)] {
      let path = try folder.write(bytes, to: "f")
      let message = failure { _ = try IDXFile(path: path, dimensionCount: 3) }
      let isPlain = bytes.count == endless.count
      #expect(
        message == "\(path): "
          + (isPlain
            ? "1048576 bytes follow the 2 items of the header"
            : "it expands to more than 1048604 bytes"))
      #expect(try IDXFile.dimensions(path: path, dimensionCount: 3) == [2, 2, 3])
    }
    let zeros = gzipped(images) + [UInt8](repeating: 0, count: 500)
    let padded = try folder.write(zeros, to: "z.gz")
    #expect(try IDXFile(path: padded, dimensionCount: 3).bytes == Array(1...12))
    let large: [UInt8] = [0, 0, 8, 3, 127, 255, 255, 255, 0, 0, 16, 0, 0, 0, 16, 0]
    let path = try folder.write(large, to: "l")
    #expect(
      failure { _ = try IDXFile(path: path, dimensionCount: 3) }.hasSuffix(
        " bytes, more than there is memory"))
  }

  @Test func `a file that is not there is named`() {
    #expect(throws: DataError(source: "/nowhere/a", problem: "No such file or directory")) {
      try IDXFile(path: "/nowhere/a", dimensionCount: 1)
    }
  }
}
