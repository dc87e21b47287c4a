// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// The libraries below the arithmetic, as the program runs with them.
package enum ArithmeticLibraries {
  /// `GMP 6.3.0, MPFR 4.2.1`
  package static var versions: String {
    let gmp = unsafe upsilon_gmp_version().map { unsafe String(cString: $0) } ?? "?"
    let mpfr = unsafe mpfr_get_version().map { unsafe String(cString: $0) } ?? "?"
    return "GMP \(gmp), MPFR \(mpfr)"
  }
}
