// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Testing

@testable import Occupancy

/// E ln(1 + Col) as published to two decimals: Nozawa & Sato, NeurIPS 2021, arXiv 2102.06866, where
/// batches are drawn without replacement from the validation sets.
@Suite struct CollisionPublishedTests {
  struct Cell: Sendable {
    let classCount: Int
    let perClass: Int
    let draws: Int
    let published: String

    func expectedLog(_ sampling: SamplingScheme) throws -> ComputableReal {
      let law = LabelLaw(try .balanced(classCount: classCount, itemsPerClass: perClass))
      return try CollisionLaw(law: law, sampling: sampling, negativeCount: draws - 1).expectedLog
    }

    /// With two decimals: three significant digits from 1 on.
    func text(_ sampling: SamplingScheme) throws -> String {
      try expectedLog(sampling).decimal(significantDigits: published.hasPrefix("0") ? 2 : 3)
    }
  }

  private static func cells(
    _ classCount: Int, _ perClass: Int, _ rows: [(Int, String)]
  ) -> [Cell] {
    rows.map {
      Cell(classCount: classCount, perClass: perClass, draws: $0.0, published: $0.1)
    }
  }

  static let all =
    cells(10, 1000, [(32, "1.32"), (64, "1.93"), (128, "2.58"), (256, "3.26"), (512, "3.94")])
    + cells(
      100, 100,
      [
        (128, "0.69"), (256, "1.15"), (384, "1.48"), (512, "1.73"), (640, "1.93"), (768, "2.10"),
        (896, "2.24"), (1024, "2.37"),
      ])
    + cells(
      4, 1900,
      [(16, "1.49"), (32, "2.13"), (64, "2.80"), (128, "3.48"), (256, "4.16"), (512, "4.85")])

  @Test(arguments: all)
  func `without replacement every published cell is reproduced`(cell: Cell) throws {
    #expect(try cell.text(.withoutReplacement) == cell.published)
  }

  @Test func `with replacement six of the nineteen cells are missed`() throws {
    #expect(Self.all.count == 19)
    let missed = try Self.all.filter { try $0.text(.withReplacement) != $0.published }
    #expect(missed.count == 6)
  }
}
