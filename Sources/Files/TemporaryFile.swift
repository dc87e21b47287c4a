// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file beside its destination that is renamed into it once it is whole.
///
/// Its name is hidden and no other's: `.NAME.PROCESS.NUMBER.tmp`, with as much of the destination's
/// name as leaves room for the rest. While it is open it is locked. One that nobody has locked was
/// left behind by a process that was killed, and the next for the same destination removes it.
package final class TemporaryFile {
  /// Where it is, until `commit`.
  package let path: String
  package let descriptor: CInt
  private let destination: String
  private var isOpen = true
  private var isThere = true

  /// Creates the file, with the permissions of any new file.
  ///
  /// - Throws: `SystemError` if the folder of `destination` cannot have it.
  package init(destination: String) throws(SystemError) {
    let (folder, base) = Self.parts(of: destination)
    guard !base.isEmpty else { throw SystemError(code: EISDIR) }
    let stem = ".\(Self.beginning(of: base))."
    Self.removeAbandoned(in: folder, stem: stem)
    for attempt in 0..<1000 {
      let candidate = "\(folder)\(stem)\(getpid()).\(attempt).tmp"
      let number = unsafe open(candidate, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if number < 0 {
        guard errno == EEXIST else { break }
        continue
      }
      // Between the two calls another process may have taken it for abandoned, and removed it.
      var status = stat()
      if FileLock.take(number) != .ofAnother, unsafe fstat(number, &status) == 0,
        status.st_nlink > 0
      {
        (self.path, self.destination, descriptor) = (candidate, destination, number)
        return
      }
      // The name is of this process, so nothing of another's is removed.
      _ = unsafe unlink(candidate)
      _ = close(number)
    }
    throw .last
  }

  deinit { discard() }

  /// Writes all `bytes`.
  package func write(_ bytes: [UInt8]) throws(SystemError) {
    try Self.write(bytes, to: descriptor)
  }

  /// Has the system keep what was written, and puts the file in the place of its destination.
  package func commit() throws(SystemError) {
    guard fsync(descriptor) == 0 else { throw .last }
    isOpen = false
    guard close(descriptor) == 0 else { throw .last }
    guard unsafe rename(path, destination) == 0 else { throw .last }
    isThere = false
  }

  /// Removes the file; does nothing after `commit`.
  package func discard() {
    if isOpen { _ = close(descriptor) }
    if isThere { _ = unsafe unlink(path) }
    (isOpen, isThere) = (false, false)
  }

  /// Writes all `bytes` to an open file.
  package static func write(_ bytes: [UInt8], to descriptor: CInt) throws(SystemError) {
    var start = 0
    while start < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
        #if canImport(Glibc)
          return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
        #else
          return unsafe Darwin.write(descriptor, rest.baseAddress, rest.count)
        #endif
      }
      if written >= 0 {
        start += written
      } else if errno != EINTR {
        throw .last
      }
    }
  }

  /// The folder of a path with its final slash, and the name in it.
  private static func parts(of path: String) -> (folder: String, base: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
    return (String(path[...slash]), String(path[path.utf8.index(after: slash)...]))
  }

  /// At most 100 bytes of whole characters, of the 255 that a name may have.
  private static func beginning(of name: String) -> String {
    var (result, count) = ("", 0)
    for scalar in name.unicodeScalars {
      count += UTF8.width(scalar)
      if count > 100 { break }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// Removes what killed processes left for the same destination.
  private static func removeAbandoned(in folder: String, stem: String) {
    guard let entries = unsafe opendir(folder.isEmpty ? "." : folder) else { return }
    defer { unsafe closedir(entries) }
    while let entry = unsafe readdir(entries) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasPrefix(stem), name.hasSuffix(".tmp") else { continue }
      let numbers = name.dropFirst(stem.count).dropLast(4).split(
        separator: ".", omittingEmptySubsequences: false)
      guard numbers.count == 2, numbers.allSatisfy({ Int($0).map { $0 >= 0 } ?? false }) else {
        continue
      }
      let path = folder + name
      let descriptor = unsafe open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      if FileLock.take(descriptor) == .taken { _ = unsafe unlink(path) }
      _ = close(descriptor)
    }
  }
}
