// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// How the powers g^w of an increasing list of weights follow from one another.
///
/// The gap between neighbours is a sum of powers of two, so g^gap is a product of squarings g, g^2,
/// g^4, ... made once for each point. Class sizes of real data have small gaps, one or two products
/// each. Where the gaps are long (probabilities with large denominators) an exponential of w z
/// costs less.
///
/// Rounding errors of a chain of products add up, so every eighth weight is an anchor: its power
/// follows from the anchor before, at a higher precision.
struct WeightSteps: Sendable {
  enum Kind {
    /// The power before, times squarings.
    case products
    /// The anchor before, times squarings; becomes an anchor.
    case anchor
    /// e^(w z); becomes an anchor.
    case exponential
  }

  struct Step {
    let kind: Kind
    /// Where `bits` lists the squarings.
    let range: Range<Int>
  }

  let steps: [Step]
  /// i for a factor g^(2^i).
  let bits: [Int]
  let squaringCount: Int
  /// For each weight, an estimate of what its power errs by, in units of the last place.
  let roundings: [Double]

  /// What an exponential costs in products at a few hundred bits, measured.
  private static let exponentialCost = 26
  private static let anchorInterval = 8

  /// - Parameter weights: Positive and increasing.
  init(weights: [Integer], sampling: SamplingScheme) {
    var (steps, bits, roundings) = ([Step](), [Int](), [Double]())
    var (previous, anchor): (Integer, Integer) = (0, 0)
    var squaringCount = 1
    var sinceAnchor = Self.anchorInterval
    var errors = 0.0
    for weight in weights {
      let gap = Self.bits(weight - previous)
      let length = (gap.last ?? 0) + 1
      let start = bits.count
      let kind: Kind
      // Only e^z has a power without repeated products; squarings are shared by all gaps.
      if sampling == .withReplacement && gap.count + length / 4 > Self.exponentialCost {
        kind = .exponential
      } else if sinceAnchor == Self.anchorInterval {
        kind = .anchor
        bits += Self.bits(weight - anchor)
      } else {
        kind = .products
        bits += gap
      }
      for bit in bits[start...] { squaringCount = max(squaringCount, bit + 1) }
      steps.append(Step(kind: kind, range: start..<bits.count))
      if kind == .products {
        sinceAnchor += 1
        // A complex product errs by sqrt(5) units, and a squaring is rounded once.
        errors += Double(gap.count) * 3.24
      } else {
        sinceAnchor = 1
        anchor = weight
        errors = 1
      }
      roundings.append(errors)
      previous = weight
    }
    (self.steps, self.bits, self.roundings) = (steps, bits, roundings)
    self.squaringCount = squaringCount
  }

  /// The positions of the bits that are set in a positive integer.
  private static func bits(_ x: Integer) -> [Int] {
    if let word = x.int { return (0..<Int.bitWidth - 1).filter { word >> $0 & 1 == 1 } }
    return (0..<x.bitWidth).filter { x.bit($0) }
  }
}
