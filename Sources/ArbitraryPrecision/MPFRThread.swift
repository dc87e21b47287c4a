// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What MPFR keeps for each thread: the range of exponents, constants, and memory to use again.
enum MPFRThread {
  /// Prepares the calling thread; no computation does without a number of its own, so every new
  /// number comes here.
  ///
  /// Exponents may reach +-2^62: MPFR starts each thread at +-2^30, which (1 - 1/2)^n leaves for n
  /// of two billion, and an underflow to zero voids every relative error bound. When the thread
  /// ends, what MPFR cached for it is freed.
  static func prepare() {
    guard mpfr_get_emax() != mpfr_get_emax_max() else { return }
    mpfr_set_emax(mpfr_get_emax_max())
    mpfr_set_emin(mpfr_get_emin_min())
    // The destructor runs only for threads whose value is not null: any address will do.
    unsafe pthread_setspecific(endOfThread, UnsafeRawPointer(bitPattern: 1))
  }

  private static let endOfThread: pthread_key_t = {
    var key = pthread_key_t()
    let status = unsafe pthread_key_create(&key) { _ in mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE) }
    precondition(status == 0, "the system has no thread-specific key left")
    return key
  }()
}
