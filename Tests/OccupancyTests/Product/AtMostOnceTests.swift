// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import Occupancy

@Suite struct AtMostOnceTests {
  private let checks = FunctionChecks { AtMostOnce($0) }

  @Test("The majorant bounds the function on the circle")
  func majorant() throws { try checks.checkMajorant() }

  @Test("The excess is the logarithmic derivative")
  func means() throws { try checks.checkMeans() }

  @Test("Contour integrals enclose the coefficients", arguments: SamplingScheme.allCases)
  func contours(sampling: SamplingScheme) throws {
    try checks.checkContours(sampling: sampling) { $0.allSatisfy { $0 <= 1 } }
  }
}
