// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@Suite struct SamplingSchemeTests {
  @Test func `the raw values are the words of options and tables`() {
    #expect(
      SamplingScheme.allCases.map(\.rawValue) == ["with-replacement", "without-replacement"])
    #expect(SamplingScheme(rawValue: "without-replacement") == .withoutReplacement)
    #expect(SamplingScheme(rawValue: "Without-Replacement") == nil)
    #expect("\(SamplingScheme.withReplacement)" == "with-replacement")
  }
}
