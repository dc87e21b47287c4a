// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Occupancy

/// Coverage, collisions, distinct labels and waiting times at the sizes that users ask for.
enum OccupancyBenchmarks {
  static func all() throws -> [Benchmark] {
    try uniformCoverage() + shortDecimals() + exactCoverage() + unequalCoverage() + curves()
      + [distinctWindow, distinctLaw, waitingMean, waitingMeans, waitingQuantiles, collisions]
      + collisionLists()
  }

  /// The bits of relative accuracy that 50 correct digits take.
  private static let fiftyDigits = 170

  private static func coverage(
    _ law: LabelLaw, _ label: String, _ drawCount: Int,
    _ sampling: SamplingScheme = .withReplacement, methods: [OccupancyMethod] = [.auto]
  ) -> [Benchmark] {
    methods.map { method in
      Benchmark("coverage/\(method.rawValue)/\(sampling.rawValue)", "\(label) n=\(drawCount)") {
        let tails = try CoverageProbability(
          law: law, sampling: sampling, drawCount: drawCount, method: method
        ).tails(precision: fiftyDigits)
        return "\(tails.probability.lower.double())"
      }
    }
  }

  /// The first rows need no method that avoids cancellation; the others do.
  private static let uniformSizes = [
    (1000, 7709), (21_841, 300_000), (1_000_000, 20_000_000), (1000, 2000), (21_841, 60_000),
    (1_000_000, 1_000_050), (1_000_000, 5_000_000),
  ]

  /// Single values as most are asked for: v and 1 - v to 8 and to 17 digits.
  private static func shortDecimals() throws -> [Benchmark] {
    var laws: [(String, LabelLaw, [Int])] = [
      ("C=1000", LabelLaw(try .uniform(classCount: 1000)), [2000, 7709]),
      ("C=1000000", LabelLaw(try .uniform(classCount: 1_000_000)), [5_000_000]),
      ("1000 distinct sizes", LabelLaw(try LabelDistribution(counts: Array(1001...2000))), [8000]),
    ]
    for (name, drawCount) in [("imagenet-1k", 7709), ("inaturalist-2018", 1_000_000)] {
      guard let law = BuiltInLaw.named(name) else { continue }
      laws.append((name, LabelLaw(law.distribution), [drawCount]))
    }
    return laws.flatMap { name, law, drawCounts in
      drawCounts.flatMap { drawCount in
        [8, 17].map { digits in
          Benchmark("coverage/\(digits) digits", "\(name) n=\(drawCount)") {
            let v = try CoverageProbability(
              law: law, sampling: .withReplacement, drawCount: drawCount)
            return try v.value.decimal(significantDigits: digits) + " "
              + v.complement.decimal(significantDigits: digits)
          }
        }
      }
    }
  }

  private static func uniformCoverage() throws -> [Benchmark] {
    try uniformSizes.flatMap { classCount, drawCount in
      let law = LabelLaw(try .uniform(classCount: classCount))
      return coverage(law, "C=\(classCount)", drawCount, methods: [.auto, .contour])
    }
  }

  /// C! S(n, C)/C^n as a fraction, and its integer by one power for each term.
  private static func exactCoverage() throws -> [Benchmark] {
    try [(1000, 8192), (1000, 65_536), (10_000, 100_000)].flatMap { classCount, drawCount in
      let v = try CoverageProbability(
        law: LabelLaw(.uniform(classCount: classCount)), sampling: .withReplacement,
        drawCount: drawCount)
      let size = "C=\(classCount) n=\(drawCount)"
      let fraction = Benchmark("exact/fraction", size) {
        "\(try v.exactValue().denominator.bitWidth)"
      }
      let plain = Benchmark("exact/plain-sum", size) {
        var (sum, binomial): (Integer, Integer) = (0, 1)
        for j in 0..<classCount {
          sum.addProduct(Integer(classCount - j).power(drawCount), binomial)
          binomial.multiply(by: -(classCount - j))
          binomial = binomial.exactlyDivided(by: Integer(j + 1))
        }
        return "\(sum.bitWidth)"
      }
      return classCount <= 1000 ? [fraction, plain] : [fraction]
    }
  }

  private static func unequalCoverage() throws -> [Benchmark] {
    var benchmarks: [Benchmark] = []
    for (name, drawCount) in [("imagenet-1k", 7709), ("inaturalist-2018", 1_000_000)] {
      guard let law = BuiltInLaw.named(name) else { continue }
      benchmarks += coverage(LabelLaw(law.distribution), name, drawCount)
    }
    if let law = BuiltInLaw.named("imagenet-1k") {
      benchmarks += coverage(
        LabelLaw(law.distribution), "imagenet-1k", 8000, methods: [.contour, .inclusionExclusion])
    }
    let distinct = LabelLaw(try LabelDistribution(counts: Array(1001...2000)))
    for sampling in SamplingScheme.allCases {
      benchmarks += coverage(distinct, "1000 distinct sizes", 8000, sampling)
    }
    return benchmarks
  }

  private static let waitingMean = Benchmark("waiting/mean", "imagenet-1k 50 digits") {
    guard let law = BuiltInLaw.named("imagenet-1k") else { return "" }
    let time = try WaitingTime(law: LabelLaw(law.distribution), sampling: .withReplacement)
    return try time.mean.decimal(significantDigits: 50)
  }

  /// One torus, whatever it serves.
  private static let distinctWindow = Benchmark(
    "distinct/one-probability", "imagenet-1k n=8192 17 digits"
  ) {
    guard let law = BuiltInLaw.named("imagenet-1k") else { return "" }
    let distinct = try DistinctLaw(
      law: LabelLaw(law.distribution), sampling: .withReplacement, drawCount: 8192)
    return try distinct.pmf(900).decimal(significantDigits: 17)
  }

  /// All 1000 probabilities.
  private static let distinctLaw = Benchmark("distinct/law", "imagenet-1k n=8192 17 digits") {
    guard let law = BuiltInLaw.named("imagenet-1k") else { return "" }
    let distinct = try DistinctLaw(
      law: LabelLaw(law.distribution), sampling: .withReplacement, drawCount: 8192)
    return try distinct.support.reversed().map {
      String(try distinct.pmf($0).decimal(significantDigits: 17).suffix(2))
    }.joined()
  }

  /// All coverage probabilities up to K = 65535 as enclosures good for 17 digits.
  private static func curves() throws -> [Benchmark] {
    guard let imageNet = BuiltInLaw.named("imagenet-1k") else { return [] }
    let laws = [
      ("C=1000", LabelLaw(try .uniform(classCount: 1000))),
      ("imagenet-1k", LabelLaw(imageNet.distribution)),
    ]
    let exact = laws.map { name, law in
      Benchmark("curve/17 digits", "\(name) n=1..65536") {
        var curve = CoverageCurve(law: law, sampling: .withReplacement)
        var sum = 0.0
        for drawCount in 1...65_536 {
          let tails = try curve.coverage(drawCount: drawCount).tails(precision: 64)
          sum += tails.probability.lower.double()
        }
        return "\(sum)"
      }
    }
    // What an array of Python's takes.
    let doubles = try [("C=100", LabelLaw(.uniform(classCount: 100)))] + laws
    return exact + [naiveCurve]
      + doubles.map { name, law in
        Benchmark("curve/doubles", "\(name) n=1..65536") {
          let time = try WaitingTime(law: law, sampling: .withReplacement)
          return "\(try time.doubles(Array(1...65_536), complement: false).reduce(0, +))"
        }
      }
  }

  /// The baseline: P(D_n = j) for all j in plain `Double`, no error bound; v underflows below n =
  /// 1150.
  private static let naiveCurve = Benchmark("curve/naive recurrence", "C=1000 n=1..65536") {
    let classCount = 1000
    var law = Array(repeating: 0.0, count: classCount + 1)
    law[0] = 1
    let stay = (0...classCount).map { Double($0) / 1000 }
    let move = (0...classCount).map { Double(classCount - $0 + 1) / 1000 }
    var sum = 0.0
    for n in 1...65_536 {
      for j in stride(from: min(n, classCount), through: 1, by: -1) {
        law[j] = law[j] * stay[j] + law[j - 1] * move[j]
      }
      law[0] = 0
      sum += law[classCount]
    }
    return "\(sum)"
  }

  private static let waitingMeans = Benchmark("waiting/mean", "all built-in laws 50 digits") {
    try BuiltInLaw.all.map { law in
      let time = try WaitingTime(law: LabelLaw(law.distribution), sampling: .withReplacement)
      return String(try time.mean.decimal(significantDigits: 50).prefix(8))
    }.joined(separator: " ")
  }

  private static let waitingQuantiles = Benchmark("waiting/quantiles", "all built-in laws 3 each") {
    try BuiltInLaw.all.flatMap { law in
      let time = try WaitingTime(law: LabelLaw(law.distribution), sampling: .withReplacement)
      return try [Rational(1, 2), Rational(9, 10), Rational(99, 100)].map {
        "\(try time.quantile($0))"
      }
    }.joined(separator: " ")
  }

  private static let collisions = Benchmark(
    "collision/expected-log", "imagenet-1k K=65536 50 digits"
  ) {
    guard let law = BuiltInLaw.named("imagenet-1k") else { return "" }
    let collision = try CollisionLaw(
      law: LabelLaw(law.distribution), sampling: .withReplacement, negativeCount: 65_536)
    return try collision.expectedLog.decimal(significantDigits: 50)
  }

  /// Lists of laws in the two schemes, as `upsilon collision` prints them: five columns a row.
  private static func collisionLists() throws -> [Benchmark] {
    guard let imageNet = BuiltInLaw.named("imagenet-1k") else { return [] }
    let law = LabelLaw(imageNet.distribution)
    return SamplingScheme.allCases.flatMap { sampling in
      [("K=1..4096", 1...4096), ("K=60000..64095", 60_000...64_095)].map { name, range in
        Benchmark("collision/list 17 digits/\(sampling.rawValue)", "imagenet-1k \(name)") {
          var curve = CollisionCurve(law: law, sampling: sampling)
          return try range.map {
            let law = try curve.collisions(negativeCount: $0)
            let columns = [
              law.probability, law.freeProbability, law.mean, law.expectedLog,
              law.expectedLogGivenCollision ?? law.mean,
            ]
            return try columns.map { try $0.decimal(significantDigits: 17).suffix(1) }.joined()
          }.joined()
        }
      }
    }
  }
}
