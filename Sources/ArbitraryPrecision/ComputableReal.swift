// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A real number that can be enclosed as narrowly as asked.
///
/// Functions of this package that cannot return a fraction return one of these; printing it
/// raises the precision until both ends of its enclosure round to the same digits (Ziv, *Fast
/// evaluation of elementary mathematical functions with correctly rounded last bit*, ACM TOMS 17,
/// 1991), so every digit is right.
public struct ComputableReal: Sendable {
  /// Makes an enclosure whose relative width is at most 2^-precision, or that is exact.
  public typealias Enclose = @Sendable (_ precision: Int) throws -> Enclosure
  /// Decides whether the number equals a fraction.
  public typealias Decide = @Sendable (_ candidate: Rational) throws -> Bool
  /// Computes the number as a fraction.
  public typealias Evaluate = @Sendable () throws -> Rational

  private enum Kind {
    case exact(Rational)
    case negativeInfinity
    case refinable(Enclose, Decide, Evaluate?)
    case tail(CertifiedTail)
  }

  private let kind: Kind

  private init(kind: Kind) { self.kind = kind }

  /// A fraction.
  public init(_ exact: Rational) { kind = .exact(exact) }

  /// A number other than zero given by its enclosures.
  ///
  /// - Parameters:
  ///   - enclosure: Encloses the number with a relative width of at most 2^-precision.
  ///   - fraction: Computes the number as a fraction; nil where it is none, or nobody can.
  ///   - isExactly: Decides whether the number equals a fraction that no enclosure could exclude;
  ///     it is asked only when the decimals cannot be settled otherwise.
  public init(
    enclosure: @escaping Enclose, fraction: Evaluate? = nil, isExactly: @escaping Decide
  ) {
    kind = .refinable(enclosure, isExactly, fraction)
  }

  /// A number that is known to be no fraction, given by its enclosures as above.
  package init(irrational enclosure: @escaping Enclose) {
    self.init(enclosure: enclosure, isExactly: { _ in false })
  }

  /// A probability or, if `isComplement`, one minus it; if there is a base, its logarithm.
  init(
    _ probability: some CertifiedProbability, _ base: LogarithmBase? = nil,
    isComplement: Bool = false
  ) {
    guard let certain = probability.certain else {
      kind = .tail(
        CertifiedTail(probability: probability, base: base, isComplement: isComplement))
      return
    }
    switch (certain != isComplement, base) {
    case (true, nil): kind = .exact(1)
    case (false, nil), (true, _?): kind = .exact(0)
    case (false, _?): kind = .negativeInfinity
    }
  }

  /// The logarithm of zero.
  public static let negativeInfinity = ComputableReal(kind: .negativeInfinity)

  /// Whether this is the logarithm of zero.
  public var isNegativeInfinity: Bool {
    if case .negativeInfinity = kind { return true }
    return false
  }

  /// The number as a fraction, if it was given as one.
  public var exact: Rational? {
    if case .exact(let value) = kind { return value }
    return nil
  }

  /// The number as a fraction, computed if need be.
  ///
  /// - Throws: `DomainError` where it is none or is not known as one; what computing it throws.
  public func fraction() throws -> Rational {
    switch kind {
    case .exact(let value): return value
    case .refinable(_, _, let fraction?): return try fraction()
    case .tail(let tail):
      if let fraction = try tail.fraction() { return fraction }
    case .negativeInfinity, .refinable: break
    }
    throw DomainError(
      parameter: "fraction", value: "irrational or not known as a fraction",
      requirement: "must be of a rational number")
  }

  /// An enclosure whose relative width is at most 2^-precision, or that is exact.
  ///
  /// - Precondition: `precision` is at least 1.
  /// - Throws: What the number's own computation throws; `DomainError` for minus infinity.
  public func enclosure(precision: Int) throws -> Enclosure {
    precondition(precision >= 1, "an enclosure has a precision of at least 1 bit")
    switch kind {
    case .exact(let value):
      // At p + 1 bits neighbours differ by at most 2^-p of the smaller one.
      return Enclosure(value, precision: precision + 1)
    case .negativeInfinity:
      throw DomainError(
        parameter: "enclosure", value: "minus infinity", requirement: "must be of a finite number")
    case .refinable(let enclose, _, _):
      return try enclose(precision)
    case .tail(let tail):
      return try tail.enclosure(precision: precision)
    }
  }

  /// Whether the number equals `candidate`.
  public func isExactly(_ candidate: Rational) throws -> Bool {
    switch kind {
    case .exact(let value): value == candidate
    case .negativeInfinity: false
    case .refinable(_, let decide, _): try decide(candidate)
    case .tail(let tail): try tail.isExactly(candidate)
    }
  }

  // MARK: - Decimal output

  /// Bits beyond its digits that a number is first asked for: of 2^16 numbers about one is so near
  /// to the middle between two decimals that it is asked for more.
  private static let roundingBits = 16

  /// The bits that so many digits have, rounded up: log2(10) < 3.32193.
  private static func bits(significantDigits count: Int) -> Int {
    Int((Double(count) * 3.32193).rounded(.up))
  }

  /// The precision that printing so many digits asks for first.
  package static func precision(significantDigits count: Int) -> Int {
    bits(significantDigits: count) + roundingBits
  }

  /// The precision that printing so many digits of a probability and of its logarithm asks of both
  /// tails first.
  package static func tailPrecision(significantDigits count: Int) -> Int {
    precision(significantDigits: count) + CertifiedTail.spareBits
  }

  /// The number rounded to a count of significant digits: to nearest, ties to even.
  ///
  /// Plain decimals for exponents -5...20, else `d.ddde-x`; trailing zeros are dropped only when
  /// the decimal equals the number. The logarithm of zero is `-inf`.
  ///
  /// - Parameter significantDigits: How many, at least 1.
  /// - Throws: What the number's own computation throws.
  public func decimal(significantDigits: Int) throws -> String {
    precondition(significantDigits >= 1, "at least one significant digit")
    switch kind {
    case .negativeInfinity:
      return "-inf"
    case .exact(let value):
      guard value.signum != 0 else { return "0" }
      let narrow = Enclosure(value, precision: 128).words
      if let text = narrow?.decimal(significantDigits: significantDigits) { return text }
      let digits = DecimalDigits(value, count: significantDigits)
      return (digits.rational == value ? digits.withoutTrailingZeros : digits).text
    case .refinable, .tail:
      return try refinedDecimal(significantDigits)
    }
  }

  /// Ziv's loop. At each precision either both ends round to the same digits, or the number is
  /// within the enclosure's width of a tie between two decimals. What hundreds of bits beyond the
  /// digits cannot tell apart, a tie or a decimal with trailing zeros, the exact value settles.
  private func refinedDecimal(_ count: Int) throws -> String {
    let needed = Self.bits(significantDigits: count)
    let patience = 400 + min(needed, 400)
    var isTieExcluded = false
    return try Refinement.result(
      of: "rounding to \(count) digits", precision: needed, spare: Self.roundingBits
    ) { working in
      let x = try enclosure(precision: working)
      if let text = x.words?.decimal(significantDigits: count) { return .settled(text) }
      precondition(x.lower.signum == x.upper.signum && x.lower.signum != 0, "an enclosure off zero")
      let low = DecimalDigits(x.lower, count: count, rounding: .nearest)
      let high = DecimalDigits(x.upper, count: count, rounding: .nearest)
      let spare = working - needed
      let isPatienceOver = spare >= patience
      if low == high {
        // Without trailing zeros the text is the same whether or not the decimal is exact.
        if !low.hasTrailingZeros || low.isOutside(x, precision: working) {
          return .settled(low.text)
        }
        // Probabilities come close to 1 without reaching it, and know that they do not.
        if isPatienceOver || low.isOne {
          // The zeros may stand where nobody can tell in time whether the decimal is exact.
          let isExact = try low.hasShortFraction && isExactly(low.rational)
          return .settled((isExact ? low.withoutTrailingZeros : low).text)
        }
      } else if isPatienceOver && !isTieExcluded && low.hasShortFraction {
        let tie = (low.rational + high.rational) / 2
        if try x.contains(tie) && isExactly(tie) {
          return .settled(DecimalDigits(tie, count: count).text)
        }
        isTieExcluded = true
      }
      // What twice the spare bits do not settle is hardly ever but a tie or a short decimal.
      return .missing(bits: spare < 2 * Self.roundingBits ? spare : max(spare, patience - spare))
    }
  }
}
