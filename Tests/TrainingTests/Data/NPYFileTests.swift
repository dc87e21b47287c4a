// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct NPYFileTests {
  private let folder = ScratchFolder()

  private func open(_ path: String, dimensionCount: Int = 2) throws(DataError) -> NPYFile {
    try NPYFile(
      path, dimensionCount: dimensionCount, what: "features are a matrix", expected: "bytes",
      elementSize: { type in type == "|u1" ? 1 : nil })
  }

  @Test func `items are read where they are`() throws {
    let path = try folder.write(
      NPY.file(NPY.header("|u1", [4, 3]), (0..<12).map { UInt8($0) }), to: "a.npy")
    let file = try open(path)
    #expect(file.count == 4 && file.itemSize == 3 && file.elementSize == 1)
    var bytes = [UInt8](repeating: 255, count: 7)
    try unsafe bytes.withUnsafeMutableBytes { buffer in
      try unsafe file.read(first: 1, count: 2, into: buffer)
    }
    #expect(bytes == [3, 4, 5, 6, 7, 8, 255])
  }

  @Test func `what does not fit its header is refused in one line`() throws {
    func problem(_ bytes: [UInt8]) throws -> String {
      let path = try folder.write(bytes, to: "x.npy")
      return failure { _ = try open(path) }.replacing(path, with: "x.npy")
    }
    let elements = [UInt8](repeating: 0, count: 12)
    func file(_ type: String, _ shape: [Int], fortran: Bool = false) -> [UInt8] {
      NPY.file(NPY.header(type, shape, isFortranOrder: fortran), elements)
    }
    #expect(
      try problem(file("|u1", [5, 3]))
        == "x.npy: the header promises 5 items, but the file ends after 4")
    #expect(
      try problem(file("|u1", [3, 3])) == "x.npy: 3 bytes follow the 3 items of the header")
    #expect(
      try problem(file("|u1", [12]))
        == "x.npy: features are a matrix, but this one has the shape (12,)")
    #expect(
      try problem(file("|u1", [2, 3, 2]))
        == "x.npy: features are a matrix, but this one has the shape (2, 3, 2)")
    #expect(
      try problem(file("|b1", [4, 3]))
        == "x.npy: its elements must be bytes, but have the type '|b1'")
    #expect(
      try problem(file("|u1", [4, 3], fortran: true))
        == "x.npy: it is in Fortran order, whose rows are scattered: save "
        + "numpy.ascontiguousarray of it")
    #expect(
      try problem(file("|u1", [4, 0])) == "x.npy: size 2 of its shape (4, 0) is 0")
    #expect(
      try problem(file("|u1", [1 << 40, 1 << 40]))
        == "x.npy: its shape (1099511627776, 1099511627776) is too large")
    #expect(try problem([]).hasSuffix("this is not an NPY file: it does not begin with \\x93NUMPY"))
    #expect(failure { _ = try open("/nowhere") } == "/nowhere: No such file or directory")
    #expect(failure { _ = try open("/dev/null") } == "/dev/null: it is not a regular file")
    #expect(failure { _ = try open(folder.path) } == "\(folder.path): it is not a regular file")
  }

  @Test func `a file that shrinks while it is read is noticed`() throws {
    let path = try folder.write(
      NPY.file(NPY.header("|u1", [4, 3]), [UInt8](repeating: 1, count: 12)), to: "s.npy")
    let file = try open(path)
    #expect(unsafe truncate(path, 135) == 0)
    var bytes = [UInt8](repeating: 0, count: 12)
    let message = failure {
      try unsafe bytes.withUnsafeMutableBytes { buffer in
        try unsafe file.read(first: 0, count: 4, into: buffer)
      }
    }
    #expect(message == "\(path): it became shorter while it was read")
  }
}
