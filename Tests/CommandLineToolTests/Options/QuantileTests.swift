// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Testing

@testable import CommandLineTool

@Suite struct QuantileTests {
  private static let option = ArgumentSpecification.option("quantiles", "Probabilities.")

  private static func list(_ text: String?) throws -> [Quantile] {
    let words = text.map { ["--quantiles", $0] } ?? []
    return try Quantile.list(option, in: parse(words, by: specification([option])))
  }

  @Test("Texts are kept for the columns, values are exact")
  func values() throws {
    let list = try Self.list("0.50,1/3")
    #expect(list.map(\.column) == ["quantile_0.50", "quantile_1/3"])
    #expect(list.map(\.probability) == [Rational(1, 2), Rational(1, 3)])
    #expect(try Self.list(nil).isEmpty)
  }

  @Test(
    "What is no probability, or appears twice, is refused", arguments: ["0", "1", "x", "0.5,0.5"])
  func refused(text: String) {
    #expect(throws: UsageError.self) { try Self.list(text) }
  }
}
