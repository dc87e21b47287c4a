// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct NPYLabelsTests {
  private let folder = ScratchFolder()

  private func labels(_ bytes: [UInt8]) throws -> [Int] {
    try NPYLabels(path: folder.write(bytes, to: "labels.npy")).values
  }

  @Test(arguments: ["|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8"])
  func `labels of every width are read`(type: String) throws {
    #expect(try labels(NPY.labels([3, 0, 127], type: type)) == [3, 0, 127])
    let swapped = type.replacing("<", with: ">")
    if swapped != type {
      let size = type.last?.wholeNumberValue ?? 0
      let element = [UInt8](repeating: 0, count: size - 2) + [1, 2]
      #expect(try labels(NPY.file(NPY.header(swapped, [1]), element)) == [258])
    }
  }

  @Test func `what is no label is refused with its number`() throws {
    func problem(_ bytes: [UInt8]) -> String {
      failure { _ = try labels(bytes) }.replacing(folder.file("labels.npy"), with: "y")
    }
    let range = "but must be from 0 to 9223372036854775807"
    #expect(problem(NPY.labels([2, -1], type: "|i1")) == "y: label 1 is -1, \(range)")
    #expect(problem(NPY.labels([-300], type: "<i2")) == "y: label 0 is -300, \(range)")
    #expect(
      problem(NPY.labels([0, 1, -1], type: "<u8"))
        == "y: label 2 is 18446744073709551615, \(range)")
    for type in ["|b1", "<f4", "<U1", "|O", "<i3", "=i4", "|i4", "<i16"] {
      #expect(
        problem(NPY.file(NPY.header(type, [1]), [0]))
          == "y: its elements must be whole numbers, but have the type '\(type)'")
    }
    #expect(
      problem(NPY.file(NPY.header("<i8", [1, 1]), [UInt8](repeating: 0, count: 8)))
        == "y: labels are a vector, but this one has the shape (1, 1)")
  }
}
