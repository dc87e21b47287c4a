// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

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
  private let destination: String
  /// Nil when the destination is written directly, and once the file is in its place.
  private var temporary: String?
  private let descriptor: FileDescriptor
  private let output: DescriptorOutput
  private var isOpen = true

  /// Opens a file to be written in place of `path`.
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
      destination = path
      number = unsafe open(path, O_WRONLY | O_CLOEXEC)
      guard number >= 0 else { throw FileDescriptor.error("write", path) }
    } else {
      destination = exists ? Self.resolved(path) : path
      // A file that may not be written may not be replaced either.
      if exists, unsafe access(destination, W_OK) != 0 {
        throw FileDescriptor.error("write", path)
      }
      let beside = destination
      let opened = try Interruption.heldBack { () throws(FileError) in
        let opened = try Self.openTemporary(beside: beside, for: path)
        Interruption.remove(opened.path)
        return opened
      }
      number = opened.number
      temporary = opened.path
      if exists { _ = fchmod(number, status.st_mode & 0o7777) }
    }
    descriptor = FileDescriptor(number: number, name: path)
    output = DescriptorOutput(descriptor)
  }

  deinit { discard() }

  func write(_ text: String) throws(FileError) { try output.write(text) }

  /// Takes bytes that are no text.
  func write(_ bytes: [UInt8]) throws(FileError) {
    try output.flush()
    try descriptor.write(bytes)
  }

  /// Does nothing: nobody reads a file that is not there yet.
  func flush() throws(FileError) {}

  /// Writes what is left and puts the file in its place.
  func commit() throws(FileError) {
    try output.flush()
    if temporary != nil, fsync(descriptor.number) != 0 { throw FileDescriptor.error("write", path) }
    isOpen = false
    guard close(descriptor.number) == 0 else { throw FileDescriptor.error("write", path) }
    guard let temporary else { return }
    guard unsafe rename(temporary, destination) == 0 else {
      throw FileDescriptor.error("write", path)
    }
    self.temporary = nil
    Interruption.keep()
  }

  /// Closes the file and removes what was written; does nothing after `commit`.
  private func discard() {
    if isOpen { _ = close(descriptor.number) }
    guard let temporary else { return }
    _ = unsafe unlink(temporary)
    Interruption.keep()
  }

  /// The path with symbolic links followed.
  private static func resolved(_ path: String) -> String {
    guard let text = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(text) }
    return unsafe String(cString: text)
  }

  /// Creates a hidden file in the folder of `destination`, with the permissions of any new file.
  private static func openTemporary(
    beside destination: String, for path: String
  ) throws(FileError) -> (path: String, number: CInt) {
    let name = destination.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = name.map { destination[...$0] } ?? ""
    let base = name.map { destination[destination.utf8.index(after: $0)...] } ?? destination[...]
    guard !base.isEmpty else {
      throw FileError(operation: "write", file: path, reason: "Is a directory")
    }
    for attempt in 0..<1000 {
      let candidate = "\(folder).\(base.prefix(40)).\(getpid()).\(attempt).tmp"
      let number = unsafe open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if number >= 0 { return (candidate, number) }
      guard errno == EEXIST else { break }
    }
    throw FileDescriptor.error("write", path)
  }
}
