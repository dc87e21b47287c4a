// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct EncoderFeaturesTests {
  private func measure(
    _ configuration: TrainingConfiguration, threadCount: Int = 1,
    instructionSet: InstructionSet = .best
  ) throws -> ContrastiveMeasurement {
    let data = try DataSet.small()
    let engine = Engine(instructionSet: instructionSet, threadCount: threadCount)
    let trainer = Trainer(configuration: configuration, data: data, engine: engine)
    for _ in 0..<configuration.epochs { trainer.runEpoch() }
    let extractor = FeatureExtractor(encoder: trainer.encoder, engine: engine)
    let found = try FeatureMeasurement.measurements(
      configuration, data: data, extractor: extractor)
    #expect(found.count == 1)
    return try #require(found.first)
  }

  @Test(arguments: SamplingScheme.allCases)
  func `everything is measured, consistently`(sampling: SamplingScheme) throws {
    var configuration = TrainingConfiguration.small()
    configuration.sampling = sampling
    let found = try measure(configuration)
    #expect(found.draws == 6 && found.seed == 7 && found.sampling == sampling)
    #expect(found.classSizes == (try LabelDistribution(counts: [7, 7, 7])))
    // 21 images make three batches of six, in each of two passes.
    #expect(found.batches == 6)
    func value(_ mean: MeasuredMean) throws -> Double { try #require(found[mean]).value }
    for mean in MeasuredMean.allCases { #expect(try value(mean).isFinite, "\(mean)") }
    // l_sup on covered batches is at most l_sup on all; l_sub is at most l_sup.
    #expect(try value(.coveredSupervisedTerm) <= value(.supervisedLoss))
    #expect(
      try value(.coveredSupervisedTerm) + value(.uncoveredSubsetTerm)
        <= value(.supervisedLoss) + 1e-9)
    #expect(try value(.gap) <= value(.gapLinear) && value(.gap) <= value(.gapConvex))
    // A draw or two of six is of the anchor's class in almost every batch of three classes.
    #expect(try value(.collisionTerm) > 0.4 && value(.collisionTerm) < 1.8)
    #expect(try value(.linearAccuracyWithoutHead) > 0.9)
  }

  @Test func `results do not depend on the number of threads`() throws {
    for sampling in SamplingScheme.allCases {
      var configuration = TrainingConfiguration.small()
      configuration.sampling = sampling
      let first = try measure(configuration)
      #expect(try measure(configuration, threadCount: 3) == first)
      configuration.seed = 8
      #expect(try measure(configuration) != first)
    }
  }

  @Test func `results, and the instruction set recorded with them, are one for each arithmetic`()
    throws
  {
    for sets in InstructionSet.availableByArithmetic {
      let found = try sets.map { try measure(.small(), instructionSet: $0) }
      #expect(found.allSatisfy { $0 == found[0] })
      #expect(found[0].instructionSet == sets[0].rawValue)
    }
  }

  @Test func `independent batches may be larger than the set, and one batch has no error`() throws {
    var configuration = TrainingConfiguration.small(draws: 25)
    configuration.sampling = .withReplacement
    configuration.passes = 1
    let found = try measure(configuration)
    #expect(found.batches == 1)
    #expect(found[.uncoveredSubsetTerm] != nil || found[.coveredSupervisedTerm] != nil)
    #expect(BatchMeasurement.setMeans.allSatisfy { found[$0]?.standardError == nil })
    // All else is exact.
    #expect(found[.contrastiveLoss]?.standardError == 0)
  }

  @Test func `independent draws are measured without batches, whatever the seed of draws`() throws {
    var configuration = TrainingConfiguration.small()
    (configuration.sampling, configuration.passes) = (.withReplacement, nil)
    let found = try measure(configuration)
    #expect(found.batches == 0 && found.classMeans == .validation)
    for mean in MeasuredMean.allCases {
      #expect((found[mean] == nil) == BatchMeasurement.setMeans.contains(mean), "\(mean)")
    }
    configuration.passes = 1
    let batches = try measure(configuration)
    #expect(batches.batches == 3 && batches.means.count == MeasuredMean.allCases.count)
    for (mean, estimate) in found.means { #expect(batches[mean] == estimate, "\(mean)") }
    configuration.sampling = .withoutReplacement
    #expect(try measure(configuration).classMeans == .training)
  }

  @Test func `the class-mean inequality of every bound holds for the empirical law`() throws {
    // L_Info - d >= E ln(1 + Col + sum n_j r_j), which is at least E ln(1 + Col) and at least
    // E l_sub; many passes, and four standard errors of the estimates of the latter are allowed for.
    var configuration = TrainingConfiguration.small(draws: 6, epochs: 4)
    configuration.sampling = .withReplacement
    configuration.passes = 30
    let found = try measure(configuration)
    func estimate(_ mean: MeasuredMean) throws -> (value: Double, error: Double) {
      let estimate = try #require(found[mean])
      return (estimate.value, 4 * (estimate.standardError ?? 0))
    }
    let (loss, collision) = try (estimate(.contrastiveLoss), estimate(.collisionTerm))
    let (convex, exact) = try (estimate(.gapConvex).value, estimate(.exactGap).value)
    #expect(try estimate(.gap).value <= convex + 1e-6 && convex <= exact + 1e-6)
    let (covered, uncovered) = try (
      estimate(.coveredSupervisedTerm), estimate(.uncoveredSubsetTerm)
    )
    for gap in try [estimate(.gap), estimate(.gapConvex)] {
      let (upper, error) = (loss.value - gap.value, loss.error + gap.error)
      #expect(upper + error >= collision.value - collision.error)
      #expect(
        upper + error >= covered.value + uncovered.value - covered.error - uncovered.error)
    }
  }

  /// A trained encoder's features of the validation or training images in several views.
  private func views(
    _ configuration: TrainingConfiguration, _ purpose: Augmentation.Purpose, count: Int,
    isTraining: Bool = false
  ) throws -> [[[Double]]] {
    let data = try DataSet.small()
    let trainer = Trainer(configuration: configuration, data: data, engine: Engine())
    for _ in 0..<configuration.epochs { trainer.runEpoch() }
    let extractor = FeatureExtractor(encoder: trainer.encoder, engine: Engine())
    return (0..<count).map { view in
      let features = extractor.features(
        isTraining ? data.training : data.validation, augmentation: configuration.augmentation,
        seed: configuration.seed,
        purpose: purpose, view: view)
      return (0..<features.rows).map { features[row: $0].elements.map(Double.init) }
    }
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test func `the published collision bound is over pairs of different images in two views`() throws
  {
    var configuration = TrainingConfiguration.small()
    configuration.passes = 1
    let views = try views(configuration, .batches, count: 2)
    var total = 0.0
    for i in 0..<21 {
      for j in 0..<21 where i != j && i % 3 == j % 3 {
        let own = dot(views[0][j], views[1][j])
        total += abs(dot(views[0][j], views[1][i]) - own) / 42 / 3
      }
    }
    let found = try #require(try measure(configuration)[.collisionBound])
    #expect(abs(found.value - total) < 1e-6 && found.standardError == nil)
  }

  @Test func `the collision bound of independent draws is that of the empirical law`() throws {
    var configuration = TrainingConfiguration.small()
    configuration.sampling = .withReplacement
    configuration.views = 2
    let views = try views(configuration, .itemMeans, count: 2)
    // Images i and j of a class, and three views, all independent: the expectation itself.
    var expected = 0.0
    for i in 0..<21 {
      for j in stride(from: i % 3, to: 21, by: 3) {
        for choice in 0..<8 {
          let z = views[choice & 1][j]
          let own = dot(z, views[choice >> 1 & 1][j])
          expected += abs(dot(z, views[choice >> 2][i]) - own) / 8 / 49 / 3
        }
      }
    }
    let found = try #require(try measure(configuration)[.collisionBound])
    #expect(abs(found.value - expected) < 1e-6 && found.standardError == 0)
  }

  /// Means of all views of the images of each of the three classes.
  private func classMeans(_ views: [[[Double]]]) -> [[Double]] {
    let count = Double(views.count * views[0].count / 3)
    return (0..<3).map { c in
      (0..<4).map { k in
        views.reduce(0) { total, view in
          total + stride(from: c, to: view.count, by: 3).reduce(0) { $0 + view[$1][k] }
        } / count
      }
    }
  }

  /// Cross-entropy of the mean classifier for a feature of class c, t = 0.5.
  private func supervisedLoss(_ z: [Double], _ c: Int, _ means: [[Double]]) -> Double {
    let scores = means.map { dot(z, $0) / 0.5 }
    return log(scores.reduce(0) { $0 + exp($1) }) - scores[c]
  }

  @Test func `published class means are of the training images, the rest of the validation ones`()
    throws
  {
    // One batch of all validation images, whose order plays no role.
    var configuration = TrainingConfiguration.small(draws: 21)
    configuration.passes = 1
    let means = classMeans(
      try views(configuration, .classMeans, count: 3, isTraining: true))
    let pair = try views(configuration, .batches, count: 2)
    let anchors = pair[0]
    let itemViews = try views(configuration, .itemMeans, count: 3)
    var (loss, supervised, linear) = (0.0, 0.0, 0.0)
    for i in 0..<21 {
      let own = dot(anchors[i], pair[1][i])
      loss += log(pair[1].reduce(0) { $0 + exp((dot(anchors[i], $1) - own) / 0.5) }) / 21
      supervised += supervisedLoss(anchors[i], i % 3, means) / 21
      let itemMean = itemViews.reduce(0) { $0 + dot(anchors[i], $1[i]) / 3 }
      linear += (dot(anchors[i], means[i % 3]) - itemMean) / 0.5 / 21
    }
    let found = try measure(configuration)
    #expect(abs(try #require(found[.contrastiveLoss]).value - loss) < 1e-6)
    #expect(abs(try #require(found[.supervisedLoss]).value - supervised) < 1e-6)
    #expect(abs(try #require(found[.gapLinear]).value - linear) < 1e-6)
  }

  @Test func `independent draws have the expectations of the empirical law`() throws {
    var configuration = TrainingConfiguration.small(draws: 2)
    configuration.sampling = .withReplacement
    configuration.views = 2
    // Views that differ much, so that it matters which are compared.
    configuration.augmentation.noise = 0.4
    let views = try views(configuration, .itemMeans, count: 2)
    let means = classMeans(views)
    // An image and a view of it are uniform, and all draws independent: the expectations
    // themselves, with one negative.
    var (loss, supervised, linear) = (0.0, 0.0, 0.0)
    for i in 0..<21 {
      for z in [views[0][i], views[1][i]] {
        supervised += supervisedLoss(z, i % 3, means) / 42
        for plus in [views[0][i], views[1][i]] {
          linear += (dot(z, means[i % 3]) - dot(z, plus)) / 0.5 / 84
          for negative in views[0] + views[1] {
            loss += log(1 + exp((dot(z, negative) - dot(z, plus)) / 0.5)) / 84 / 42
          }
        }
      }
    }
    let found = try measure(configuration)
    for (mean, expected) in [
      (MeasuredMean.contrastiveLoss, loss), (.supervisedLoss, supervised), (.gapLinear, linear),
    ] {
      let estimate = try #require(found[mean])
      #expect(abs(estimate.value - expected) < 1e-6 && estimate.standardError == 0, "\(mean)")
    }
  }
}
