// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Testing

@Suite struct OperationCostTests {
  /// From below the first bits of the table to far beyond its last, a sixteenth at a time.
  private static let sizes = (0...600).map { 32 * (0..<$0).reduce(1.0) { x, _ in x * 1.0625 } }

  @Test func `longer numbers cost more, and neighbours about as much`() {
    for cost in [
      OperationCost.integer, OperationCost.real, OperationCost.complex, OperationCost.recurrence,
    ] {
      for (size, next) in zip(Self.sizes, Self.sizes.dropFirst()) {
        #expect(cost(size) > 0 && cost(size) <= cost(next))
        // Words of fixed size end at some precision: beyond, a product takes many times as long.
        #expect(cost(next) < (size < 128 ? 20 : 1.2) * cost(size), "\(size)")
      }
    }
  }

  @Test func `arithmetic costs more than the product in it`() {
    for size in Self.sizes {
      #expect(OperationCost.integer(bits: size) < OperationCost.real(bits: size))
      #expect(
        size < 128 || OperationCost.real(bits: size) < OperationCost.complex(bits: size))
    }
  }

  @Test func `no size is too large for an estimate`() {
    #expect(OperationCost.complex(bits: 1e18) > 1e9)
    #expect(OperationCost.complex(bits: .infinity) > 1e9)
  }
}
