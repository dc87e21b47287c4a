// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

/// The published settings, evaluated exactly and as the public notebook does.
@Suite struct PublishedBoundsTests {
  private static let rows = PublishedMeasurement.datasets.flatMap(PublishedMeasurement.rows)

  private func report(
    _ row: PublishedMeasurement, _ recipe: BoundRecipe = .exact
  ) throws -> BoundReport {
    try BoundReport(BoundInputs(row.measurement, gap: nil), recipe: recipe)
  }

  @Test("All 19 lower bounds follow from their rows within their rounding", arguments: rows.indices)
  func lowerBounds(index: Int) throws {
    let row = Self.rows[index]
    let report = try report(row)
    let log = try report.inputs.setting.expectedLog.double
    #expect(abs(log - row.collisionTerm) <= 0.005 + 1e-12)
    // CURL adds three published numbers, the coupon bound two halves and one; each and the
    // published bound err by half a unit of the second decimal.
    let curl = try #require(try double(report[.curlLower]))
    let coupon = try #require(try double(report[.couponLower]))
    #expect(abs(curl - row.curlLower) <= 4 * 0.005 + 1e-12)
    #expect(abs(coupon - row.couponLower) <= 4 * 0.005 + 1e-12)
  }

  @Test func `the bound by the spread is the least upper one, Phi the next`() throws {
    for row in Self.rows {
      let report = try report(row)
      let phi = try #require(try double(report[.phiUpper]))
      let spread = try #require(try double(report[.spreadUpper]))
      #expect(spread <= phi)
      let uppers = Theorems.columns.compactMap { name in
        Theorems.all.map { $0.statement }.first { $0.name == name && $0.side == .upper }
      }
      for name in uppers.map(\.name) where name != .phiUpper && name != .spreadUpper {
        guard let other = try double(report[name]) else { continue }
        #expect(phi < other)
      }
      let best = try report.best(.upper, of: .supervisedLoss)?.name
      #expect(best == .spreadUpper || (best == .phiUpper && spread == phi))
      #expect(try report.violated() == [])
      if let loss = row.measurement[.supervisedLoss] { #expect(spread > loss.value) }
    }
  }

  @Test("Of draws without replacement the bounds for independent draws say nothing")
  func exclusions() throws {
    let report = try report(Self.rows[0])
    for name in [BoundName.ashUpper, .baoUpper, .baoTightenedUpper] {
      guard case .inapplicable(let reason)? = report[name] else {
        Issue.record("\(name)")
        continue
      }
      #expect(reason.contains("independent"))
    }
  }

  @Test(
    "The last rows are those of the reference to the decimals that it has",
    arguments: [("cifar-10", 1.90, 7.72), ("cifar-100", 4.01, 10.2), ("ag-news", 1.36, 7.57)])
  func reference(dataset: String, phi: Double, coupon: Double) throws {
    let row = try #require(PublishedMeasurement.rows(of: dataset).last)
    let report = try report(row)
    #expect(abs(try #require(try double(report[.phiUpper])) - phi) < 0.0051)
    #expect(abs(try #require(try double(report[.couponUpper])) - coupon) < 0.051)
  }

  @Test("The recipe of the notebook gives the published logarithms of AG News")
  func recipe() throws {
    for row in PublishedMeasurement.rows(of: "ag-news") {
      let report = try report(row, .published)
      let curl = try #require(try double(report[.curlUpper]))
      let coupon = try #require(try double(report[.couponUpper]))
      let logCURL = try #require(row.logCURLUpper)
      let logCoupon = try #require(row.logCouponUpper)
      // The numerators are sums of rounded numbers: they err by at most 0.02 and 0.03. The notebook
      // simulates 1 - tau of the first two rows: some 3,000 and 30 events in three runs.
      let numerator = row.measurement.draws == 16 ? 1.46 : 1.36
      let sampling: Double = row.measurement.draws == 16 ? 3 / 3000.squareRoot() : 0
      #expect(abs(logarithm(curl) - logCURL) <= 0.005 + 0.02 / (numerator - 0.1) + sampling)
      #expect(abs(logarithm(coupon) - logCoupon) <= 0.005 + 0.03 / 4)
    }
  }

  @Test("From 64 draws on the published logarithm of CURL's bound is that of noise, 2^-53")
  func noise() throws {
    // ln(numerator / (3/4)^K): what independent draws of equally likely classes give.
    let exact = [64: 18.4, 128: 36.8, 256: 73.7, 512: 147.3]
    for row in PublishedMeasurement.rows(of: "ag-news") where row.measurement.draws >= 64 {
      let report = try report(row, .published)
      #expect(try NotebookCURLBound.simulatedFreeRate(report.inputs) == Rational(1, 2).power(53))
      var measurement = row.measurement
      measurement.sampling = .withReplacement
      let independent = try BoundReport(BoundInputs(measurement, gap: .published))
      let curl = try #require(try double(independent[.curlUpper]))
      let expected = try #require(exact[measurement.draws])
      #expect(abs(logarithm(curl) - expected) < 0.06)
      #expect(abs(logarithm(curl) - (row.logCURLUpper ?? 0)) > 0.2)
    }
  }

  @Test("Where no batch covers, the notebook divides by stored noise")
  func storedCoverage() throws {
    let rows = PublishedMeasurement.rows(of: "cifar-100")
    let rates = try rows.prefix(3).map {
      try NotebookCouponBound.simulatedCoverage(report($0, .published).inputs)
    }
    #expect(rates[0] == Real(0.000_451_717_144_333_211_5).rational)
    #expect(rates[1] == Real(0.000_575_010_311_026_902_7).rational)
    // No rate was published for the third row, whose probability is 0.128.
    #expect(try #require(rates[2]) > Rational(1, 10))
    // 7.5 of losses over 4.5e-4 in place of 1.5e-22.
    let noisy = try #require(try double(report(rows[0], .published)[.couponUpper]))
    let exact = try #require(try double(report(rows[0])[.couponUpper]))
    #expect(noisy < 2e4 && exact > 1e20)
  }

  private func logarithm(_ x: Double) -> Double {
    do {
      return try LinearForm(Real(x).rational).enclosure(precision: 60).decimalLogarithm(
        precision: 60
      )
      .lower.double() * 2.302_585_092_994_046
    } catch {
      return .nan
    }
  }
}
