// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct NumberListParsingTests {
  @Test(
    "Malformed lists are refused",
    arguments: [
      "", ",", "1,", ",1", "1,,2", "a", "1 ", " 1", "1, 2", "1;2", "-1", "+1", "1.5", "1e3", "0x10",
      "1_000", "٣", "１", "..", "1..", "..5", "1...5", "1..2..3", "1.2", "1..5:", "1..5:2", "1..5:+",
      "1..5:*", "1..5:-1", "1..5:/2", "1..5:+1:+1", "1..5:+1.5", "1..5:+-1", "1..5:**2", "1..5+1",
      ":+1", "5:+1", "1..a", "a..1", "1–5", "1..5\n", "1..5\u{0}", "∞", "1..∞",
    ])
  func malformed(text: String) {
    #expect(throws: NumberListError.self) { try NumberList(parsing: text, minimum: 0) }
  }

  @Test(
    "What is wrong is said in a sentence",
    arguments: [
      ("5..3", "the range '5..3' is descending"),
      ("1,9..8:+1", "the range '9..8:+1' is descending"),
      ("1..5:+0", "the step of '1..5:+0' must be at least 1"),
      ("1..5:*0", "the factor of '1..5:*0' must be at least 2"),
      ("1..5:*1", "the factor of '1..5:*1' must be at least 2"),
      ("0,5", "0 is less than 1"),
      ("0..5", "0 is less than 1"),
      ("9223372036854775808", "9223372036854775808 is larger than 9223372036854775807"),
      ("1..9223372036854775808", "9223372036854775808 is larger than 9223372036854775807"),
      ("x", "'x' is not a whole number"),
      ("", "'' is not a whole number"),
      ("1..x", "'x' in '1..x' is not a whole number"),
      (
        "1..5:2",
        "'1..5:2' must have a step such as +128 or a factor such as *2 after its colon"
      ),
      ("1..10000001", "the range '1..10000001' has more than 10000000 numbers"),
      ("1..10000000,5", "it has more than 10000000 numbers"),
      (
        "1..9223372036854775807",
        "the range '1..9223372036854775807' has more than 10000000 numbers"
      ),
    ])
  func problems(text: String, problem: String) {
    #expect(throws: NumberListError(problem: problem)) {
      try NumberList(parsing: text, minimum: 1)
    }
  }

  @Test("A factor does not lead away from zero")
  func factorOfZero() {
    #expect(throws: NumberListError(problem: "the range '0..8:*2' stays at 0 whatever its factor"))
    {
      try NumberList(parsing: "0..8:*2", minimum: 0)
    }
  }

  @Test("The longest list allowed is neither refused nor expanded")
  func longest() throws {
    #expect(try NumberList(parsing: "1..10000000", minimum: 1).count == 10_000_000)
    #expect(try NumberList(parsing: "0..\(Int.max):+\(1 << 41)", minimum: 0).count == 1 << 22)
    #expect(throws: NumberListError.self) { try NumberList(parsing: "0..\(Int.max)", minimum: 0) }
  }

  @Test("Random text never crashes the reader, and what it accepts it can count out")
  func randomText() {
    var generator = SplitMix64(seed: RandomTests.seed)
    let alphabet = Array("0123456789..,,::++**-a ")
    for _ in 0..<RandomTests.count(10_000) {
      let length = Int.random(in: 0...12, using: &generator)
      let text = String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "0" })
      guard let list = try? NumberList(parsing: text, minimum: 0), list.count < 1000 else {
        continue
      }
      let numbers = Array(list)
      #expect(numbers.count == list.count, "\(text), seed \(RandomTests.seed)")
      #expect(numbers.max() == list.largest, "\(text), seed \(RandomTests.seed)")
    }
  }
}
