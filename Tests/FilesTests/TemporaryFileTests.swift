// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Files

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct TemporaryFileTests {
  private let folder = TemporaryFolder()

  @Test func `a file is in its place once it is whole`() throws {
    let file = try TemporaryFile(destination: folder.file("a"))
    try file.write(Array("text".utf8))
    #expect(folder.names == [".a.\(getpid()).0.tmp"])
    try file.commit()
    file.discard()
    #expect(folder.names == ["a"])
  }

  @Test func `a file given up leaves nothing`() throws {
    do { _ = try TemporaryFile(destination: folder.file("a")) }
    #expect(folder.names == [])
  }

  @Test func `several files for one destination do not meet`() throws {
    let files = try (0..<3).map { _ in try TemporaryFile(destination: folder.file("a")) }
    #expect(Set(files.map(\.path)).count == 3 && folder.names.count == 3)
    for (index, file) in files.enumerated() {
      try file.write([UInt8(index)])
      try file.commit()
    }
    #expect(folder.names == ["a"])
  }

  @Test func `what a killed process left is removed, and nothing else`() throws {
    let others = [
      ".a.12.x.tmp", ".a.12.0.1.tmp", ".a.tmp", ".ab.12.0.tmp", "a.12.0.tmp", ".a.-1.0.tmp",
    ]
    for name in others + [".a.999999.0.tmp", ".a.1.7.tmp"] {
      let number = unsafe open(folder.file(name), O_WRONLY | O_CREAT, 0o600)
      #expect(number >= 0)
      _ = close(number)
    }
    #expect(unsafe symlink(folder.file("a.12.0.tmp"), folder.file(".a.5.5.tmp")) == 0)
    let file = try TemporaryFile(destination: folder.file("a"))
    file.discard()
    #expect(folder.names == (others + [".a.5.5.tmp"]).sorted())
  }

  @Test func `a place where no file can be is refused`() {
    #expect(throws: SystemError(code: ENOENT)) {
      try TemporaryFile(destination: folder.file("none/a"))
    }
    #expect(throws: SystemError(code: EISDIR)) { try TemporaryFile(destination: folder.path + "/") }
  }
}
