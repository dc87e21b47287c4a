// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

@Suite struct RefinementTests {
  /// The working precisions that were tried, each result being as many bits.
  private func attempts(
    precision: Int, spare: Int, missing: (Int) -> Int?
  ) throws -> [Int] {
    var attempts: [Int] = []
    let last = try Refinement.result(of: "a test", precision: precision, spare: spare) {
      attempts.append($0)
      return $0
    } missing: {
      missing($0)
    }
    #expect(last == attempts.last)
    return attempts
  }

  @Test func `the first result is kept if it lacks nothing`() throws {
    #expect(try attempts(precision: 100, spare: 8) { _ in 0 } == [108])
    #expect(try attempts(precision: 100, spare: 0) { _ in -3 } == [100])
  }

  @Test func `an attempt that is settled ends it`() throws {
    let square = try Refinement.result(of: "a test", precision: 10, spare: 1) {
      $0 < 100 ? .missing(bits: nil) : .settled($0 * $0)
    }
    // 11, 27, 59 and 123 bits.
    #expect(square == 123 * 123)
  }

  @Test func `what is missing is added, and at least 16, 32, 64 ... bits`() throws {
    #expect(try attempts(precision: 100, spare: 8) { max(0, 400 - $0) } == [108, 400])
    let slow = try attempts(precision: 100, spare: 8) { $0 < 230 ? 1 : 0 }
    #expect(slow == [108, 124, 156, 220, 348])
  }

  @Test func `the working precision is doubled where nobody knows what is missing`() throws {
    #expect(try attempts(precision: 50, spare: 10) { $0 < 400 ? nil : 0 } == [60, 120, 240, 480])
  }

  @Test func `it is given up at the limit`() {
    var count = 0
    let error = #expect(throws: ConvergenceError.self) {
      try Refinement.result(of: "a test", precision: 7, spare: 4, spareLimit: 100) { _ in
        count += 1
      } missing: {
        1
      }
    }
    // 4, 20, 52 and 116 spare bits.
    #expect(error == ConvergenceError(operation: "a test", precisionReached: 123) && count == 3)
    #expect(throws: ConvergenceError.self) {
      try Refinement.enclosure(of: "a test", precision: 7, spare: 4) { _ in
        Enclosure(lower: Real(1), upper: Real(2))
      }
    }
  }

  @Test func `differences that cancel are enclosed as narrowly as asked`() throws {
    try forRandomInput(100) { random in
      let x = random.nonzeroRational(bits: 60)
      let gap = powerOfTwo(-random.int(0...300)) / 3
      let precision = random.int(1...200)
      let value = try Refinement.enclosure(of: "a test", precision: precision, spare: 2) {
        Enclosure(x + gap, precision: $0).subtracting(Enclosure(x, precision: $0), precision: $0)
      }
      #expect(value.contains(gap) && value.isWithin(relativePrecision: precision), random.note)
    }
  }

  @Test func `missing bits are none exactly if the enclosure is narrow enough`() {
    forRandomInput(300) { random in
      let a = random.nonzeroRational(bits: 40)
      let b = a + random.rational(bits: 8) * powerOfTwo(-random.int(0...60))
      let value = Enclosure(
        lower: Real(min(a, b), precision: 100, rounding: .down),
        upper: Real(max(a, b), precision: 100, rounding: .up))
      for precision in [1, 10, 30, 60] {
        let missing = value.missingBits(relativePrecision: precision)
        #expect((missing == 0) == value.isWithin(relativePrecision: precision), random.note)
        #expect(missing.map { $0 >= 0 } ?? (value.accurateBits == nil), random.note)
      }
    }
  }

  @Test func `errors are passed on`() {
    struct Failure: Error {}
    #expect(throws: Failure.self) {
      try Refinement.enclosure(of: "a test", precision: 7, spare: 4) { _ in throw Failure() }
    }
  }

  @Test func `spare bits are not negative`() async {
    await #expect(processExitsWith: .failure) {
      _ = try Refinement.enclosure(of: "a test", precision: 7, spare: -1) { _ in Enclosure(1) }
    }
  }
}
