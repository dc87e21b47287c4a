// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Memory for doubles, aligned to 64 bytes and zero at first.
///
/// Not synchronized: threads of the engine write to parts that do not overlap.
@safe final class DoubleStorage {
  /// The address of the first double; valid as long as this is.
  @unsafe let pointer: UnsafeMutablePointer<Double>
  let count: Int

  init(count: Int) {
    precondition(count >= 0, "a storage of \(count) doubles")
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(64, count * MemoryLayout<Double>.stride), alignment: 64)
    unsafe pointer = bytes.bindMemory(to: Double.self, capacity: count)
    unsafe pointer.initialize(repeating: 0, count: count)
  }

  deinit { unsafe pointer.deallocate() }

  subscript(index: Int) -> Double {
    get {
      precondition(0 <= index && index < count, "double \(index) of \(count)")
      return unsafe pointer[index]
    }
    set {
      precondition(0 <= index && index < count, "double \(index) of \(count)")
      unsafe pointer[index] = newValue
    }
  }

  /// Sets all to 0.
  func clear() { unsafe pointer.update(repeating: 0, count: count) }
}
