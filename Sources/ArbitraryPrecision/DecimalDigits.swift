// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// The rounded decimal digits of a number that is not zero: 0.d1d2d3... times 10^exponent, d1 > 0.
struct DecimalDigits: Equatable, Sendable {
  let isNegative: Bool
  /// ASCII digits, the first one not "0".
  let digits: [UInt8]
  /// The decimal exponent of the value written 0.d1d2...
  let exponent: Int

  init(isNegative: Bool, digits: [UInt8], exponent: Int) {
    self.isNegative = isNegative
    self.digits = digits
    self.exponent = exponent
  }

  /// The digits of a binary number, correctly rounded.
  ///
  /// It takes the number, not its pointer: the pointer of a temporary may outlive it.
  ///
  /// - Parameter count: How many digits; 0 for as many as identify the value.
  /// - Precondition: the number is finite and not zero.
  init(_ value: Real, count: Int, rounding: Rounding) {
    precondition(value.binaryExponent != nil, "digits of a finite number other than 0")
    var exponent = 0
    guard
      let text = unsafe mpfr_get_str(nil, &exponent, 10, count, value.pointer, rounding.mode)
    else {
      preconditionFailure("MPFR could not allocate a string")
    }
    defer { unsafe mpfr_free_str(text) }
    var bytes = unsafe Array(String(cString: text).utf8)
    isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { bytes.removeFirst() }
    digits = bytes
    self.exponent = exponent
  }

  /// The digits of a fraction other than zero, rounded to nearest, ties to even.
  init(_ value: Rational, count: Int) {
    precondition(value.signum != 0 && count >= 1, "a fraction other than 0 and at least one digit")
    let (top, bottom) = (value.numerator.magnitude, value.denominator)
    // 10^(e-1) <= top/bottom < 10^e. With b the difference of the bit widths top/bottom < 2^(b+1),
    // so e <= floor((b + 1) log10(2)) + 1 <= ceil(b log10(2)) + 1: the guess is not too small.
    var e = Int((Double(top.bitWidth - bottom.bitWidth) * 0.301_029_995_663_981_2).rounded(.up)) + 1
    while top * Self.tenPower(max(0, 1 - e)) < bottom * Self.tenPower(max(0, e - 1)) { e -= 1 }
    // top/bottom * 10^(count - e) lies in [10^(count-1), 10^count).
    let shift = count - e
    let scaledTop = top * Self.tenPower(max(0, shift))
    let scaledBottom = bottom * Self.tenPower(max(0, -shift))
    var (quotient, remainder) = scaledTop.floorDivided(by: scaledBottom)
    remainder.multiply(by: 2)
    if remainder > scaledBottom || (remainder == scaledBottom && quotient.isOdd) { quotient += 1 }
    var text = Array(quotient.description.utf8)
    if text.count > count {
      text.removeLast()
      e += 1
    }
    self.init(isNegative: value.signum < 0, digits: text, exponent: e)
  }

  private static func tenPower(_ exponent: Int) -> Integer { Integer(10).power(exponent) }

  /// The exact value that the digits denote.
  var rational: Rational {
    var numerator = Integer(digits: String(decoding: digits, as: UTF8.self))
    if isNegative { numerator.negate() }
    let shift = exponent - digits.count
    return shift >= 0
      ? Rational(numerator * Self.tenPower(shift)) : Rational(numerator, Self.tenPower(-shift))
  }

  /// Whether the last digit is zero, so that a shorter decimal denotes the same value.
  var hasTrailingZeros: Bool { digits.count > 1 && digits.last == UInt8(ascii: "0") }

  /// The same value without trailing zeros.
  var withoutTrailingZeros: DecimalDigits {
    let end = digits.lastIndex { $0 != UInt8(ascii: "0") } ?? 0
    return DecimalDigits(isNegative: isNegative, digits: Array(digits[...end]), exponent: exponent)
  }

  /// Whether the value is a fraction of at most a million digits.
  var hasShortFraction: Bool { abs(exponent) <= 1_000_000 }

  /// Whether the value is 1.
  var isOne: Bool {
    exponent == 1 && withoutTrailingZeros.digits == [UInt8(ascii: "1")] && !isNegative
  }

  /// Whether the value is certainly not in an interval of numbers of its sign.
  ///
  /// A fraction with a long denominator is not made for it: the digits of both ends are compared,
  /// rounded outward, as many as `precision` bits give.
  func isOutside(_ interval: Enclosure, precision: Int) -> Bool {
    if abs(exponent) <= 1000 { return !interval.contains(rational) }
    // log10(2) > 0.3
    let count = max(digits.count, precision * 3 / 10)
    let lower = DecimalDigits(interval.lower, count: count, rounding: .down)
    let upper = DecimalDigits(interval.upper, count: count, rounding: .up)
    guard lower.exponent == exponent && upper.exponent == exponent else { return false }
    let padded = digits + [UInt8](repeating: UInt8(ascii: "0"), count: count - digits.count)
    let (small, large) =
      isNegative ? (upper.digits, lower.digits) : (lower.digits, upper.digits)
    return padded.lexicographicallyPrecedes(small) || large.lexicographicallyPrecedes(padded)
  }

  // MARK: - Text

  /// A plain decimal for exponents -5...20 of the form d.ddd, else d.ddde-x.
  var text: String {
    (-5...20).contains(exponent - 1) ? plain : scientific
  }

  private var sign: String { isNegative ? "-" : "" }

  private var plain: String {
    let body = String(decoding: digits, as: UTF8.self)
    if exponent <= 0 { return "\(sign)0.\(String(repeating: "0", count: -exponent))\(body)" }
    if exponent >= digits.count {
      return "\(sign)\(body)\(String(repeating: "0", count: exponent - digits.count))"
    }
    return "\(sign)\(body.prefix(exponent)).\(body.dropFirst(exponent))"
  }

  var scientific: String {
    let body = String(decoding: digits, as: UTF8.self)
    let point = digits.count > 1 ? "." : ""
    return "\(sign)\(body.prefix(1))\(point)\(body.dropFirst())e\(exponent - 1)"
  }
}
