// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Testing

@testable import Occupancy

@Suite struct NeverOnceTests {
  /// For laws with a class of two items or more, which both schemes serve.
  private func checks(_ sampling: SamplingScheme) -> FunctionChecks<NeverOnce> {
    FunctionChecks { law in
      law.largestWeight > 1 ? NeverOnce(law: law, sampling: sampling) : nil
    }
  }

  @Test("The majorant bounds the function on the circle", arguments: SamplingScheme.allCases)
  func majorant(sampling: SamplingScheme) throws { try checks(sampling).checkMajorant() }

  @Test("The excess is the logarithmic derivative", arguments: SamplingScheme.allCases)
  func means(sampling: SamplingScheme) throws { try checks(sampling).checkMeans() }

  @Test("Contour integrals enclose the coefficients", arguments: SamplingScheme.allCases)
  func contours(sampling: SamplingScheme) throws {
    try checks(sampling).checkContours(sampling: sampling) { $0.allSatisfy { $0 != 1 } }
  }
}
