// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct TrigonometryTests {
  @Test func `sine and cosine are those of the library to 1e-15`() {
    #expect(
      allHold(2001) { step in
        let x = Double(step - 1000) / 1000 * .pi
        return abs(sine(x) - sin(x)) <= 1e-15 && abs(cosine(x) - cos(x)) <= 1e-15
      })
    #expect(sine(0) == 0)
    #expect(cosine(0) == 1)
    #expect(cosine(.pi) == -1)
  }
}
