// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The right to a file or a folder that one process has at a time, and that ends with it however it
/// ends.
///
/// It is a lock of the whole file (flock). A file system without locks gives the right to all.
package final class FileLock {
  let descriptor: CInt

  /// Takes the lock of the file at `path`, which is made if it is not there; nil if another has it.
  ///
  /// - Throws: `SystemError` if the file can be neither opened nor made.
  package init?(path: String) throws(SystemError) {
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .last }
    if Self.take(descriptor) == .ofAnother { return nil }
  }

  // A child that is just being started has the file open as well until it runs its program, and
  // would keep the lock till then.
  deinit {
    _ = flock(descriptor, LOCK_UN)
    _ = close(descriptor)
  }

  enum Outcome { case taken, ofAnother, unknown }

  /// Tries to take the lock of an open file, until it is closed.
  static func take(_ descriptor: CInt) -> Outcome {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return .ofAnother }
      if errno != EINTR { return .unknown }
    }
    return .taken
  }
}
