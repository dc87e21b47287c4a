// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport

@testable import Training

/// Random numbers, vectors and matrices for tests.
struct RandomNumbers {
  private var generator: SplitMix64

  /// Numbers that differ from those of other salts.
  init(_ salt: UInt64, seed: UInt64 = RandomTests.seed) {
    generator = SplitMix64(keys: seed, salt)
  }

  /// A number in [-1, 1].
  mutating func next() -> Float { Float(generator.uniform(-1, 1)) }

  /// A whole number of the range.
  mutating func index(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + generator.index(below: range.count)
  }

  /// A vector of numbers in [-1, 1].
  mutating func vector(_ count: Int) -> FloatVector {
    let vector = FloatVector(count: count)
    for index in 0..<count { vector[index] = next() }
    return vector
  }

  /// A matrix of numbers in [-1, 1].
  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(vector(rows * columns), rows: rows, columns: columns)
  }
}

extension InstructionSet {
  /// Those that this machine can run, those that give the same bits together.
  static var availableByArithmetic: [[InstructionSet]] {
    allCases.map { arithmetic in available.filter { $0.arithmetic == arithmetic } }
      .filter { !$0.isEmpty }
  }
}

extension Engine {
  /// Every instruction set with one thread and with three, which divides work unevenly.
  static var variants: [Engine] {
    InstructionSet.available.flatMap { set in
      [1, 3].map { Engine(instructionSet: set, threadCount: $0) }
    }
  }
}

/// A bound of the relative error of a sum of `count` products in any order: gamma_n = n u / (1 - n
/// u), u = 2^-24, relative to the sum of magnitudes (N. Higham, *Accuracy and stability of
/// numerical algorithms*, 2nd ed., section 3.1); fused or not.
func roundingBound(_ count: Int) -> Double {
  let product = Double(count) * 0x1p-24
  return product / (1 - product)
}

/// Whether all `count` comparisons hold: one expectation for many numbers, for an expectation costs
/// more than what it compares.
func allHold(_ count: Int, _ comparison: (Int) -> Bool) -> Bool {
  (0..<count).allSatisfy(comparison)
}
