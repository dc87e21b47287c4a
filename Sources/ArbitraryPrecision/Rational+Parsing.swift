// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension Rational {
  /// Reads an exact number: an integer `3`, a decimal `-1.25e-3`, or a fraction `2/7` of integers.
  ///
  /// No rounding takes place: `0.1` is one tenth.
  ///
  /// - Throws: `DomainError` if `text` is none of these, its denominator is zero, or its decimal
  ///   exponent exceeds 100,000 in size.
  public init(parsing text: String) throws(DomainError) {
    if let slash = text.firstIndex(of: "/") {
      let (top, bottom) = (text[..<slash], text[text.index(after: slash)...])
      guard Self.isInteger(top), Self.isDigits(bottom) else { throw Self.malformed(text) }
      let denominator = Integer(digits: String(bottom))
      guard denominator.signum != 0 else {
        throw DomainError(
          parameter: "number", value: "'\(text)'",
          requirement: "must have a denominator other than 0")
      }
      self.init(try Integer(parsing: String(top)), denominator)
      return
    }
    try self.init(decimal: text)
  }

  /// Sign, digits, optional point and digits, optional exponent.
  private init(decimal text: String) throws(DomainError) {
    var rest = text[...]
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest.removeFirst() }
    var exponent = 0
    if let e = rest.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      let power = rest[rest.index(after: e)...]
      guard Self.isInteger(power) else { throw Self.malformed(text) }
      guard let value = Int(power), value.magnitude <= 100_000 else {
        throw DomainError(
          parameter: "number", value: "'\(text)'",
          requirement: "must have a decimal exponent between -100000 and 100000")
      }
      exponent = value
      rest = rest[..<e]
    }
    var digits = rest
    if let point = rest.firstIndex(of: ".") {
      let fraction = rest[rest.index(after: point)...]
      exponent -= fraction.utf8.count
      digits = rest[..<point] + fraction
    }
    guard Self.isDigits(digits) else { throw Self.malformed(text) }
    var numerator = Integer(digits: String(digits))
    if isNegative { numerator.negate() }
    let power = Integer(10).power(Int(exponent.magnitude))
    self = exponent >= 0 ? Rational(numerator * power) : Rational(numerator, power)
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
  }

  private static func isInteger(_ text: Substring) -> Bool {
    isDigits(text.first == "-" || text.first == "+" ? text.dropFirst() : text)
  }

  private static func malformed(_ text: String) -> DomainError {
    DomainError(
      parameter: "number", value: "'\(text)'",
      requirement: "must be an integer, a decimal such as 1.25e-3 or a fraction such as 2/7")
  }
}
