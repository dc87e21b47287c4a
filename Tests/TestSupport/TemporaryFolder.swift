// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of its own for a test, removed with all that is in it when the last reference goes.
package final class TemporaryFolder {
  package let path: String

  /// A file that cannot be read or written.
  private struct Failure: Error { let name: String }

  package init() {
    var template = Array("/tmp/upsilon-test-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.flatMap { unsafe mkdtemp($0) }.map { unsafe String(cString: $0) }
    }
    guard let made else { preconditionFailure("no temporary folder") }
    path = made
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    for name in names(in: path) {
      let item = path + "/" + name
      if unsafe unlink(item) != 0 { remove(item) }
    }
    _ = unsafe rmdir(path)
  }

  /// The path of a file in the folder.
  package func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) throws -> String {
    guard let stream = unsafe fopen(file(name), "w") else { throw Failure(name: name) }
    let count = unsafe bytes.withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, stream) }
    let status = unsafe fclose(stream)
    if count != bytes.count || status != 0 { throw Failure(name: name) }
    return file(name)
  }

  /// The text of a file.
  package func text(of name: String) throws -> String {
    guard let text = Self.text(at: file(name)) else { throw Failure(name: name) }
    return text
  }

  /// The text of any file; nothing if it cannot be opened.
  static func text(at path: String) -> String? {
    guard let stream = unsafe fopen(path, "r") else { return nil }
    defer { _ = unsafe fclose(stream) }
    var (bytes, buffer): ([UInt8], [UInt8]) = ([], Array(repeating: 0, count: 1 << 16))
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe fread($0.baseAddress, 1, $0.count, stream)
      }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  /// The names of what is in the folder, hidden ones included, sorted.
  package var names: [String] { Self.names(in: path) }

  /// The names of what is in a folder, hidden ones included, sorted; none if there is no folder.
  package static func names(in path: String) -> [String] {
    guard let entries = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(entries) }
    var names: [String] = []
    while let entry = unsafe readdir(entries) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
