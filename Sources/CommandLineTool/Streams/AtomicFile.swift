// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file that comes to be whole or not at all: written beside its place, then renamed into it.
///
/// A device or a pipe (`/dev/stdout`) is written directly, for it cannot be renamed into. A
/// symbolic link is followed, and a file that is replaced hands on its permissions. Unless `commit`
/// is reached nothing is left behind, even if the process is interrupted.
final class AtomicFile: TextOutput {
  /// The path as given, for messages.
  private let path: String
  /// Nil when the destination is written directly.
  private let temporary: TemporaryFile?
  private let descriptor: FileDescriptor
  private let output: DescriptorOutput
  private var isOpen = true

  /// Opens a file to be written in place of `path`. A named pipe waits for its reader.
  ///
  /// - Throws: `FileError` if there can be no file at `path`.
  init(path: String) throws(FileError) {
    self.path = path
    var status = stat()
    let exists = unsafe stat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists && kind == S_IFDIR {
      throw FileError(operation: "write", file: path, reason: "Is a directory")
    }
    let number: CInt
    if exists && kind != S_IFREG {
      number = unsafe open(path, O_WRONLY | O_CLOEXEC)
      guard number >= 0 else { throw FileDescriptor.error("write", path) }
      temporary = nil
    } else {
      let destination = exists ? Self.resolved(path) : Self.target(ofLink: path)
      // A file that may not be written may not be replaced either.
      if exists, unsafe access(destination, W_OK) != 0 {
        throw FileDescriptor.error("write", path)
      }
      let file = try Interruption.heldBack { () throws(FileError) in
        let file = try FileError.wrap("write", path) { () throws(SystemError) in
          try TemporaryFile(destination: destination)
        }
        Interruption.remove(file.path)
        return file
      }
      (temporary, number) = (file, file.descriptor)
      if exists { _ = fchmod(number, status.st_mode & 0o7777) }
    }
    descriptor = FileDescriptor(number: number, name: path)
    output = DescriptorOutput(descriptor)
  }

  deinit { discard() }

  /// Runs `body` with a new file at `path`, or with `output` if there is no path; a file is in its
  /// place only if `body` does not throw.
  static func write(
    to path: String?, or output: any TextOutput, _ body: (any TextOutput) throws -> Void
  ) throws {
    guard let path else { return try body(output) }
    let file = try AtomicFile(path: path)
    try body(file)
    try file.commit()
  }

  func write(_ text: String) throws(FileError) { try output.write(text) }

  func write(_ bytes: [UInt8]) throws(FileError) { try output.write(bytes) }

  /// Does nothing: nobody reads a file that is not there yet.
  func flush() throws(FileError) {}

  /// Writes what is left and puts the file in its place.
  func commit() throws(FileError) {
    try output.flush()
    guard let temporary else {
      isOpen = false
      guard close(descriptor.number) == 0 else { throw FileDescriptor.error("write", path) }
      return
    }
    try FileError.wrap("write", path) { () throws(SystemError) in try temporary.commit() }
    isOpen = false
    Interruption.keep()
  }

  /// Closes the file and removes what was written; does nothing after `commit`.
  private func discard() {
    guard isOpen else { return }
    guard let temporary else {
      _ = close(descriptor.number)
      return
    }
    temporary.discard()
    Interruption.keep()
  }

  /// The path with symbolic links followed.
  private static func resolved(_ path: String) -> String {
    guard let text = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(text) }
    return unsafe String(cString: text)
  }

  /// Where a symbolic link leads that leads to nothing yet; the path itself if it is none.
  private static func target(ofLink path: String) -> String {
    var (path, buffer) = (path, [CChar](repeating: 0, count: Int(PATH_MAX)))
    // Links in a circle are left to the system, which refuses them.
    for _ in 0..<40 {
      let count = unsafe readlink(path, &buffer, buffer.count)
      guard count > 0 else { break }
      let bytes = buffer[..<count].map { UInt8(bitPattern: $0) }
      let target = String(decoding: bytes, as: UTF8.self)
      let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? ""
      path = target.hasPrefix("/") ? target : folder + target
    }
    return path
  }
}
