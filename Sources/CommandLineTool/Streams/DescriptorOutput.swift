// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Text to an open file, collected until there is enough of it or somebody asks for it.
final class DescriptorOutput: TextOutput {
  private static let capacity = 1 << 16

  private let descriptor: FileDescriptor
  private var buffer: [UInt8] = []

  /// An output to `descriptor`, which is neither opened nor closed here.
  init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

  func write(_ text: String) throws(FileError) {
    buffer += text.utf8
    if buffer.count >= Self.capacity { try flush() }
  }

  func flush() throws(FileError) {
    guard !buffer.isEmpty else { return }
    // What could not be written is not tried again.
    defer { buffer.removeAll(keepingCapacity: true) }
    try descriptor.write(buffer)
  }
}
