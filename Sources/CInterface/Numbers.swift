// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Names are those of C.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import ArbitraryPrecision
internal import CUpsilon

typealias NumberBox = Box<ComputableReal>

/// The most digits and bits that are served.
private let digitLimit = 1_000_000

/// `upsilon_1_number_of` of upsilon.h.
@c @implementation
public func upsilon_1_number_of(
  _ distribution: OpaquePointer, _ quantity: Int32, _ n: Int64, _ result: CObject,
  _ message: CText?
) -> Int32 {
  unsafe code(message) {
    let number = try unsafe DistributionBox.value(at: distribution)
      .checkedNumber(Quantity(checking: quantity), Int(n))
    unsafe result.pointee = NumberBox.pointer(to: number)
  }
}

/// `upsilon_1_double` of upsilon.h.
@c @implementation
public func upsilon_1_double(
  _ distribution: OpaquePointer, _ quantity: Int32, _ n: Int64,
  _ value: UnsafeMutablePointer<Double>, _ message: CText?
) -> Int32 {
  unsafe code(message) {
    unsafe value.pointee = try DistributionBox.value(at: distribution)
      .double(Quantity(checking: quantity), Int(n))
  }
}

/// `upsilon_1_number_double` of upsilon.h.
@c @implementation
public func upsilon_1_number_double(
  _ number: OpaquePointer, _ value: UnsafeMutablePointer<Double>,
  _ error: UnsafeMutablePointer<Double>?, _ message: CText?
) -> Int32 {
  unsafe code(message) {
    let number = unsafe NumberBox.value(at: number)
    let double = try number.double
    unsafe value.pointee = double
    unsafe error?.pointee = roundingError(number, double)
  }
}

/// How far the nearest double may be from a number: half the distance to its neighbour away from
/// zero; 0 if both are the same for certain.
private func roundingError(_ number: ComputableReal, _ double: Double) -> Double {
  if number.isNegativeInfinity { return 0 }
  guard double.isFinite else { return .infinity }
  if let exact = number.exact, exact == Real(double).rational { return 0 }
  return max(double.ulp / 2, .leastNonzeroMagnitude)
}

/// `upsilon_1_number_decimal` of upsilon.h.
@c @implementation
public func upsilon_1_number_decimal(
  _ number: OpaquePointer, _ digits: Int64, _ text: CText, _ message: CText?
) -> Int32 {
  unsafe code(message) {
    try DomainError.check(
      (1...Int64(digitLimit)).contains(digits), "digits", digits,
      "must be from 1 to \(digitLimit)")
    unsafe text.set(try NumberBox.value(at: number).decimal(significantDigits: Int(digits)))
  }
}

/// `upsilon_1_number_fraction` of upsilon.h.
@c @implementation
public func upsilon_1_number_fraction(
  _ number: OpaquePointer, _ text: CText, _ message: CText?
) -> Int32 {
  unsafe code(message) { unsafe text.set("\(try NumberBox.value(at: number).fraction())") }
}

/// `upsilon_1_number_enclosure` of upsilon.h.
@c @implementation
public func upsilon_1_number_enclosure(
  _ number: OpaquePointer, _ bits: Int64, _ lower: CText, _ upper: CText, _ message: CText?
) -> Int32 {
  unsafe code(message) {
    try DomainError.check(
      (1...Int64(digitLimit)).contains(bits), "bits", bits, "must be from 1 to \(digitLimit)")
    let enclosure = try unsafe NumberBox.value(at: number).enclosure(precision: Int(bits))
    unsafe lower.set("\(enclosure.lower.rational)")
    unsafe upper.set("\(enclosure.upper.rational)")
  }
}
