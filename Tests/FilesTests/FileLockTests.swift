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

@Suite struct FileLockTests {
  private let folder = TemporaryFolder()

  @Test func `one has the lock at a time, until it is let go`() throws {
    var first = try FileLock(path: folder.file("l"))
    #expect(first != nil)
    #expect(try FileLock(path: folder.file("l")) == nil)
    #expect(try FileLock(path: folder.file("other")) != nil)
    first = nil
    #expect(try FileLock(path: folder.file("l")) != nil)
  }

  @Test func `a lock is let go though a child that starts has its file open`() throws {
    var lock = try FileLock(path: folder.file("l"))
    let copy = dup(try #require(lock?.descriptor))
    defer { _ = close(copy) }
    lock = nil
    #expect(try FileLock(path: folder.file("l")) != nil)
  }

  @Test func `no lock is where no file can be`() {
    #expect(throws: SystemError(code: ENOENT)) { try FileLock(path: folder.file("none/l")) }
    #expect("\(SystemError(code: ENOENT))" == "No such file or directory")
  }
}
