// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import TestSupport
import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Features in memory, of any rows and class means.
private struct PlainFeatures: MeasuredFeatures {
  let rows: [Matrix]
  let labels: [Int]
  let classCount: Int
  let name = "plain"
  let classMeansOrigin = ClassMeansOrigin.validation
  let hasFreshViews = false

  /// Random unit rows about a direction for each class.
  init(labels: [Int], viewCount: Int, width: Int, spread: Float, _ random: inout RandomNumbers) {
    self.labels = labels
    classCount = 1 + (labels.max() ?? 0)
    let centres = random.matrix(classCount, width)
    let items = Matrix(rows: labels.count, columns: width)
    for (item, label) in labels.enumerated() {
      for k in 0..<width { items[item, k] = centres[label, k] + spread * random.next() }
    }
    rows = (0..<viewCount).map { _ in
      let view = Matrix(rows: labels.count, columns: width)
      for item in labels.indices {
        for k in 0..<width { view[item, k] = items[item, k] + 0.5 * spread * random.next() }
        let length = view[row: item].elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
        for k in 0..<width { view[item, k] /= length }
      }
      return view
    }
  }

  func views(pass: Int) -> [any FeatureRows] { rows }

  func itemMeans(_ items: [Int]) -> Matrix {
    let result = Matrix(rows: items.count, columns: rows[0].columns)
    for (row, item) in items.enumerated() {
      for k in 0..<result.columns {
        let sum = rows.reduce(0.0) { $0 + Double($1[item, k]) }
        result[row, k] = Float(sum / Double(rows.count))
      }
    }
    return result
  }

  func classMeans() -> Matrix {
    var sums = ClassSums(classCount: classCount, width: rows[0].columns)
    for view in rows { sums.add(view, labels: labels) }
    return sums.means
  }

  func accuracies(classMeans: Matrix, seed: UInt64) -> [MeasuredMean: Double] { [:] }
}

@Suite struct ExactMeasurementTests {
  private func dot(_ a: FloatVector, _ b: FloatVector) -> Double {
    zip(a.elements, b.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  private func means(
    _ source: PlainFeatures, draws: [Int], temperature: Double, classMeans: Matrix? = nil,
    engine: Engine = Engine(), seed: UInt64 = 1, limit: Int = AnchorSample.limit
  ) throws -> [Int: [MeasuredMean: Estimate]] {
    try ExactMeasurement(
      source: source, temperature: temperature, seed: seed, engine: engine, anchorLimit: limit
    ).means(draws: draws, classMeans: classMeans ?? source.classMeans())
  }

  /// All means with one or two negatives, every choice of rows enumerated.
  private func enumeratedMeans(
    _ source: PlainFeatures, _ mu: Matrix, negativeCount: Int, t: Double
  ) -> [MeasuredMean: Double] {
    let (sizes, itemCount) = (source.classSizes, source.labels.count)
    let shares = sizes.map { Double($0) / Double(itemCount) }
    let all = source.rows.flatMap { view in (0..<itemCount).map { (view[row: $0], $0) } }
    let weight = 1 / Double(all.count)
    var sums: [MeasuredMean: Double] = [:]
    for (z, item) in all {
      let c = source.labels[item]
      let positives = source.rows.map { dot(z, $0[row: item]) }
      let values = all.map { exp(dot(z, $0.0) / t) }
      let loss =
        enumerated(
          values: values, weights: values.map { _ in weight },
          positives: positives.map { exp($0 / t) }, negativeCount: negativeCount
        ) { log($1 / $0) }
      let scores = (0..<sizes.count).map { dot(z, mu[row: $0]) }
      let r = scores.map { exp(($0 - scores[c]) / t) }
      let bound = enumerated(
        values: r, weights: shares, positives: [1], negativeCount: negativeCount
      ) { log($1) }
      let p = enumerated(
        values: r, weights: shares, positives: [1], negativeCount: negativeCount
      ) { 1 / $1 }
      let y = (scores[c] - positives.reduce(0, +) / Double(positives.count)) / t
      let prior = zip(shares, r).reduce(0) { $0 + $1.0 * $1.1 }
      let weighted = zip(shares, scores).reduce(0) { $0 + $1.0 * $1.1 }
      let found: [MeasuredMean: Double] = [
        .contrastiveLoss: loss, .expectedBound: bound, .exactGap: loss - bound,
        .gapConvex: (1 - p) * y, .gapLinear: y, .gap: min(0, y),
        .supervisedLoss: log(r.reduce(0, +)), .priorAdjustedLoss: log(prior / shares[c]),
        .betweenClassVariance: scores[c] - weighted,
        .classSeparation: scores[c] - scores.reduce(0, +) / Double(scores.count),
        .collisionRate: 1 - pow(1 - shares[c], Double(negativeCount)),
      ]
      for (mean, value) in found { sums[mean, default: 0] += weight * value }
      // |z.w - z.z+|, every class alike.
      let own = all.filter { source.labels[$0.1] == c }
      var apart = 0.0
      for w in own { apart += positives.reduce(0) { $0 + abs(dot(z, w.0) - $1) } }
      apart /= Double(own.count * own.count * positives.count)
      sums[.collisionBound, default: 0] += apart / Double(sizes.count)
    }
    return sums
  }

  @Test(arguments: [[0, 0, 1, 1], [0, 1, 1, 2, 2, 2, 2], [0, 0, 0, 0, 0, 1]])
  func `means are those of the enumeration, of class means of any origin`(labels: [Int]) throws {
    var random = RandomNumbers(920)
    for (viewCount, t) in [(1, 0.5), (2, 0.1), (3, 2)] {
      let source = PlainFeatures(
        labels: labels, viewCount: viewCount, width: 3, spread: 0.7, &random)
      for mu in [source.classMeans(), random.matrix(source.classCount, 3)] {
        let found = try means(source, draws: [2, 3], temperature: t, classMeans: mu)
        for negativeCount in [1, 2] {
          let exact = enumeratedMeans(source, mu, negativeCount: negativeCount, t: t)
          let own = try #require(found[negativeCount + 1])
          #expect(Set(own.keys) == Set(exact.keys).union([.collisionTerm]))
          for (mean, value) in exact {
            let estimate = try #require(own[mean])
            // Inner products are in single precision.
            #expect(
              abs(estimate.value - value) < 1e-6 * (1 + abs(value)) / t,
              "\(mean), t = \(t), seed \(RandomTests.seed)")
            #expect(estimate.standardError == 0)
          }
        }
      }
    }
  }

  @Test func `variances are those of the class means, which are the means of the rows`() throws {
    var random = RandomNumbers(921)
    let source = PlainFeatures(
      labels: (0..<50).map { $0 % 7 == 0 ? 2 : $0 % 2 }, viewCount: 2, width: 5, spread: 1, &random)
    let mu = source.classMeans()
    let shares = source.classSizes.map { Double($0) / 50 }
    let rows = (0..<3).map { mu[row: $0].elements.map(Double.init) }
    func mean(_ weights: [Double]) -> [Double] {
      (0..<5).map { k in (0..<3).reduce(0) { $0 + weights[$1] * rows[$1][k] } }
    }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let squares = (0..<3).reduce(0) { $0 + shares[$1] * dot(rows[$1], rows[$1]) }
    let m = mean(shares)
    let found = try #require(try means(source, draws: [5], temperature: 0.3)[5])
    let between = try #require(found[.betweenClassVariance]).value
    let separation = try #require(found[.classSeparation]).value
    #expect(abs(between - (squares - dot(m, m))) < 1e-6)
    #expect(abs(separation - (squares - dot(mean([1, 1, 1].map { $0 / 3 }), m))) < 1e-6)
    #expect(between < separation - 1e-3 || between > separation + 1e-3)
  }

  @Test func `gaps keep their order for every number of draws, in samples of anchors too`() throws {
    var random = RandomNumbers(922)
    for labels in [(0..<60).map { $0 % 4 }, (0..<60).map { $0 % 9 == 0 ? 1 : $0 % 9 == 1 ? 2 : 0 }]
    {
      let source = PlainFeatures(labels: labels, viewCount: 2, width: 4, spread: 0.8, &random)
      let draws = [2, 3, 16, 256, 65_536, 1_000_000_001]
      for temperature in [0.05, 0.5, 5] {
        for limit in [AnchorSample.limit, 40] {
          let found = try means(source, draws: draws, temperature: temperature, limit: limit)
          for draws in draws {
            let own = try #require(found[draws])
            func value(_ mean: MeasuredMean) throws -> Double { try #require(own[mean]).value }
            // Single precision may take a little away.
            let slack = 1e-6 / temperature
            #expect(try value(.gapConvex) <= value(.exactGap) + slack, "\(draws) \(temperature)")
            #expect(try value(.gap) <= value(.gapConvex) + slack)
            #expect(
              try abs(value(.contrastiveLoss) - value(.expectedBound) - value(.exactGap)) < 1e-12
                * (1 + value(.contrastiveLoss)))
          }
        }
      }
    }
  }

  @Test func `a sample of anchors estimates the means of all of them`() throws {
    var random = RandomNumbers(923)
    let source = PlainFeatures(
      labels: (0..<300).map { $0 % 3 }, viewCount: 2, width: 4, spread: 0.8, &random)
    let exact = try #require(try means(source, draws: [16], temperature: 0.3)[16])
    for seed in 0..<3 {
      let sample = try #require(
        try means(
          source, draws: [16], temperature: 0.3, seed: RandomTests.seed &+ UInt64(seed), limit: 200
        )[16])
      #expect(Set(sample.keys) == Set(exact.keys))
      for (mean, estimate) in sample {
        let value = try #require(exact[mean]).value
        let error = try #require(estimate.standardError)
        let needsPairs = [
          .contrastiveLoss, .gapConvex, .exactGap, .expectedBound, .collisionBound,
        ].contains(mean)
        #expect(needsPairs == (error > 0), "\(mean)")
        #expect(abs(estimate.value - value) <= 5 * error, "\(mean), seed \(RandomTests.seed)")
      }
    }
  }

  @Test func `means have the same bits whatever threads, vectors and other draws there are`() throws
  {
    var random = RandomNumbers(924)
    // More rows than a block, and more anchors than a tile.
    let source = PlainFeatures(
      labels: (0..<2100).map { $0 % 3 }, viewCount: 1, width: 4, spread: 0.8, &random)
    let draws = [2, 16, 300]
    for sets in InstructionSet.availableByArithmetic {
      let found = try sets.flatMap { set in
        try [1, 3].map { threads in
          try means(
            source, draws: draws, temperature: 0.2,
            engine: Engine(instructionSet: set, threadCount: threads), limit: 600)
        }
      }
      #expect(found.allSatisfy { $0 == found[0] })
    }
    let together = try means(source, draws: draws, temperature: 0.2, limit: 600)
    for number in draws {
      #expect(
        try means(source, draws: [number], temperature: 0.2, limit: 600)[number]
          == together[number])
    }
  }

  @Test func `the whole work is reported`() throws {
    var random = RandomNumbers(925)
    let source = PlainFeatures(
      labels: (0..<600).map { $0 % 3 }, viewCount: 2, width: 4, spread: 0.8, &random)
    var shares: [Double] = []
    var measurement = ExactMeasurement(source: source, temperature: 1, seed: 0, engine: Engine())
    measurement.progress = { shares.append($0) }
    _ = try measurement.means(draws: [4], classMeans: source.classMeans())
    #expect(shares.count == 10 && abs(shares.reduce(0, +) - 1) < 1e-12)
  }

  @Test(arguments: [16, 256])
  func `batches of digits estimate the exact means`(draws: Int) throws {
    var configuration = TrainingConfiguration(
      draws: draws, seed: 7, epochs: 1, shape: EncoderShape(backbone: [32], head: [16]),
      augmentation: .digits)
    (configuration.sampling, configuration.views) = (.withReplacement, 2)
    configuration.passes = draws == 16 ? 2 : 16
    let data = DataSet(ImageDataSet.digits)
    let trainer = Trainer(configuration: configuration, data: data, engine: Engine())
    trainer.runEpoch()
    let measurement = FeatureMeasurement(
      configuration, data: data,
      extractor: FeatureExtractor(encoder: trainer.encoder, engine: Engine()))
    let exact = try measurement.run()
    #expect(exact.batches == configuration.measuring.passCount * (520 / draws))
    let batches = try #require(
      try measurement.batchMeans(
        classMeans: measurement.source.classMeans())[draws]
    ).values
    for mean in BatchMeasurement.means {
      let (estimate, found) = try (
        Estimate(try #require(batches[mean])), #require(exact[mean])
      )
      if BatchMeasurement.setMeans.contains(mean) {
        #expect(estimate == found)
        continue
      }
      #expect(found.standardError == 0)
      let error = try #require(estimate.standardError)
      #expect(abs(estimate.value - found.value) <= 3 * error + 1e-11, "\(mean)")
    }
  }
}
