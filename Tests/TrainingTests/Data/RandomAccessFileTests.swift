// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct RandomAccessFileTests {
  private let folder = TemporaryFolder()

  @Test func `bytes are read from anywhere, of a file and of a part of it`() throws {
    let file = try RandomAccessFile(path: folder.write(Array(0..<100), to: "a"))
    #expect(file.count == 100)
    #expect(try file.bytes(at: 10, atMost: 3) == [10, 11, 12])
    #expect(try file.bytes(at: 98, atMost: 5) == [98, 99])
    #expect(try file.bytes(at: 200, atMost: 5) == [])
    let part = RandomAccessFile(file, name: "p", from: 20, count: 4)
    #expect(try part.bytes(at: 1, atMost: 100) == [21, 22, 23])
    let inner = RandomAccessFile(part, name: "q", from: 2, count: 1)
    #expect(try inner.bytes(at: 0, atMost: 9) == [22] && inner.name == "q")
  }

  @Test func `a copy has what was appended, and leaves nothing behind`() throws {
    let copy = try RandomAccessFile(copying: "c") { append throws(DataError) in
      try append([1, 2])
      try append([])
      try append([3])
    }
    #expect(try copy.bytes(at: 0, atMost: 9) == [1, 2, 3] && copy.count == 3)
    let error = DataError(source: "x", problem: "y")
    #expect(throws: error) {
      _ = try RandomAccessFile(copying: "c") { _ throws(DataError) in throw error }
    }
  }

  @Test func `what is no regular file is refused`() throws {
    for path in ["/dev/null", folder.path] {
      #expect(
        failure { _ = try RandomAccessFile(path: path) } == "\(path): it is not a regular file")
    }
    #expect(
      failure { _ = try RandomAccessFile(path: "/nowhere") }
        == "/nowhere: No such file or directory")
  }
}
