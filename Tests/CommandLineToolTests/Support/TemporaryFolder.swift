// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@testable import CommandLineTool

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of its own for a test, removed with all files in it when the last reference goes.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/upsilon-test-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.flatMap { unsafe mkdtemp($0) }.map { unsafe String(cString: $0) }
    }
    guard let made else { preconditionFailure("no temporary folder") }
    path = made
  }

  deinit {
    // Folders of a command under test are one deep.
    for name in names { Folder.remove(file(name)) }
    Folder.remove(path)
  }

  /// The path of a file in the folder.
  func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file and returns its path.
  func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  /// Writes a file and returns its path.
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let number = unsafe open(file(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    precondition(number >= 0, "no file")
    defer { _ = close(number) }
    try FileDescriptor(number: number, name: name).write(bytes)
    return file(name)
  }

  /// The text of a file.
  func text(of name: String) throws -> String {
    String(decoding: try FileDescriptor.contents(of: file(name)), as: UTF8.self)
  }

  /// The names of the files in the folder, hidden ones included, sorted.
  var names: [String] { Folder.names(in: path) }
}
