// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Raising the working precision until a result is good enough.
///
/// What cancels in a computation is seen in its result. Ziv's strategy computes with a few spare
/// bits, looks, and computes again with more where they did not do (ACM TOMS 17, 1991).
package enum Refinement {
  /// What came of computing at one working precision.
  package enum Attempt<Result> {
    /// The result is good enough.
    case settled(Result)
    /// That many bits are missing; nil if nobody can tell, as where everything has cancelled.
    case missing(bits: Int?)
  }

  /// The spare bits at which a computation is given up, unless its caller says otherwise.
  package static let spareLimit = 1 << 24

  /// The first result that is good enough.
  ///
  /// What is missing is added to the working precision. Where nobody can tell what is missing, the
  /// working precision is doubled. At least 16 bits are added, and twice as many each time, so that
  /// there are few steps however slowly results improve.
  ///
  /// - Parameters:
  ///   - operation: What is computed, for the error's message.
  ///   - precision: The precision that the result is wanted for, in bits.
  ///   - spare: The bits beyond `precision` that the first attempt works with, at least 0.
  ///   - spareLimit: The spare bits at which it is given up.
  ///   - attempt: Computes at a working precision in bits.
  /// - Throws: `ConvergenceError` if no attempt below the limit was good enough; what `attempt`
  ///   throws.
  package static func result<Result>(
    of operation: @autoclosure () -> String, precision: Int, spare: Int,
    spareLimit: Int = spareLimit, attempt: (_ workingPrecision: Int) throws -> Attempt<Result>
  ) throws -> Result {
    precondition(spare >= 0, "spare bits are not negative")
    var (spare, least) = (spare, 16)
    while spare < spareLimit {
      switch try attempt(precision + spare) {
      case .settled(let result): return result
      case .missing(let bits): spare += max(bits ?? (precision + spare), least)
      }
      least *= 2
    }
    throw ConvergenceError(operation: operation(), precisionReached: precision + spare)
  }

  /// The first result that lacks no bits.
  ///
  ///     let tails = try Refinement.result(of: "a tail", precision: 100, spare: 16) { working in
  ///       sum.tails(precision: working)
  ///     } missing: {
  ///       $0.missingBits(relativePrecision: 100)
  ///     }
  ///
  /// - Parameters:
  ///   - operation: What is computed, for the error's message.
  ///   - precision: The precision that the result is wanted for, in bits.
  ///   - spare: The bits beyond `precision` that the first attempt works with, at least 0.
  ///   - spareLimit: The spare bits at which it is given up.
  ///   - compute: Computes at a working precision in bits.
  ///   - missing: Tells how many bits a result lacks: 0 if it is good enough, nil if nobody knows.
  /// - Throws: `ConvergenceError` if no result below the limit was good enough; what the closures
  ///   throw.
  package static func result<Result>(
    of operation: @autoclosure () -> String, precision: Int, spare: Int,
    spareLimit: Int = spareLimit, computing compute: (_ workingPrecision: Int) throws -> Result,
    missing: (Result) throws -> Int?
  ) throws -> Result {
    try result(of: operation(), precision: precision, spare: spare, spareLimit: spareLimit) {
      let result = try compute($0)
      let bits = try missing(result)
      return bits.map { $0 <= 0 } ?? false ? .settled(result) : .missing(bits: bits)
    }
  }

  /// The first enclosure whose relative width is at most 2^-precision, or that is exact.
  ///
  /// - Parameters:
  ///   - operation: What is computed, for the error's message.
  ///   - precision: The relative precision that is wanted, in bits.
  ///   - spare: The bits beyond `precision` that the first attempt works with, at least 0.
  ///   - spareLimit: The spare bits at which it is given up.
  ///   - compute: Encloses the number at a working precision in bits.
  /// - Throws: `ConvergenceError` if no enclosure below the limit was narrow enough; what `compute`
  ///   throws.
  package static func enclosure(
    of operation: @autoclosure () -> String, precision: Int, spare: Int,
    spareLimit: Int = spareLimit, computing compute: (_ workingPrecision: Int) throws -> Enclosure
  ) throws -> Enclosure {
    try result(
      of: operation(), precision: precision, spare: spare, spareLimit: spareLimit,
      computing: compute
    ) {
      $0.missingBits(relativePrecision: precision)
    }
  }
}

extension Enclosure {
  /// How many bits the relative width lacks to be at most 2^-precision: 0 if it is, nil if the
  /// interval reaches zero or infinity.
  package func missingBits(relativePrecision precision: Int) -> Int? {
    if isWithin(relativePrecision: precision) { return 0 }
    // With b accurate bits the width is at most 2^-b of the number: b is below the precision here.
    return accurateBits.map { precision - $0 }
  }
}
