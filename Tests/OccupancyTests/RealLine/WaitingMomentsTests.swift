// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) import ArbitraryPrecision
import Synchronization
import Testing

@testable import Occupancy

struct WaitingMomentsTests {
  /// Of mean 3 and variance 2, which no fraction tells.
  private final class Counted: CertifiedMoments {
    let memo = Memo<WaitingMoments>()
    let varianceBits = 64
    let count = Mutex(0)
    var exact: ExactWaitingMoments? { nil }

    func decided() throws -> ExactWaitingMoments { ExactWaitingMoments(mean: 3, variance: 2) }

    func moments(bits: Int) throws -> WaitingMoments {
      count.withLock { $0 += 1 }
      return WaitingMoments(mean: Enclosure(3), rising: Enclosure(14))
    }
  }

  @Test func `mean and deviation are computed once, whatever the precision`() throws {
    for precision in 1...300 {
      let moments = Counted()
      let mean = try moments.certifiedMean.enclosure(precision: precision)
      let deviation = try moments.certifiedVariance.squareRoot.enclosure(precision: precision)
      #expect(mean.contains(3))
      #expect(deviation.isWithin(relativePrecision: precision))
      #expect(moments.count.withLock { $0 } == 1, "\(precision) bits")
    }
  }
}
