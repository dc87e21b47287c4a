// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct FolderTests {
  let temporary = TemporaryFolder()

  @Test("A folder is made unless it is there")
  func make() throws {
    let path = temporary.file("new")
    try Folder.make(path)
    try Folder.make(path)
    #expect(temporary.names == ["new"])
  }

  @Test("A file is no folder, and there is none below one that is not there")
  func failure() throws {
    let path = try temporary.write("", to: "file")
    #expect(throws: FileError(operation: "make", file: path, reason: "File exists")) {
      try Folder.make(path)
    }
    let below = temporary.file("none/new")
    #expect(throws: FileError(operation: "make", file: below, reason: "No such file or directory"))
    { try Folder.make(below) }
  }

  @Test("A folder goes with its files")
  func remove() throws {
    let path = temporary.file("new")
    try Folder.make(path)
    _ = try temporary.write("text", to: "new/b")
    _ = try temporary.write("text", to: "new/.a")
    #expect(Folder.names(in: path) == [".a", "b"])
    Folder.remove(path)
    #expect(temporary.names.isEmpty)
    Folder.remove(path)
  }
}
