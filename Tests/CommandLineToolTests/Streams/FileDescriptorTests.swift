// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct FileDescriptorTests {
  let folder = TemporaryFolder()

  @Test("A file is read whole, whatever is in it", arguments: [0, 1, 65_536, 200_001])
  func contents(count: Int) throws {
    let text = String(repeating: "x", count: count)
    let path = try folder.write(text, to: "in")
    #expect(try FileDescriptor.contents(of: path) == Array(text.utf8))
  }

  @Test("What cannot be read is named with the reason")
  func unreadable() {
    #expect(
      throws: FileError(
        operation: "read", file: folder.file("none"), reason: "No such file or directory")
    ) {
      try FileDescriptor.contents(of: folder.file("none"))
    }
    #expect(throws: FileError(operation: "read", file: folder.path, reason: "Is a directory")) {
      try FileDescriptor.contents(of: folder.path)
    }
  }
}
