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
    unsafe digits.withUnsafeBufferPointer {
      unsafe Self.text($0, exponent: exponent, isNegative: isNegative)
    }
  }

  var scientific: String {
    unsafe digits.withUnsafeBufferPointer {
      unsafe Self.text($0, exponent: exponent, isNegative: isNegative, isPlain: false)
    }
  }

  /// The text of digits in ASCII, one at least.
  static func text(
    _ digits: UnsafeBufferPointer<UInt8>, exponent: Int, isNegative: Bool, isPlain: Bool? = nil
  ) -> String {
    let (count, isPlain) = (digits.count, isPlain ?? (-5...20).contains(exponent - 1))
    // What stands before the point: zeros are filled in on either side of a plain decimal's digits.
    let whole = isPlain ? max(exponent, 0) : 1
    let power = isPlain ? "" : "e\(exponent - 1)"
    let (before, after) = isPlain ? (max(1 - exponent, 0), max(exponent - count, 0)) : (0, 0)
    let capacity = 2 + before + count + after + power.utf8.count
    return unsafe String(unsafeUninitializedCapacity: capacity) { bytes in
      var end = 0
      func append(_ byte: UInt8) {
        unsafe bytes[end] = byte
        end += 1
      }
      if isNegative { append(UInt8(ascii: "-")) }
      for i in 0..<before {
        append(UInt8(ascii: "0"))
        if i == 0 { append(UInt8(ascii: ".")) }
      }
      for i in 0..<count {
        if i > 0 && i == whole { append(UInt8(ascii: ".")) }
        append(unsafe digits[i])
      }
      for _ in 0..<after { append(UInt8(ascii: "0")) }
      for byte in power.utf8 { append(byte) }
      return end
    }
  }
}
