// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The seed and the number of cases of all random tests, from the environment.
package enum RandomTests {
  /// TEST_SEED, if it is given.
  package static let givenSeed = number("TEST_SEED", as: UInt64.self)

  /// The seed of a test, to be printed with a failure: `givenSeed` or one that is always the same.
  package static let seed = givenSeed ?? 20_211_206

  /// TEST_MULTIPLIER, by which the numbers of cases are multiplied.
  private static let multiplier = number("TEST_MULTIPLIER", as: Int.self) ?? 1

  /// TEST_DIVISOR, by which they are divided: under a sanitizer paths matter, not numbers.
  private static let divisor = number("TEST_DIVISOR", as: Int.self) ?? 1

  /// The number of cases where `count` are the rule.
  package static func count(_ count: Int) -> Int { max(1, count * multiplier / divisor) }

  /// All of the cases, or every third where there are to be fewer: of long ones paths matter, too.
  package static func sample<Case>(_ cases: [Case]) -> [Case] {
    stride(from: 0, to: cases.count, by: min(divisor, 3)).map { cases[$0] }
  }

  /// What a search may miss, where `slack` is the rule: it takes longer the less that is.
  package static func slack(_ slack: Double) -> Double { slack * Double(divisor) }

  /// A number in the environment; a variable that holds something else is a mistake to be seen.
  private static func number<T: FixedWidthInteger>(_ name: String, as type: T.Type) -> T? {
    guard let text = unsafe getenv(name).map({ unsafe String(cString: $0) }) else { return nil }
    guard let number = T(text) else { fatalError("\(name) must be a whole number, but is \(text)") }
    return number
  }
}
