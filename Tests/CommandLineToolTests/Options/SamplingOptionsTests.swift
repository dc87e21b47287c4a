// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import CommandLineTool

@Suite struct SamplingOptionsTests {
  private func options(_ words: [String]) throws -> SamplingOptions {
    try SamplingOptions(parse(words, by: specification(SamplingOptions.specifications)))
  }

  @Test("Draws are with replacement unless told otherwise")
  func schemes() throws {
    #expect(try options([]).schemes == [.withReplacement])
    #expect(try options(["--without-replacement"]).schemes == [.withoutReplacement])
    #expect(try options(["--both-samplings"]).schemes == [.withReplacement, .withoutReplacement])
    #expect(
      throws: UsageError("'--both-samplings' cannot be combined with '--without-replacement'")
    ) {
      try options(["--both-samplings", "--without-replacement"])
    }
  }

  @Test("A law without items cannot be drawn from without replacement")
  func items() throws {
    let uniform = NamedLaw(name: "uniform", distribution: try .uniform(classCount: 3))
    let finite = NamedLaw(
      name: "uniform-2", distribution: try .balanced(classCount: 3, itemsPerClass: 2))
    try options([]).check(uniform)
    for word in ["--without-replacement", "--both-samplings"] {
      let options = try options([word])
      try options.check(finite)
      let error = #expect(throws: UsageError.self) { try options.check(uniform) }
      #expect(
        error?.message == "'\(word)' needs class sizes, and 'uniform' has none: choose a data set "
          + "with items, '--counts', or '--classes' with '--per-class'")
    }
    #expect(try options(["--both-samplings"]).schemes(for: uniform) == [.withReplacement])
    #expect(try options(["--without-replacement"]).schemes(for: uniform) == [])
  }
}
