// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What the operating system says of a call that has failed.
package struct SystemError: Error, Equatable, CustomStringConvertible {
  package let code: CInt

  package init(code: CInt) { self.code = code }

  /// The error of the call that has just failed, before any other is made.
  package static var last: SystemError { SystemError(code: errno) }

  /// The system's words: `No such file or directory`.
  package var description: String {
    let text = unsafe strerror(code).map { unsafe String(cString: $0) }
    return text ?? "error \(code)"
  }
}
