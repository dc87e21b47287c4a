// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct NPYFileTests {
  private let folder = TemporaryFolder()

  private func open(_ path: String) throws(DataError) -> NPYFile {
    try NPYFile(path, expected: "bytes") { $0.kind == .unsigned && $0.size == 1 }
  }

  @Test func `elements are read where they are`() throws {
    let path = try folder.write(
      NPY.file(NPY.header("|u1", [4, 3]), (0..<12).map { UInt8($0) }), to: "a.npy")
    let file = try open(path)
    #expect(file.shape == [4, 3] && file.type.size == 1 && file.path == path)
    var bytes = [UInt8](repeating: 255, count: 6)
    try file.fill(&bytes, at: 3)
    #expect(bytes == [3, 4, 5, 6, 7, 8])
  }

  @Test func `what does not fit its header is refused in one line`() throws {
    func problem(_ bytes: [UInt8]) throws -> String {
      let path = try folder.write(bytes, to: "x.npy")
      return failure { _ = try open(path) }.replacing(path, with: "x.npy")
    }
    let elements = [UInt8](repeating: 0, count: 12)
    func file(_ type: String, _ shape: [Int]) -> [UInt8] {
      NPY.file(NPY.header(type, shape), elements)
    }
    #expect(
      try problem(file("|u1", [5, 3]))
        == "x.npy: the header promises 5 items, but the file ends after 4")
    #expect(
      try problem(file("|u1", [3, 3])) == "x.npy: 3 bytes follow the 3 items of the header")
    #expect(
      try problem(file("|b1", [4, 3]))
        == "x.npy: its elements must be bytes, but have the type '|b1'")
    #expect(
      try problem(file("|O", [4, 3]))
        == "x.npy: its elements must be bytes, but have the type '|O'; these are Python objects, "
        + "saved as a pickle, which can run programs and is not read: save the array as "
        + "numbers, or as strings with x.astype(str)")
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

  @Test func `arrays of an archive are named after it, the only one need not be`() throws {
    let array = NPY.file(NPY.header("|u1", [2]), [7, 8])
    for isDeflated in [false, true] {
      let one = try folder.write(
        Zip.archive([("x.npy", array)], isDeflated: isDeflated), to: "one.npz")
      #expect(try open(one).path == one + ":x" && open(one + ":x").shape == [2])
      let two = try folder.write(
        Zip.archive([("x.npy", array), ("y.npy", array), ("z.txt", [])], isDeflated: isDeflated),
        to: "two.npz")
      var bytes: [UInt8] = [0, 0]
      try open(two + ":y").fill(&bytes, at: 0)
      #expect(bytes == [7, 8])
      #expect(
        failure { _ = try open(two) }
          == "\(two): it has the arrays 'x', 'y': name one of them, as '\(two):x'")
      #expect(failure { _ = try open(two + ":v") } == "\(two): it has no array 'v', but 'x', 'y'")
    }
    let torch = try folder.write(
      Zip.archive([("m/data.pkl", []), ("m/data/0", [])]), to: "m.pt")
    #expect(
      failure { _ = try open(torch) }.hasPrefix("\(torch): this is a PyTorch file, a pickle"))
    let none = try folder.write(Zip.archive([("z.txt", [])]), to: "none.npz")
    #expect(failure { _ = try open(none) } == "\(none): it has no arrays")
    let plain = try folder.write(array, to: "p.npy")
    #expect(
      failure { _ = try open(plain + ":x") } == "\(plain): it is not an .npz archive of arrays")
  }

  @Test func `a file that shrinks while it is read is noticed`() throws {
    let path = try folder.write(
      NPY.file(NPY.header("|u1", [4, 3]), [UInt8](repeating: 1, count: 12)), to: "s.npy")
    let file = try open(path)
    #expect(unsafe truncate(path, 135) == 0)
    var bytes = [UInt8](repeating: 0, count: 12)
    let message = failure { try file.fill(&bytes, at: 0) }
    #expect(message == "\(path): it was cut short while it was read")
  }
}
