// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The types of floating-point numbers that NPY files of features may have: 16, 32 or 64 bits, in
/// either order of bytes.
struct FloatType: Equatable {
  /// Bytes of a number: 2, 4 or 8.
  let size: Int
  let isBigEndian: Bool

  /// The type that NPY calls by `text`, such as `<f4`; nil for any other type.
  init?(_ text: String) {
    let parts = Array(text)
    guard parts.count == 3, "<>".contains(parts[0]), parts[1] == "f",
      let size = parts[2].wholeNumberValue, [2, 4, 8].contains(size)
    else { return nil }
    self.size = size
    isBigEndian = parts[0] == ">"
  }

  /// The type of numbers of 2, 4 or 8 bytes in the machine's own order.
  init(nativeSize size: Int) {
    precondition([2, 4, 8].contains(size), "a float of \(size) bytes")
    self.size = size
    isBigEndian = 1.bigEndian == 1
  }

  /// Converts numbers to double precision, which holds all of them exactly.
  ///
  /// - Parameters:
  ///   - bytes: `count * size` bytes, at any address.
  ///   - values: (count); receives the numbers.
  func convert(
    _ bytes: UnsafeRawPointer, count: Int, into values: UnsafeMutablePointer<Double>
  ) {
    switch size {
    case 8:
      for i in 0..<count {
        let bits = unsafe bytes.loadUnaligned(fromByteOffset: 8 * i, as: UInt64.self)
        unsafe values[i] = Double(bitPattern: isBigEndian ? bits.bigEndian : bits.littleEndian)
      }
    case 4:
      for i in 0..<count {
        let bits = unsafe bytes.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)
        unsafe values[i] = Double(
          Float(bitPattern: isBigEndian ? bits.bigEndian : bits.littleEndian))
      }
    default:
      for i in 0..<count {
        let bits = unsafe bytes.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self)
        unsafe values[i] = Self.half(isBigEndian ? bits.bigEndian : bits.littleEndian)
      }
    }
  }

  /// The number of 16 bits: a sign, 5 bits of exponent, 10 bits of fraction (IEEE 754, binary16).
  static func half(_ bits: UInt16) -> Double {
    let (exponent, fraction) = (Int(bits >> 10 & 0x1F), Double(bits & 0x3FF))
    let sign = bits >> 15 == 0 ? 1.0 : -1.0
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      return sign * Double(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
    }
  }
}
