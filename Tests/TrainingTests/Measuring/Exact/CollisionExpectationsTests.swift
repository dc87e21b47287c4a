// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Measurements
import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct CollisionExpectationsTests {
  /// E ln(1 + B), B binomial, term by term.
  private func logarithm(_ count: Int, _ share: Double) -> Double {
    (0...count).reduce(0) { total, m in
      let (n, k) = (Double(count), Double(m))
      let choices = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
      return total + exp(choices + k * log(share) + (n - k) * log1p(-share)) * log(1 + k)
    }
  }

  @Test(arguments: [[4, 4], [1, 2, 3, 94], [5, 5, 5, 1, 1], [1000, 1]])
  func `terms are those of the binomial laws`(sizes: [Int]) throws {
    let counts = [1, 2, 31, 255]
    let total = Double(sizes.reduce(0, +))
    for set in InstructionSet.available {
      let found = CollisionExpectations.means(
        classSizes: sizes, negativeCounts: counts, kernels: set.kernels)
      for (index, count) in counts.enumerated() {
        let shares = sizes.map { Double($0) / total }
        let term = shares.reduce(0) { $0 + $1 * logarithm(count, $1) }
        let free = shares.reduce(0) { $0 + $1 * pow(1 - $1, Double(count)) }
        #expect(abs(try #require(found[index][.collisionTerm]) - term) < 1e-11)
        #expect(abs(try #require(found[index][.collisionRate]) - (1 - free)) < 1e-13)
      }
    }
  }

  @Test func `one class collides always`() throws {
    let found = CollisionExpectations.means(
      classSizes: [9], negativeCounts: [1, 1_000_000_000], kernels: InstructionSet.best.kernels)
    #expect(found.allSatisfy { $0[.collisionRate] == 1 })
    #expect(abs(try #require(found[0][.collisionTerm]) - log(2)) < 1e-12)
    #expect(abs(try #require(found[1][.collisionTerm]) - log(1e9 + 1)) < 1e-11)
  }

  @Test func `CIFAR-10 with 31 negatives has its published term`() throws {
    let found = CollisionExpectations.means(
      classSizes: [Int](repeating: 5000, count: 10), negativeCounts: [31],
      kernels: InstructionSet.best.kernels)
    // By `upsilon collision --dataset cifar-10 --negatives 31`.
    #expect(abs(try #require(found[0][.collisionTerm]) - 1.31689) < 5e-6)
    #expect(abs(try #require(found[0][.collisionRate]) - 0.961848) < 5e-7)
  }
}
