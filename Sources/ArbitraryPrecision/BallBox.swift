// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A number with its error that an array or an evaluator can hold.
///
/// It lies in memory of its own, so that reaching it in an inner loop takes no check of exclusive
/// access, which costs as much as a product. A box must not be passed twice to one operation that
/// changes it, nor used by two threads at a time.
@safe
package final class BallBox<Ball: RigorousNumber & ~Copyable>: @unchecked Sendable {
  @usableFromInline let storage: UnsafeMutablePointer<Ball>

  @inlinable
  package init(precision: Int) {
    unsafe storage = .allocate(capacity: 1)
    unsafe storage.initialize(to: Ball(precision: precision))
  }

  deinit {
    unsafe storage.deinitialize(count: 1)
    unsafe storage.deallocate()
  }

  @inlinable
  package var ball: Ball {
    _read { yield unsafe storage.pointee }
    _modify { yield unsafe &storage.pointee }
  }
}
