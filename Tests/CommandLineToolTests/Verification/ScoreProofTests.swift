// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Testing

@testable import CommandLineTool

@Suite struct ScoreProofTests {
  /// The proof of a certificate of scripts/certificates.jsonl, for equally likely classes.
  private func proof(classes: Int, negatives: Int, lambda: Double, nu: Double) -> ScoreProof {
    let share = Rational(1, classes)
    let rest = Double(classes - 2)
    return ScoreProof(
      function: PairIntegral(own: share, other: share, negatives: negatives), sumY: 1, sumX: rest,
      spreadY: nu, spreadX: nu * rest, multiplier: lambda, end: 54.598_150_033_144_24)
  }

  /// Lines of that file: lambda, nu and w.
  static let known: [(classes: Int, negatives: Int, numbers: [(Double, Int)])] = [
    (10, 15, [(1_504_100_497_673, 40), (5_077_288_347, 39), (-1_469_799_025_795, 40)]),
    (4, 15, [(627_670_962_469, 39), (2_120_397_265, 39), (-959_913_073_169, 39)]),
    (10, 31, [(4_987_852_617, 32), (4_791_368_267, 40), (-113_969_811_383, 36)]),
  ]

  @Test("Certificates hold, and do not hold by a little less", arguments: known)
  func certificates(classes: Int, negatives: Int, numbers: [(Double, Int)]) {
    let values = numbers.map { Double(sign: .plus, exponent: -$0.1, significand: $0.0) }
    let (lambda, nu, w) = (values[0], values[1], values[2])
    let proof = proof(classes: classes, negatives: negatives, lambda: lambda, nu: nu)
    #expect(proof.proof(w) == .proven)
    #expect(proof.proof(w + 1) == .proven)
    for less in [1e-8, 1e-3, 1] {
      guard case .disproven(let x, let y) = proof.proof(w - less) else {
        Issue.record("not refuted by \(less)")
        continue
      }
      #expect(0 <= x && x <= y)
    }
  }

  @Test("A mean of maxima is bounded whatever was found of them first")
  func mean() {
    let parts = (0..<3).map { _ in proof(classes: 4, negatives: 15, lambda: 1.14, nu: 0.004) }
    // The maximum of one, by bisection of what is proven.
    var (low, high) = (-3.0, 0.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if parts[0].proof(middle) == .proven { high = middle } else { low = middle }
    }
    let three = [0.5, 0.25, 0.25].enumerated().map { (share: $1, pairs: [parts[$0]]) }
    #expect(ScoreProof.proof(three, high + 1e-9) == .proven)
    #expect(ScoreProof.proof(three, high - 1e-7) != .proven)
  }

  @Test("One negative makes a line of the loss in ln(1 + y)")
  func oneNegative() {
    let function = PairIntegral(own: Rational(1, 10), other: Rational(1, 10), negatives: 1)
    let proof = LossProof(function: function, slope: 0.1, end: 400)
    let maximum = -0.1 * 0.693_147_180_559_945_3
    #expect(proof.proof(maximum + 1e-13) == .proven)
    #expect(proof.proof(maximum - 1e-13) != .proven)
  }
}
