// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// ln 2, rounded.
package let ln2 = 0.693_147_180_559_945_3

extension Int {
  /// How many bits a number that is not negative has.
  @usableFromInline package var bitLength: Int { Int.bitWidth - leadingZeroBitCount }

  /// The positions of the bits that are set.
  package var setBits: [Int] { (0..<Int.bitWidth).filter { self >> $0 & 1 == 1 } }
}

extension Integer {
  /// The positions of the bits that are set in a number that is not negative.
  package var setBits: [Int] { int?.setBits ?? (0..<bitWidth).filter { bit($0) } }

  /// The value times 2^-unit, up to a rounding.
  package func scaledDouble(_ unit: Int) -> Double {
    let (mantissa, exponent) = scaledApproximation
    return mantissa * .powerOfTwo(exponent - unit)
  }

  /// The nearest `Double`, up to a rounding: for planning only.
  package var double: Double { scaledApproximation.exponent > 1023 ? .infinity : scaledDouble(0) }

  /// ln of a positive integer, approximately: for planning.
  package var naturalLogarithm: Double {
    let (mantissa, exponent) = scaledApproximation
    return log(mantissa) + Double(exponent) * ln2
  }

  /// log10 of a positive integer, approximately: for messages.
  package var decimalLogarithm: Double {
    let (mantissa, exponent) = scaledApproximation
    return log10(mantissa) + Double(exponent) * 0.301_029_995_663_981_2
  }
}

extension Double {
  /// 2^exponent, 0 or infinity beyond the range of `Double`.
  package static func powerOfTwo(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }
}
