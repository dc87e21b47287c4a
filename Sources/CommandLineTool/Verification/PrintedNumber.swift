// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// A decimal as a table prints it: its digits from the first that is not 0.
struct PrintedNumber: Equatable {
  let isNegative: Bool
  /// Empty for 0.
  let digits: String
  /// The power of ten of the first digit.
  let exponent: Int

  /// Reads `0.00012`, `-5`, `1.50e-7`; nil if it is none of these.
  init?(_ text: String) {
    var rest = text[...]
    isNegative = rest.first == "-"
    if isNegative { rest.removeFirst() }
    var power = 0
    if let e = rest.firstIndex(of: "e") {
      guard let value = Int(rest[rest.index(after: e)...]), value.magnitude < 1 << 40 else {
        return nil
      }
      (power, rest) = (value, rest[..<e])
    }
    let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let all = parts.joined()
    let isNumber = { (part: Substring) in
      !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) }
    }
    guard parts.allSatisfy(isNumber) else { return nil }
    let significant = all.drop { $0 == "0" }
    digits = String(significant)
    exponent = power + parts[0].utf8.count - 1 - (all.utf8.count - significant.utf8.count)
  }

  /// How many leading digits of `other` this number agrees with, at most `limit`: the largest k for
  /// which it lies within half a unit of the k-th digit.
  ///
  /// `other` is itself rounded, at digits far beyond the limit; only a number that lies there on
  /// the very middle between two decimals could be judged wrongly.
  func agreeingDigits(with other: PrintedNumber, limit: Int) -> Int {
    if self == other { return limit }
    guard isNegative == other.isNegative, !digits.isEmpty, !other.digits.isEmpty,
      abs(exponent - other.exponent) <= 1
    else { return 0 }
    // Both as whole numbers of the smaller of the two last places.
    let last = min(exponent - digits.utf8.count, other.exponent - other.digits.utf8.count) + 1
    let difference = (whole(last) - other.whole(last)).magnitude
    return (1...limit).last { count in
      let place = other.exponent - count + 1 - last
      // Below the last place there is no half but 0.
      guard place >= 0 else { return difference.signum == 0 }
      return difference + difference <= Integer(10).power(place)
    } ?? 0
  }

  private func whole(_ last: Int) -> Integer {
    let power = Integer(10).power(exponent - digits.utf8.count + 1 - last)
    return ((try? Integer(parsing: digits)) ?? 0) * power
  }
}
