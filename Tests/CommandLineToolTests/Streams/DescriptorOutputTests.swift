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

@Suite struct DescriptorOutputTests {
  let folder = TemporaryFolder()

  private func open(_ name: String) throws -> FileDescriptor {
    _ = try folder.write("", to: name)
    return FileDescriptor(number: Self.open(folder.file(name), O_WRONLY), name: name)
  }

  private static func open(_ path: String, _ flags: CInt) -> CInt {
    #if canImport(Glibc)
      unsafe Glibc.open(path, flags)
    #else
      unsafe Darwin.open(path, flags)
    #endif
  }

  @Test("Text arrives when it is asked for, or when there is much of it")
  func buffered() throws {
    let descriptor = try open("out")
    defer { _ = close(descriptor.number) }
    let output = DescriptorOutput(descriptor)
    try output.write("a")
    #expect(try folder.text(of: "out") == "")
    try output.flush()
    #expect(try folder.text(of: "out") == "a")
    let long = String(repeating: "b", count: 1 << 16)
    try output.write(long)
    #expect(try folder.text(of: "out") == "a" + long)
    try output.flush()
    #expect(try folder.text(of: "out") == "a" + long)
  }

  @Test("What could not be written is not tried again")
  func failure() throws {
    let path = try folder.write("", to: "out")
    let number = Self.open(path, O_RDONLY)
    defer { _ = close(number) }
    let output = DescriptorOutput(FileDescriptor(number: number, name: "out"))
    try output.write("text")
    #expect(
      throws: FileError(operation: "write", file: "out", reason: "Bad file descriptor")
    ) {
      try output.flush()
    }
    try output.flush()
  }
}
