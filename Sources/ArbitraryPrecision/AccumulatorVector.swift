// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// Accumulators of one precision, side by side, for recurrences over states.
@safe
package struct AccumulatorVector: ~Copyable {
  package let count: Int
  private let numbers: UnsafeMutablePointer<MPFRNumber>
  private let precision: Int

  /// `count` zeros.
  package init(count: Int, precision: Int) {
    self.count = count
    self.precision = precision
    unsafe numbers = .allocate(capacity: count)
    for i in 0..<count {
      unsafe (numbers + i).initialize(to: MPFRNumber(precision: precision))
    }
  }

  deinit {
    for i in 0..<count { unsafe numbers[i].free() }
    unsafe numbers.deallocate()
  }

  /// Element `index` becomes a machine integer that the precision can hold.
  package mutating func set(_ index: Int, to value: Int) {
    precondition(index >= 0 && index < count, "index within the vector")
    let inexact = unsafe mpfr_set_si(numbers[index].pointer, value, MPFR_RNDN)
    precondition(inexact == 0, "an integer that the precision can hold")
  }

  /// x[index] <- factor x[index]; `factor` is not negative.
  package mutating func multiply(_ index: Int, by factor: Int, rounding: Rounding) {
    precondition(index >= 0 && index < count, "index within the vector")
    let x = unsafe numbers[index].pointer
    unsafe mpfr_mul_ui(x, x, UInt(factor), rounding.mode)
  }

  /// x[j] <- stay x[j] + move x[j-1], each of the three operations rounded alike; `stay` and `move`
  /// are not negative.
  package mutating func formRecurrence(
    _ j: Int, stay: Int, move: Int, scratch: borrowing Accumulator, rounding: Rounding
  ) {
    precondition(j >= 1 && j < count, "index within the vector")
    let (x, before) = unsafe (numbers[j].pointer, numbers[j - 1].pointer)
    unsafe mpfr_mul_ui(x, x, UInt(stay), rounding.mode)
    unsafe mpfr_mul_ui(scratch.pointer, before, UInt(move), rounding.mode)
    unsafe mpfr_add(x, x, scratch.pointer, rounding.mode)
  }

  /// x[target] += factor x[source], both operations rounded alike.
  package mutating func addProduct(
    of source: Int, _ factor: borrowing Accumulator, to target: Int,
    scratch: inout Accumulator, rounding: Rounding
  ) {
    precondition(
      source >= 0 && source < count && target >= 0 && target < count, "indices within the vector")
    unsafe mpfr_mul(scratch.pointer, numbers[source].pointer, factor.pointer, rounding.mode)
    unsafe mpfr_add(
      numbers[target].pointer, numbers[target].pointer, scratch.pointer, rounding.mode)
  }

  /// Element `index` becomes a number, rounded to nearest.
  package mutating func set(_ index: Int, to value: borrowing Accumulator) {
    precondition(index >= 0 && index < count, "index within the vector")
    unsafe mpfr_set(numbers[index].pointer, value.pointer, MPFR_RNDN)
  }

  /// sum += factor x[source], both operations rounded to nearest.
  package borrowing func addProduct(
    of source: Int, _ factor: borrowing Accumulator, to sum: inout Accumulator,
    scratch: inout Accumulator
  ) {
    precondition(source >= 0 && source < count, "index within the vector")
    unsafe mpfr_mul(scratch.pointer, numbers[source].pointer, factor.pointer, MPFR_RNDN)
    unsafe mpfr_add(sum.pointer, sum.pointer, scratch.pointer, MPFR_RNDN)
  }

  /// A copy of one element.
  package borrowing func value(_ index: Int) -> Real {
    precondition(index >= 0 && index < count, "index within the vector")
    let copy = Accumulator(precision: precision)
    unsafe mpfr_set(copy.pointer, numbers[index].pointer, MPFR_RNDN)
    return Real(copy)
  }

  /// e with 2^(e-1) <= |x[index]| < 2^e; nil for zero.
  package borrowing func binaryExponent(_ index: Int) -> Int? {
    precondition(index >= 0 && index < count, "index within the vector")
    let x = unsafe numbers[index].pointer
    return unsafe mpfr_regular_p(x) != 0 ? Int(x.pointee._mpfr_exp) : nil
  }

  /// Copies of all elements.
  package borrowing func values() -> [Real] {
    (0..<count).map { value($0) }
  }
}
