// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Synchronization

/// Bytes in memory that are read in place of the process's standard input, by what runs within
/// `within`.
package final class StandardInput: Sendable {
  private let bytes: Mutex<[UInt8]?>

  /// Each caller has its own.
  @TaskLocal static var replacement: StandardInput?

  private init(_ bytes: [UInt8]) { self.bytes = Mutex(bytes) }

  /// The bytes, which can be had once.
  func take() -> [UInt8]? {
    bytes.withLock { bytes in
      defer { bytes = nil }
      return bytes
    }
  }

  /// Runs `body` with these bytes for standard input.
  package static func within<Result>(_ bytes: [UInt8], _ body: () -> Result) -> Result {
    $replacement.withValue(StandardInput(bytes), operation: body)
  }
}
