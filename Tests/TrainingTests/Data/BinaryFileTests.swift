// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct BinaryFileTests {
  @Test func `a file is written whole, replaced and read back`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a")
    #expect(!BinaryFile.exists(path))
    for bytes in [[UInt8](repeating: 7, count: 200_000), [], [1, 2]] {
      try BinaryFile.write(bytes, to: path)
      #expect(try BinaryFile.read(path) == bytes)
    }
    #expect(folder.names == ["a"])
    BinaryFile.remove(path)
    #expect(!BinaryFile.exists(path))
  }

  @Test func `a file has a limit, as it is and expanded`() throws {
    let folder = TemporaryFolder()
    let path = try folder.write([UInt8](repeating: 7, count: 70_000), to: "a")
    #expect(try BinaryFile.readExpanded(path, limit: 70_000).count == 70_000)
    let zipped = try folder.write(gzipped(BinaryFile.read(path)), to: "z")
    #expect(try BinaryFile.readExpanded(zipped, limit: 70_000) == BinaryFile.read(path))
    for (file, problem) in [(path, "it has"), (zipped, "it expands to")] {
      let expected = DataError(source: file, problem: problem + " more than 69999 bytes")
      #expect(throws: expected) { try BinaryFile.readExpanded(file, limit: 69_999) }
    }
    #expect(BinaryFile.name(of: "-") == "standard input" && BinaryFile.name(of: "a") == "a")
  }

  @Test func `a folder is made once, and a file is no folder`() throws {
    let folder = TemporaryFolder()
    try BinaryFile.makeFolder(folder.file("b"))
    try BinaryFile.makeFolder(folder.file("b"))
    let path = try folder.write([1], to: "a")
    #expect(throws: DataError(source: path, problem: "File exists")) {
      try BinaryFile.makeFolder(path)
    }
    #expect(throws: DataError.self) { try BinaryFile.write([1], to: folder.file("no/a")) }
  }
}
