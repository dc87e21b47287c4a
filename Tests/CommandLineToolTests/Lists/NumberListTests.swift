// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct NumberListTests {
  func list(_ text: String) throws -> NumberList { try NumberList(parsing: text, minimum: 0) }

  @Test(
    "A list counts its numbers out in the order written",
    arguments: [
      ("5", [5]), ("32,64,128", [32, 64, 128]), ("3,1,2,1", [3, 1, 2, 1]), ("1..4", [1, 2, 3, 4]),
      ("7..7", [7]), ("128..512:+128", [128, 256, 384, 512]), ("1..10:+4", [1, 5, 9]),
      ("1..3:+9", [1]), ("0..3", [0, 1, 2, 3]), ("1..20:*2", [1, 2, 4, 8, 16]), ("3..3:*2", [3]),
      ("5..9:*2", [5]), ("2..54:*3", [2, 6, 18, 54]), ("9,1..3,2..8:*2", [9, 1, 2, 3, 2, 4, 8]),
      ("007", [7]),
    ])
  func order(text: String, expected: [Int]) throws {
    let list = try list(text)
    #expect(Array(list) == expected)
    #expect(list.count == expected.count)
    #expect(list.smallest == expected.min())
    #expect(list.largest == expected.max())
    #expect(Array(list) == expected, "a list can be counted out again")
  }

  @Test("The list of the contract's ranges is what it says")
  func contract() throws {
    #expect(try Array(list("1..1024")) == Array(1...1024))
    #expect(try Array(list("128..1024:+128")) == Array(stride(from: 128, through: 1024, by: 128)))
    #expect(
      try Array(list("128..65536:*2"))
        == [128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536])
  }

  @Test("Numbers at the end of the range of Int do not overflow")
  func extremeNumbers() throws {
    let max = Int.max
    #expect(try Array(list("\(max - 2)..\(max)")) == [max - 2, max - 1, max])
    #expect(try Array(list("\(max - 5)..\(max):+4")) == [max - 5, max - 1])
    #expect(try Array(list("1..\(max):*\(max)")) == [1, max])
    #expect(try list("1..\(max):*2").count == 63)
    #expect(try Array(list("1..\(max):*2")).last == 1 << 62)
  }

  @Test("The extremes are the ends of the ranges, so every number lies between two of them")
  func extremes() throws {
    #expect(try list("5,1..10:+4,2").extremes == [5, 1, 9, 2])
  }

  @Test("Negatives become draws by adding one to each number")
  func incremented() throws {
    let draws = try #require(try list("0,31,1..8:*2").incremented())
    #expect(Array(draws) == [1, 32, 2, 3, 5, 9])
    #expect(draws.smallest == 1)
    #expect(draws.largest == 32)
    #expect(draws.extremes == [1, 32, 2, 9])
    #expect(try list("\(Int.max)").incremented() == nil)
  }

  @Test("A list of random ranges agrees with strides")
  func random() throws {
    var generator = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(500) {
      let first = Int.random(in: 0...50, using: &generator)
      let last = first + Int.random(in: 0...100, using: &generator)
      let step = Int.random(in: 1...20, using: &generator)
      let expected = Array(stride(from: first, through: last, by: step))
      let list = try list("\(first)..\(last):+\(step)")
      #expect(Array(list) == expected, "seed \(RandomTests.seed)")
      #expect(list.count == expected.count, "seed \(RandomTests.seed)")
      #expect(list.largest == expected.last, "seed \(RandomTests.seed)")
    }
  }
}
