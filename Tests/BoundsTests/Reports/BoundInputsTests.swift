// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Measurements
import Testing

@testable import Bounds

@Suite struct BoundInputsTests {
  @Test func `inputs have a contrastive loss`() throws {
    let setting = try uniform(3, 2)
    let error = #expect(throws: DomainError.self) {
      try BoundInputs(setting, means: [.gap: two], gap: nil)
    }
    #expect(error?.parameter == "contrastive_loss")
  }

  @Test func `excesses are differences of means`() throws {
    let means: [MeasuredMean: MeasuredQuantity] = [
      .contrastiveLoss: two, .gapConvex: none, .gapLinear: two,
    ]
    let inputs = try BoundInputs(uniform(3, 2), means: means, gap: nil)
    #expect(inputs.gap?.value.exact == 0 && inputs.excess?.value.exact == 2)
    #expect(inputs.linearExcess?.value.exact == 0)
    #expect(try inputs.excessDigits == "2 - (0)" && inputs.linearExcessDigits == "2 - (2)")
    #expect(try inputs.digits(of: .coverageRate) == "?")
    let published = try BoundInputs(uniform(3, 2), means: means, gap: .published)
    #expect(published.gap == nil && published.excess == nil)
    #expect(reason(published.withExcess { _, _ in .infinite }) == "gap was not measured")
  }
}
