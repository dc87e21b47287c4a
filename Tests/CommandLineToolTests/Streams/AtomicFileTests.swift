// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct AtomicFileTests {
  let folder = TemporaryFolder()

  private func write(_ text: String, to path: String) throws {
    let file = try AtomicFile(path: path)
    try file.write(text)
    try file.commit()
  }

  @Test("Nothing is at the path before the file is whole, and nothing else after")
  func whole() throws {
    let file = try AtomicFile(path: folder.file("new"))
    try file.write("text")
    try file.flush()
    #expect(!folder.names.contains("new"))
    try file.commit()
    #expect(folder.names == ["new"])
    #expect(try folder.text(of: "new") == "text")
  }

  @Test("A file given up leaves nothing, and what was there stays")
  func givenUp() throws {
    let path = try folder.write("old", to: "out")
    do {
      let file = try AtomicFile(path: path)
      try file.write(String(repeating: "x", count: 1 << 20))
    }
    #expect(folder.names == ["out"])
    #expect(try folder.text(of: "out") == "old")
  }

  @Test("A file that is replaced hands on its permissions")
  func permissions() throws {
    let path = try folder.write("old", to: "out")
    #expect(unsafe chmod(path, 0o640) == 0)
    try write("new", to: path)
    var status = stat()
    #expect(unsafe stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
    #expect(try folder.text(of: "out") == "new")
  }

  @Test("A symbolic link is followed and stays")
  func link() throws {
    let path = try folder.write("old", to: "target")
    let link = folder.file("link")
    #expect(unsafe symlink(path, link) == 0)
    try write("new", to: link)
    var status = stat()
    #expect(unsafe lstat(link, &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    #expect(try folder.text(of: "target") == "new")
    #expect(folder.names == ["link", "target"])
  }

  @Test("A symbolic link to nothing yet is followed too, one in a circle refused")
  func danglingLink() throws {
    for (name, target) in [("one", "two"), ("two", folder.file("three")), ("a", "b"), ("b", "a")] {
      #expect(unsafe symlink(target, folder.file(name)) == 0)
    }
    try write("new", to: folder.file("one"))
    #expect(folder.names == ["a", "b", "one", "three", "two"])
    #expect(try folder.text(of: "three") == "new")
    var status = stat()
    #expect(unsafe lstat(folder.file("one"), &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test("A name may be as long as any")
  func longName() throws {
    let name = String(repeating: "é", count: 127)
    try write("new", to: folder.file(name))
    #expect(folder.names == [name])
  }

  @Test("A device is written directly")
  func device() throws {
    try write("text", to: "/dev/null")
    var status = stat()
    #expect(unsafe stat("/dev/null", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("A path where no file can be is refused at once")
  func refused() throws {
    let none = folder.file("none/out")
    #expect(
      throws: FileError(operation: "write", file: none, reason: "No such file or directory")
    ) {
      try AtomicFile(path: none)
    }
    for path in [folder.path, folder.path + "/"] {
      #expect(throws: FileError(operation: "write", file: path, reason: "Is a directory")) {
        try AtomicFile(path: path)
      }
    }
    #expect(folder.names == [])
  }
}
