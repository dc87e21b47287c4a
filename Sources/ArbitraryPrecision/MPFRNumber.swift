// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// One MPFR number and its limbs in one allocation, owned by whoever holds the pointer.
///
/// MPFR's custom interface lets the caller own the memory: number and limbs lie side by side, a
/// number is made with one allocation and freed with one, and no copy can be forgotten.
@unsafe
struct MPFRNumber {
  let pointer: mpfr_ptr

  /// A number of `precision` bits, equal to zero.
  ///
  /// - Precondition: 2 <= `precision` < 2^48, more than any memory holds.
  init(precision: Int) {
    precondition(precision >= 2 && precision < 1 << 48, "a precision is at least 2 bits")
    MPFRThread.prepare()
    let header = unsafe MemoryLayout<__mpfr_struct>.stride
    let size = header + mpfr_custom_get_size(mpfr_prec_t(precision))
    let block = unsafe UnsafeMutableRawPointer.allocate(
      byteCount: size, alignment: MemoryLayout<__mpfr_struct>.alignment)
    unsafe pointer = block.bindMemory(to: __mpfr_struct.self, capacity: 1)
    unsafe mpfr_custom_init(block + header, mpfr_prec_t(precision))
    unsafe mpfr_custom_init_set(
      pointer, CInt(MPFR_ZERO_KIND.rawValue), 0, mpfr_prec_t(precision), block + header)
  }

  /// Becomes zero with fewer bits, in the memory that it has.
  ///
  /// - Precondition: 2 <= `precision` <= the precision so far.
  func lower(precision: Int) {
    precondition(precision >= 2, "a precision is at least 2 bits")
    unsafe mpfr_custom_init_set(
      pointer, CInt(MPFR_ZERO_KIND.rawValue), 0, mpfr_prec_t(precision),
      mpfr_custom_get_significand(pointer))
  }

  func free() {
    unsafe UnsafeMutableRawPointer(pointer).deallocate()
  }
}
