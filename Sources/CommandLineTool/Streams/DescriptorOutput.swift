// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Text to an open file, collected until there is enough of it or somebody asks for it.
final class DescriptorOutput: TextOutput {
  private static let capacity = 1 << 16

  private let descriptor: FileDescriptor
  private var buffer: [UInt8] = []

  /// An output to `descriptor`, which is neither opened nor closed here.
  init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

  var isTerminal: Bool { isatty(descriptor.number) != 0 }

  func write(_ text: String) throws(FileError) { try write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) throws(FileError) {
    buffer += bytes
    if buffer.count >= Self.capacity { try flush() }
  }

  func flush() throws(FileError) {
    guard !buffer.isEmpty else { return }
    // What could not be written is not tried again.
    defer { buffer.removeAll(keepingCapacity: true) }
    try descriptor.write(buffer)
  }
}
