// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import CInterface
import CInterfaceChecks
import Testing

/// A C program that uses every function; what is wrong it prints on standard error.
@Suite struct CInterfaceTests {
  @Test func allFunctionsWork() { #expect(upsilon_checks() == 0) }
}
