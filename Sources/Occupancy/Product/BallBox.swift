// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// A ball that an array or an evaluator can hold.
///
/// The ball lies in memory of its own, so that reaching it in an inner loop takes no check of
/// exclusive access, which costs as much as a product at 64 bits. A box must not be passed twice to
/// one operation that changes it, nor used by two threads at a time.
@safe
final class BallBox: @unchecked Sendable {
  private let storage: UnsafeMutablePointer<ComplexBall>

  init(precision: Int) {
    unsafe storage = .allocate(capacity: 1)
    unsafe storage.initialize(to: ComplexBall(precision: precision))
  }

  deinit {
    unsafe storage.deinitialize(count: 1)
    unsafe storage.deallocate()
  }

  var ball: ComplexBall {
    _read { yield unsafe storage.pointee }
    _modify { yield unsafe &storage.pointee }
  }
}
