// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Files

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files for what reads files and not bytes.
enum ScratchFile {
  private static let folder = unsafe access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"

  /// Runs `body` with the path of a file that has the given bytes, and removes it.
  static func with<R>(_ bytes: [UInt8], _ body: (String) throws -> R) throws -> R {
    var template = Array("\(folder)/upsilon-fuzz-XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&template)
    precondition(descriptor >= 0, "no file to read from")
    defer { unsafe unlink(template) }
    defer { close(descriptor) }
    try TemporaryFile.write(bytes, to: descriptor)
    let path = template.dropLast().map { UInt8(bitPattern: $0) }
    return try body(String(decoding: path, as: UTF8.self))
  }
}
