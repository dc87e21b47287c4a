// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Testing

@testable import CommandLineTool

@Suite struct WaitingCommandTests {
  @Test("Quantiles are read exactly and keep their texts")
  func quantiles() throws {
    let words = ["--classes", "6", "--quantiles", "0.50,1/3,9e-1"]
    let command = try WaitingCommand(parse(words, by: WaitingCommand.specification))
    #expect(command.quantiles.map(\.text) == ["0.50", "1/3", "9e-1"])
    #expect(
      command.quantiles.map(\.probability) == [
        Rational(1, 2), Rational(1, 3), Rational(9, 10),
      ])
  }

  @Test("Without a list the quantiles are those of the contract")
  func defaults() throws {
    let words = ["--classes", "6"]
    let command = try WaitingCommand(parse(words, by: WaitingCommand.specification))
    #expect(command.quantiles.map(\.text) == ["0.5", "0.9", "0.99"])
  }

  @Test(
    "What is no probability strictly between 0 and 1 is refused",
    arguments: ["0", "1", "-0.5", "1.5", "", "half", " 0.5"])
  func refused(text: String) {
    let outcome = upsilon(words: ["waiting", "--classes", "6", "--quantiles", "0.5,\(text)"])
    #expect(outcome.status == 64)
    #expect(outcome.error.hasSuffix("'\(text)' is not a decimal greater than 0 and less than 1"))
  }

  @Test("A quantile asked for twice would be two columns of one name")
  func twice() {
    let outcome = upsilon("waiting --classes 6 --quantiles 0.5,0.9,0.5")
    #expect(outcome.status == 64)
    #expect(outcome.error.hasSuffix("'0.5' appears twice"))
  }

  @Test("A law without items has no time without replacement")
  func items() {
    let outcome = upsilon("waiting --dataset binary --without-replacement")
    #expect(outcome.status == 64)
    #expect(outcome.error.hasPrefix("'--without-replacement' needs class sizes, and 'binary' has"))
  }

  @Test("It takes no number of draws")
  func draws() {
    #expect(upsilon("waiting --classes 6 --draws 5").error == "Unknown option '--draws'")
  }
}
