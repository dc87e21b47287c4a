// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Whole numbers as other programs write them: `10`, `10.0`, `1e6`, `+3`.
public enum WholeNumber {
  /// Why a text is no whole number.
  public enum Failure: Error {
    /// It is no number.
    case malformed
    /// It is a number that is not whole.
    case fractional
    /// It is a whole number that `Int` cannot hold.
    case tooLarge
  }

  /// The number that `text` is, exactly: no rounding takes place.
  ///
  /// - Throws: `Failure` if it is none.
  /// - Complexity: O(n) in the length of the text.
  public static func parse(_ text: some StringProtocol) throws(Failure) -> Int {
    var rest = Array(text.utf8)[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    let whole = rest.prefix(while: isDigit)
    rest = rest.dropFirst(whole.count)
    var fraction: ArraySlice<UInt8> = []
    if rest.first == UInt8(ascii: ".") {
      fraction = rest.dropFirst().prefix(while: isDigit)
      rest = rest.dropFirst(1 + fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { throw .malformed }
    let exponent = try exponent(rest)
    // The value is `digits` with the decimal point `point` places from its left end.
    let digits = (whole + fraction).drop { $0 == UInt8(ascii: "0") }
    if digits.isEmpty { return 0 }
    let leading = whole.count + fraction.count - digits.count
    let point = whole.count - leading + exponent
    guard digits.dropFirst(max(0, point)).allSatisfy({ $0 == UInt8(ascii: "0") }) else {
      throw .fractional
    }
    // Int.max has 19 digits.
    guard point <= 19 else { throw .tooLarge }
    let known = String(decoding: digits.prefix(point), as: UTF8.self)
    let zeros = String(repeating: "0", count: point - known.utf8.count)
    guard let value = Int((isNegative ? "-" : "") + known + zeros) else { throw .tooLarge }
    return value
  }

  /// The number after an e, 0 if nothing is left; those beyond a million are as good as a million.
  private static func exponent(_ text: ArraySlice<UInt8>) throws(Failure) -> Int {
    guard let first = text.first else { return 0 }
    guard first == UInt8(ascii: "e") || first == UInt8(ascii: "E") else { throw .malformed }
    var digits = text.dropFirst()
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    guard !digits.isEmpty, digits.allSatisfy(isDigit) else { throw .malformed }
    let limit = 1_000_000
    let value = Int(String(decoding: digits, as: UTF8.self)).map { min($0, limit) } ?? limit
    return isNegative ? -value : value
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
