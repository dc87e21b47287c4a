// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import TestSupport
import Testing

@testable import Training

@Suite struct NPYLabelsTests {
  private let folder = TemporaryFolder()

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
    let range = "but must be from 0 to 9223372036854775807; leave out items that have no class"
    #expect(problem(NPY.labels([2, -1], type: "|i1")) == "y: label 1 is -1, \(range)")
    #expect(problem(NPY.labels([-300], type: "<i2")) == "y: label 0 is -300, \(range)")
    #expect(
      problem(NPY.labels([0, 1, -1], type: "<u8"))
        == "y: label 2 is 18446744073709551615, \(range)")
    for type in ["|O", "<i3", "=i4", "|i4", "<i16", "<c8", "|V8"] {
      #expect(
        problem(NPY.file(NPY.header(type, [1]), [0])).hasPrefix(
          "y: its elements must be whole numbers or strings, but have the type '\(type)'"))
    }
    #expect(
      problem(NPY.file(NPY.header("<i8", [1, 2]), [UInt8](repeating: 0, count: 16)))
        == "y: labels are a vector, but this one has the shape (1, 2); save x.ravel()")
    #expect(
      problem(NPY.file(NPY.header("|u1", [2, 2]), [0, 1, 1, 0]))
        == "y: labels are a vector, but this one has the shape (2, 2); if its rows are one-hot, "
        + "save x.argmax(axis=1)")
    #expect(
      problem(NPY.file(NPY.header("<f4", [2]), [0, 0, 0, 0, 0, 0, 0x20, 0x40]))
        == "y: label 1 is 2.5, but must be a whole number of at least 0")
    #expect(
      problem(NPY.file(NPY.header("<f2", [1]), [0, 0x7E])).hasPrefix("y: label 0 is nan, but"))
    #expect(
      problem(NPY.file(NPY.header("|S2", [2]), [65, 0, 0, 0])) == "y: label 1 is an empty string")
    #expect(problem(NPY.file(NPY.header("|S1", [1]), [0xFF])) == "y: label 0 is not Unicode")
    #expect(
      problem(NPY.file(NPY.header("<U1", [1]), [0, 0xD8, 0, 0])) == "y: label 0 is not Unicode")
  }

  @Test func `a column, truth values and whole floats are labels`() throws {
    #expect(try labels(NPY.file(NPY.header("|u1", [3, 1]), [2, 0, 1])) == [2, 0, 1])
    #expect(try labels(NPY.file(NPY.header("|b1", [3]), [1, 0, 1])) == [1, 0, 1])
    #expect(try labels(NPY.file(NPY.header("<f4", [2]), [0, 0, 0, 0x40, 0, 0, 0, 0])) == [2, 0])
    #expect(try labels(NPY.file(NPY.header(">f2", [2, 1]), [0x3C, 0, 0, 0])) == [1, 0])
    // Fortran order of a column is that of a vector.
    let header = NPY.header("|u1", [2, 1], isFortranOrder: true)
    #expect(try labels(NPY.file(header, [5, 4])) == [5, 4])
  }

  @Test func `texts are numbered in the order of their bytes`() throws {
    let bytes = NPY.file(NPY.header("|S2", [4]), Array("b\0abb\0a\0".utf8))
    let found = try NPYLabels(path: folder.write(bytes, to: "s.npy"))
    #expect(found.names?.map(\.text) == ["a", "ab", "b"] && found.values == [2, 1, 2, 0])
    // The same letter as one scalar and as two.
    let forms: [UInt8] = [0, 0, 0, 0x65, 0, 0, 3, 1, 0, 0, 0, 0xE9, 0, 0, 0, 0]
    let scalars = NPY.file(NPY.header(">U2", [2]), forms)
    let two = try NPYLabels(path: folder.write(scalars, to: "u.npy"))
    #expect(two.names?.map(\.text.utf8.count) == [3, 2] && two.values == [0, 1])
    #expect(two.renumbered(by: [.init("a"), .init("e\u{301}"), .init("\u{E9}")]) == [1, 2])
  }
}
