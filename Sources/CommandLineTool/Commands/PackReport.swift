// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Occupancy
internal import Tables

/// The tables of `coverage` and `waiting` for packs of different classes.
struct PackReport {
  let pack: PackOption
  let digits: Int

  /// One row a number of packs.
  func coverage(_ draws: DrawOptions, isExact: Bool) throws -> TableReport {
    let coverage = { (count: Int) in
      try PackCoverageProbability(
        classCount: pack.classCount, packSize: pack.packSize, packCount: count)
    }
    for count in draws.probes { _ = try coverage(count) }
    let columns = [
      "dataset", "classes", "draws", "sampling", "pack", "coverage_probability",
      "miss_probability", "log10_coverage_probability", "log10_miss_probability",
    ]
    let extra = isExact ? ["coverage_probability_exact"] : []
    return TableReport(columns: columns + extra) { emit in
      for count in draws.drawCounts {
        let v = try coverage(count)
        try emit.later {
          let values = [v.value, v.complement, v.log10, v.log10Complement]
          var row = pack.lawFields + [.integer(count)] + pack.samplingFields
          row += try values.map { try .number($0, digits: digits) }
          if isExact { row.append(.text(try v.exactValue().description)) }
          return row
        }
      }
    }
  }

  /// One row.
  func waiting(_ quantiles: [Quantile]) throws -> TableReport {
    let time = try PackWaitingTime(classCount: pack.classCount, packSize: pack.packSize)
    let columns = ["dataset", "classes", "sampling", "pack", "mean", "standard_deviation"]
    return TableReport(columns: columns + quantiles.map(\.column)) { emit in
      var row = pack.lawFields + pack.samplingFields
      for value in [time.mean, time.standardDeviation] {
        row.append(try .number(value, digits: digits))
      }
      for quantile in quantiles { row.append(.integer(try time.quantile(quantile.probability))) }
      try emit(row)
    }
  }
}
