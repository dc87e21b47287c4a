// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// A number with its error that an array or an evaluator can hold.
///
/// It lies in memory of its own, so that reaching it in an inner loop takes no check of exclusive
/// access, which costs as much as a product. A box must not be passed twice to one operation that
/// changes it, nor used by two threads at a time.
@safe
@_spi(Arithmetic) public final class BallBox<Ball: RigorousNumber & ~Copyable>: @unchecked Sendable
{
  @usableFromInline let storage: UnsafeMutablePointer<Ball>

  @inlinable
  public init(precision: Int) {
    unsafe storage = .allocate(capacity: 1)
    unsafe storage.initialize(to: Ball(precision: precision))
  }

  deinit {
    unsafe storage.deinitialize(count: 1)
    unsafe storage.deallocate()
  }

  @inlinable
  public var ball: Ball {
    _read { yield unsafe storage.pointee }
    _modify { yield unsafe &storage.pointee }
  }
}

extension BallBox where Ball: RigorousComplex, Ball: ~Copyable {
  /// e^(2 pi i l/m) for l = 0..<m; those of the lower half are conjugates.
  package static func roots(of m: Int, precision: Int) -> [BallBox] {
    var roots: [BallBox] = []
    for l in 0..<m {
      let box = BallBox(precision: precision)
      if 2 * l <= m {
        box.ball.setRootOfUnity(l, of: m)
      } else {
        box.ball.set(roots[m - l].ball)
        box.ball.conjugate()
      }
      roots.append(box)
    }
    return roots
  }
}

/// Numbers with their errors, side by side in memory of their own: for inner loops, which a
/// box of a number each would cost counts of references.
@safe
@_spi(Arithmetic) public struct BallVector<Ball: RigorousNumber & ~Copyable>: ~Copyable {
  public let count: Int
  @usableFromInline let numbers: UnsafeMutablePointer<Ball>

  /// `count` zeros.
  @inlinable
  public init(count: Int, precision: Int) {
    self.count = count
    unsafe numbers = .allocate(capacity: max(count, 1))
    for i in 0..<count { unsafe (numbers + i).initialize(to: Ball(precision: precision)) }
  }

  deinit {
    unsafe numbers.deinitialize(count: count)
    unsafe numbers.deallocate()
  }

  /// A number of the vector, which must not be passed twice to one operation that changes it.
  @inlinable
  public subscript(index: Int) -> Ball {
    _read {
      precondition(index >= 0 && index < count, "index within the vector")
      yield unsafe numbers[index]
    }
    nonmutating _modify {
      precondition(index >= 0 && index < count, "index within the vector")
      yield unsafe &numbers[index]
    }
  }
}
