// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import Randomness

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A small set of items with unit features, of which every mean can be summed over all outcomes.
struct EnumeratedModel: CustomStringConvertible {
  /// The class of each item.
  let labels: [Int]
  /// The features of each item, one for each of its views.
  let features: [[[Double]]]
  let temperature: Double
  let negativeCount: Int
  let sampling: SamplingScheme

  var description: String { "\(labels) K=\(negativeCount) t=\(temperature) \(sampling)" }

  /// A random model; class features are close to each other in some and not in others.
  init(isUniform: Bool, sampling: SamplingScheme, generator: inout SplitMix64) {
    func index(_ limit: Int) -> Int { Int(generator.next() >> 33) % limit }
    func unit() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    let classCount = 2 + index(3)
    let common = 1 + index(classCount == 4 ? 1 : 2)
    var labels: [Int] = []
    for label in 0..<classCount {
      let count = isUniform ? common : 1 + index(classCount == 2 ? 3 : 2)
      labels += Array(repeating: label, count: count)
    }
    if !isUniform, labels.count % classCount == 0 { labels.append(0) }
    labels.sort()
    let viewCount = labels.count <= 3 ? 1 + index(2) : 1
    let (dimension, spread) = (2 + index(2), unit() * 2)
    func vector(_ center: [Double]?) -> [Double] {
      let raw = (0..<dimension).map { axis in
        (center.map { $0[axis] } ?? 0) + (center == nil ? 1 : spread) * (2 * unit() - 1)
      }
      let norm = max(1e-6, raw.reduce(0) { $0 + $1 * $1 }.squareRoot())
      return raw.map { $0 / norm }
    }
    let centers = (0..<classCount).map { _ in vector(nil) }
    features = labels.map { label in (0..<viewCount).map { _ in vector(centers[label]) } }
    self.labels = labels
    self.sampling = sampling
    temperature = 0.05 + 0.95 * unit()
    let types = labels.count * viewCount
    let most =
      sampling == .withoutReplacement ? labels.count - 1 : types <= 4 ? 5 : types <= 6 ? 3 : 2
    negativeCount = 1 + index(min(5, most))
  }

  var classCount: Int { (labels.max() ?? 0) + 1 }

  /// The means as `upsilon train` measures them, summed over all outcomes. Their errors, sums of
  /// fewer than 10^4 positive terms below 50 of a few roundings each, are below 10^4 50 2^-52 =
  /// 1.2e-10 in any order; a third of that is given as the standard error, so that a comparison
  /// within three of them is rigorous.
  func measurement() throws -> ContrastiveMeasurement {
    var sums: [MeasuredMean: Double] = [:]
    func add(_ mean: MeasuredMean, _ value: Double) { sums[mean, default: 0] += value }
    let sizes = (0..<classCount).map { label in labels.count { $0 == label } }
    let itemMeans = features.map(Self.mean)
    let classMeans = (0..<classCount).map { label in
      Self.mean(itemMeans.indices.filter { labels[$0] == label }.map { itemMeans[$0] })
    }
    let views = features[0].count
    let shares = sizes.map { Double($0) / Double(labels.count) }
    for item in labels.indices {
      let c = labels[item]
      for z in features[item] {
        let anchor = 1 / Double(labels.count * views)
        let logits = classMeans.map { Self.dot(z, $0) / temperature }
        let ratios = logits.map { exp($0 - logits[c]) }
        let y = logits[c] - Self.dot(z, itemMeans[item]) / temperature
        let supervised = log(ratios.reduce(0, +))
        add(.supervisedLoss, anchor * supervised)
        let adjusted = log(
          ratios.indices.reduce(0.0) { $0 + shares[$1] / shares[c] * ratios[$1] })
        add(.priorAdjustedLoss, anchor * adjusted)
        for j in ratios.indices {
          let part = anchor * (logits[c] - logits[j]) * temperature
          add(.betweenClassVariance, shares[j] * part)
          add(.classSeparation, part / Double(classCount))
        }
        add(.gap, anchor * min(0, y))
        add(.gapLinear, anchor * y)
        let scores = features.map { $0.map { exp(Self.dot(z, $0) / temperature) } }
        forEachNegatives(of: item, scores) { probability, counts, negativeScore in
          let weight = anchor * probability
          for positive in scores[item] {
            add(.contrastiveLoss, weight / Double(views) * log(1 + negativeScore / positive))
          }
          let collisions = counts[c]
          let subset = log(
            1
              + counts.indices.reduce(0.0) {
                $1 != c && counts[$1] > 0 ? $0 + ratios[$1] : $0
              })
          let isCovered = counts.indices.allSatisfy { $0 == c || counts[$0] > 0 }
          add(isCovered ? .coveredSupervisedTerm : .uncoveredSubsetTerm, weight * subset)
          if collisions == 0 {
            add(
              isCovered ? .collisionFreeCoveredTerm : .collisionFreeUncoveredTerm, weight * subset)
          }
          let p = 1 / (1 + counts.indices.reduce(0.0) { $0 + Double(counts[$1]) * ratios[$1] })
          let own =
            sampling == .withoutReplacement && sizes[c] > 1
            ? p * Double(collisions) / Double(sizes[c] - 1) : 0
          add(.gapConvex, weight * (1 - p + own) * y)
          add(.expectedBound, -weight * log(p))
        }
      }
    }
    let all: [MeasuredMean] = [
      .coveredSupervisedTerm, .uncoveredSubsetTerm, .collisionFreeCoveredTerm,
      .collisionFreeUncoveredTerm,
    ]
    for mean in all { add(mean, 0) }
    sums[.exactGap] = sums[.contrastiveLoss].map { $0 - (sums[.expectedBound] ?? 0) }
    return ContrastiveMeasurement(
      dataset: "model", draws: negativeCount + 1, seed: 0, temperature: temperature,
      sampling: sampling, classSizes: try LabelDistribution(counts: sizes),
      means: sums.mapValues { Estimate(value: $0, standardError: 4e-11) }, classMeans: .validation,
      batches: 0, instructionSet: "")
  }

  /// Goes through all sets of negatives with their probabilities.
  private func forEachNegatives(
    of anchor: Int, _ scores: [[Double]],
    _ body: (_ probability: Double, _ classCounts: [Int], _ score: Double) -> Void
  ) {
    var counts = [Int](repeating: 0, count: classCount)
    let views = scores[0].count
    let others = labels.indices.filter { sampling == .withReplacement || $0 != anchor }
    // Each choice of the next negative comes from where the last one was on, so that a set is met
    // once; `ways` counts its sequences: K!/prod(multiplicity!), of all (M V)^K, or of all
    // (M-1)!/(M-1-K)! V^K without replacement.
    func choose(_ from: Int, _ multiplicity: Int, _ left: Int, _ ways: Double, _ score: Double) {
      if left == 0 { return body(ways, counts, score) }
      for index in from..<(others.count * views) {
        let (item, view) = (others[index / views], index % views)
        let repeats = index == from ? multiplicity + 1 : 1
        let step: Double
        var next = index
        if sampling == .withReplacement {
          step = Double(left) / Double(repeats) / Double(others.count * views)
        } else {
          step = Double(left) / Double(others.count - left + 1) / Double(views)
          next = (index / views + 1) * views
        }
        counts[labels[item]] += 1
        choose(
          next, sampling == .withReplacement ? repeats : 0, left - 1, ways * step,
          score + scores[item][view])
        counts[labels[item]] -= 1
      }
    }
    choose(0, 0, negativeCount, 1, 0)
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }

  private static func mean(_ vectors: [[Double]]) -> [Double] {
    vectors[0].indices.map { axis in
      vectors.reduce(0) { $0 + $1[axis] } / Double(vectors.count)
    }
  }
}
