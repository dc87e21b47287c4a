// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Measurements

/// Measures a trained encoder.
///
/// Without replacement, as published: class means are those of the training images over several
/// views; everything else is of the validation images, shuffled anew in every pass and cut into
/// batches, the last incomplete one left out, with two fresh views of every image.
///
/// With replacement, everything is of one empirical law: an image is uniform among the validation
/// images and a view uniform among a fixed number of views of it, class means and item means are
/// the exact means of that law, and all draws are independent. The bounds then hold for the
/// expectations without further assumptions; batches estimate them.
struct EncoderMeasurement {
  let configuration: TrainingConfiguration
  let data: DataSet
  let extractor: FeatureExtractor

  private var engine: Engine { extractor.engine }
  private var isWithoutReplacement: Bool { configuration.sampling == .withoutReplacement }
  private var classCount: Int { data.classCount }

  /// Measures everything; as many batches as fit the validation images, in every pass.
  func run() throws(LabelError) -> Measurement {
    var batches: [[MeasuredMean: Double]] = []
    var spreads: [Double] = []
    let views = (0..<configuration.views).map { validationView(.itemMeans, $0) }
    let itemMeans = mean(of: views)
    let classMeans = isWithoutReplacement ? trainingClassMeans() : validationClassMeans(itemMeans)
    let measurement = BatchMeasurement(
      temperature: configuration.temperature, classMeans: classMeans,
      classSizes: data.validationSizes, isWithoutReplacement: isWithoutReplacement)
    let spread = CollisionSpread(labels: data.validation.labels, classCount: classCount)
    for pass in 0..<configuration.passes {
      var generator = SplitMix64(
        keys: configuration.seed, Augmentation.Purpose.batches.rawValue, UInt64(pass))
      let source =
        isWithoutReplacement
        ? shuffledPass(pass, &generator) : independentPass(views, &generator)
      for batch in source.batches {
        let anchors = batch.prefix(BatchMeasurement.anchorLimit)
        batches.append(
          measurement.measure(
            anchors: source.gather(anchors.map { ($0.item, $0.anchorView) }),
            keys: source.gather(batch.map { ($0.item, $0.keyView) }),
            itemMeans: itemMeans.gathering(anchors.map(\.item)),
            labels: batch.map { data.validation.labels[$0.item] },
            engine: engine))
      }
      let found = spread.mean(
        anchors: source.spreadViews[0], positives: source.spreadViews[1],
        others: source.spreadViews[2], includesAnchor: !isWithoutReplacement, engine: engine)
      if let found { spreads.append(found) }
    }
    var means: [MeasuredMean: Estimate] = [:]
    for mean in BatchMeasurement.means {
      means[mean] = Estimate(batches.map { $0[mean, default: 0] })
    }
    if !spreads.isEmpty { means[.collisionBound] = Estimate(spreads) }
    for (mean, accuracy) in accuracies(classMeans: classMeans) { means[mean] = accuracy }
    return Measurement(
      dataset: data.name, draws: configuration.draws, seed: configuration.seed,
      temperature: configuration.temperature, sampling: configuration.sampling,
      classSizes: try LabelDistribution(counts: data.validationSizes), means: means,
      batches: batches.count, instructionSet: engine.instructionSet.rawValue)
  }

  // MARK: - Batches

  /// The batches of one pass, and the features that they are drawn from.
  private struct Pass {
    let batches: [[Draw]]
    /// Features of all images, view by view.
    let views: [Matrix]
    /// Two views of every image, and what stands for it as a negative.
    let spreadViews: [Matrix]

    /// The features of the given images in the given views.
    func gather(_ draws: [(item: Int, view: Int)]) -> Matrix {
      let result = Matrix(rows: draws.count, columns: views[0].columns)
      for (row, draw) in draws.enumerated() {
        result[row: row].copy(views[draw.view][row: draw.item])
      }
      return result
    }
  }

  private func shuffledPass(_ pass: Int, _ generator: inout SplitMix64) -> Pass {
    let batches = Draw.shuffledBatches(
      itemCount: data.validation.count, size: configuration.draws, generator: &generator)
    let views = (0..<2).map { validationView(.batches, $0, epoch: pass) }
    return Pass(batches: batches, views: views, spreadViews: [views[0], views[1], views[1]])
  }

  private func independentPass(_ views: [Matrix], _ generator: inout SplitMix64) -> Pass {
    let m = data.validation.count
    let batches = Draw.independentBatches(
      itemCount: m, size: configuration.draws, viewCount: views.count, generator: &generator)
    let spreadViews = (0..<3).map { _ in
      let result = Matrix(rows: m, columns: views[0].columns)
      for item in 0..<m {
        result[row: item].copy(views[generator.index(below: views.count)][row: item])
      }
      return result
    }
    return Pass(batches: batches, views: views, spreadViews: spreadViews)
  }

  // MARK: - Means

  private func validationView(
    _ purpose: Augmentation.Purpose, _ view: Int, epoch: Int = 0
  ) -> Matrix {
    extractor.features(
      data.validation, augmentation: configuration.augmentation, seed: configuration.seed,
      purpose: purpose, epoch: epoch, view: view)
  }

  /// zbar of every image, (M, d): the mean of its views, summed in double precision.
  private func mean(of views: [Matrix]) -> Matrix {
    let result = Matrix(rows: views[0].rows, columns: views[0].columns)
    for index in 0..<result.elements.count {
      let sum = views.reduce(0.0) { $0 + Double($1.elements[index]) }
      result.elements[index] = Float(sum / Double(views.count))
    }
    return result
  }

  /// mu, (C, d): the means of all views of all training images of a class.
  private func trainingClassMeans() -> Matrix {
    var sums = ClassSums(classCount: classCount, width: extractor.encoder.outputWidth)
    for view in 0..<configuration.views {
      let features = extractor.features(
        data.training, augmentation: configuration.augmentation, seed: configuration.seed,
        purpose: .classMeans, view: view)
      sums.add(features, labels: data.training.labels)
    }
    return sums.means
  }

  /// mu, (C, d): the means of the item means of the validation images, all of which have the same
  /// number of views.
  private func validationClassMeans(_ itemMeans: Matrix) -> Matrix {
    var sums = ClassSums(classCount: classCount, width: itemMeans.columns)
    sums.add(itemMeans, labels: data.validation.labels)
    return sums.means
  }

  // MARK: - Accuracies

  /// Of classifiers of the images themselves; the standard error is that of a share of M images.
  private func accuracies(classMeans: Matrix) -> [MeasuredMean: Estimate] {
    let (training, validation) = (data.training, data.validation)
    let features = extractor.features(validation, stopsAtBackbone: false)
    let scores = Matrix(rows: validation.count, columns: classCount)
    engine.multiply(.plain(features), .transposed(classMeans), into: scores)
    func linear(stopsAtBackbone: Bool) -> Double {
      LinearClassifier(
        features: extractor.features(training, stopsAtBackbone: stopsAtBackbone),
        labels: training.labels, classCount: classCount, seed: configuration.seed, engine: engine
      ).accuracy(
        features: stopsAtBackbone
          ? extractor.features(validation, stopsAtBackbone: true) : features,
        labels: validation.labels, engine: engine)
    }
    let shares: [MeasuredMean: Double] = [
      .meanClassifierAccuracy: scores.shareOfHits(labels: validation.labels),
      .linearAccuracy: linear(stopsAtBackbone: false),
      .linearAccuracyWithoutHead: linear(stopsAtBackbone: true),
    ]
    return shares.mapValues { share in
      let variance = share * (1 - share) / Double(validation.count)
      return Estimate(value: share, standardError: variance.squareRoot())
    }
  }
}

/// Sums of features by class, in double precision.
private struct ClassSums {
  private let width: Int
  private var sums: [Double]
  private var counts: [Int]

  init(classCount: Int, width: Int) {
    self.width = width
    sums = [Double](repeating: 0, count: classCount * width)
    counts = [Int](repeating: 0, count: classCount)
  }

  mutating func add(_ features: Matrix, labels: [Int]) {
    for (row, label) in labels.enumerated() {
      counts[label] += 1
      for j in 0..<width { sums[label * width + j] += Double(features[row, j]) }
    }
  }

  var means: Matrix {
    let result = Matrix(rows: counts.count, columns: width)
    for (label, count) in counts.enumerated() {
      for j in 0..<width { result[label, j] = Float(sums[label * width + j] / Double(count)) }
    }
    return result
  }
}
