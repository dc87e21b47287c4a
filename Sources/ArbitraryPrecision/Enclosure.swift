// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// An interval [lower, upper] that provably contains the number it stands for.
///
/// An infinite end says that nothing is known on that side.
public struct Enclosure: Sendable {
  private enum Ends {
    case numbers(lower: Real, upper: Real)
    case words(WordInterval)
  }

  private let ends: Ends

  /// The interval between two bounds.
  ///
  /// - Precondition: `lower` is not above `upper`.
  public init(lower: Real, upper: Real) {
    precondition(lower <= upper, "the lower end of an Enclosure is not above its upper end")
    ends = .numbers(lower: lower, upper: upper)
  }

  /// An interval of fixed size: its ends become numbers when somebody asks for them.
  package init(_ words: WordInterval) { ends = .words(words) }

  /// A number not above the enclosed one.
  public var lower: Real { bounds.lower }

  /// A number not below the enclosed one.
  public var upper: Real { bounds.upper }

  private var bounds: (lower: Real, upper: Real) {
    switch ends {
    case .numbers(let lower, let upper): (lower, upper)
    case .words(let words): words.ends
    }
  }

  /// An interval of fixed size that holds this one and is hardly wider; nil if there is none.
  var words: WordInterval? {
    switch ends {
    case .numbers(let lower, let upper): WordInterval(from: lower, through: upper)
    case .words(let words): words
    }
  }

  /// Pointers to both ends.
  @unsafe
  struct Pointers {
    let lower, upper: mpfr_ptr
  }

  /// Runs `body` with pointers to both ends, which live until it returns.
  func withPointers<R>(_ body: (Pointers) -> R) -> R {
    let (lower, upper) = bounds
    return withExtendedLifetime((lower, upper)) {
      unsafe body(Pointers(lower: lower.pointer, upper: upper.pointer))
    }
  }

  /// The interval that holds one machine integer only.
  public init(_ value: Int) {
    let value = Real(value)
    self.init(lower: value, upper: value)
  }

  /// The narrowest interval of `precision` bits around a fraction.
  public init(_ value: Rational, precision: Int) {
    self.init(
      lower: Real(value, precision: precision, rounding: .down),
      upper: Real(value, precision: precision, rounding: .up))
  }

  /// Whether a fraction lies in the interval: decided exactly.
  public func contains(_ value: Rational) -> Bool {
    lower.compare(value) <= 0 && upper.compare(value) >= 0
  }

  /// Whether the two intervals have a point in common.
  public func overlaps(_ other: Enclosure) -> Bool {
    lower <= other.upper && other.lower <= upper
  }

  /// Whether both ends are the same number.
  public var isExact: Bool { lower == upper }

  /// Whether every point is greater than zero.
  public var isPositive: Bool { lower.signum > 0 }

  /// Whether every point of an interval of positive numbers is below 2^exponent.
  package func isBelow(powerOfTwo exponent: Int) -> Bool {
    switch ends {
    case .numbers(_, let upper): (upper.binaryExponent ?? .max) <= exponent
    case .words(let words): words.exponent + 128 <= exponent
    }
  }

  /// The width, rounded up to 64 bits.
  public var width: Real {
    if isExact { return Real(0) }
    let result = Accumulator(precision: 64)
    _ = unsafe withPointers { unsafe mpfr_sub(result.pointer, $0.upper, $0.lower, MPFR_RNDU) }
    return Real(result)
  }

  /// Whether the width is at most 2^-precision times the smallest absolute value in the interval.
  public func isWithin(relativePrecision precision: Int) -> Bool {
    if case .words(let words) = ends { return words.isWithin(relativePrecision: precision) }
    if isExact { return true }
    guard lower.signum == upper.signum, lower.signum != 0 else { return false }
    var bound = Accumulator(precision: 64)
    let smallest = lower.signum > 0 ? lower : upper
    unsafe mpfr_abs(bound.pointer, smallest.pointer, MPFR_RNDD)
    bound.scale(byPowerOfTwo: -precision)
    return width <= Real(bound)
  }

  /// The largest b found for which the width is at most 2^-b times the smallest absolute value in
  /// the interval; `Int.max` if it is one number, nil if it reaches zero or infinity.
  public var accurateBits: Int? {
    if isExact { return .max }
    guard lower.signum == upper.signum, lower.signum != 0,
      let size = (lower.signum > 0 ? lower : upper).binaryExponent, let w = width.binaryExponent
    else { return nil }
    // width < 2^w and the smallest absolute value is at least 2^(size - 1).
    return size - 1 - w
  }
}

extension Enclosure: CustomStringConvertible {
  /// Both ends, for debugging.
  public var description: String { "[\(lower), \(upper)]" }
}
