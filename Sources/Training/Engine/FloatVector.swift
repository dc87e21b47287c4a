// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Memory for floats, aligned to 64 bytes and zero at first.
///
/// Reached through vectors and matrices, which check their bounds. Not synchronized: threads of
/// the engine write to parts that do not overlap.
@safe final class FloatStorage {
  /// The first float.
  let base: UnsafeMutablePointer<Float>
  let count: Int

  init(count: Int) {
    precondition(count >= 0, "a storage of \(count) floats")
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(64, count * MemoryLayout<Float>.stride), alignment: 64)
    unsafe base = bytes.bindMemory(to: Float.self, capacity: count)
    unsafe base.initialize(repeating: 0, count: count)
  }

  deinit { unsafe base.deallocate() }
}

/// A vector of floats: a window into a storage. Copies share the memory.
package struct FloatVector {
  private let storage: FloatStorage
  private let offset: Int
  package let count: Int

  /// A vector of zeros in memory of its own.
  package init(count: Int) {
    storage = FloatStorage(count: count)
    offset = 0
    self.count = count
  }

  /// A vector with the given elements in memory of its own.
  package init(_ elements: [Float]) {
    self.init(count: elements.count)
    for (index, element) in elements.enumerated() { self[index] = element }
  }

  private init(storage: FloatStorage, offset: Int, count: Int) {
    self.storage = storage
    self.offset = offset
    self.count = count
  }

  /// The elements in `range`, in the same memory.
  subscript(range: Range<Int>) -> FloatVector {
    precondition(0 <= range.lowerBound && range.upperBound <= count, "\(range) of \(count)")
    return FloatVector(storage: storage, offset: offset + range.lowerBound, count: range.count)
  }

  package subscript(index: Int) -> Float {
    get {
      precondition(0 <= index && index < count, "element \(index) of \(count)")
      return unsafe pointer[index]
    }
    nonmutating set {
      precondition(0 <= index && index < count, "element \(index) of \(count)")
      unsafe pointer[index] = newValue
    }
  }

  /// The address of the first element; valid as long as this vector or one that shares its memory.
  @unsafe package var pointer: UnsafeMutablePointer<Float> { unsafe storage.base + offset }

  /// The elements in an array.
  var elements: [Float] { unsafe Array(UnsafeBufferPointer(start: pointer, count: count)) }

  /// Sets all elements.
  func fill(_ value: Float) { unsafe pointer.update(repeating: value, count: count) }

  /// Copies the elements of a vector of the same length.
  package func copy(_ other: FloatVector) {
    precondition(count == other.count, "copying \(other.count) floats to \(count)")
    unsafe pointer.update(from: other.pointer, count: count)
  }
}
