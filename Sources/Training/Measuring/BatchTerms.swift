// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface
internal import Kernels
internal import Measurements

/// What is computed of the anchors of a block: of each by itself, and of each in every batch.
///
/// All sums are in double precision, from inner products in single, and in the order of the draws
/// of a batch, or of the classes: their bits do not depend on the other batches of the block.
struct BatchTerms {
  private let measurement: BatchMeasurement
  private let block: BatchBlock
  /// The class of each draw.
  private let labels: [Int]
  private let memberships: BatchMemberships
  /// Of each draw that is an anchor y, then what `RelativeScores` has, (draws, 5).
  private let own: DoubleStorage
  /// Of each membership, batch by batch, l_Info, l_sub and the sum of n_j r_j, (memberships, 3).
  private let values: DoubleStorage

  private static let ownCount = 1 + RelativeScores.means.count
  private static let valueCount = 3

  /// Nothing is evaluated yet.
  init(
    _ measurement: BatchMeasurement, _ block: BatchBlock, labels: [Int],
    _ memberships: BatchMemberships
  ) {
    (self.measurement, self.block) = (measurement, block)
    (self.labels, self.memberships) = (labels, memberships)
    own = DoubleStorage(count: Self.ownCount * labels.count)
    values = DoubleStorage(count: Self.valueCount * memberships.count)
  }

  // MARK: - Anchors

  /// Memory that a thread evaluates anchors in.
  private struct Workspace {
    /// e^{(z.w_j - z.w)/t}, and 0 for the anchor itself.
    let powers: DoubleStorage
    /// r_j, and 0 for the anchor's class and as the last of all.
    let classPowers: DoubleStorage
    /// Sums of powers over the draws of batches.
    let sums: DoubleStorage
    /// Sums of r_j over the classes of batches, and of n_j r_j.
    let classSums, weightedSums: DoubleStorage

    init(draws: Int, classCount: Int, memberships: Int) {
      // Powers are written eight at a time.
      powers = DoubleStorage(count: (draws + 7) / 8 * 8)
      classPowers = DoubleStorage(count: (classCount + 8) / 8 * 8)
      sums = DoubleStorage(count: memberships)
      classSums = DoubleStorage(count: memberships)
      weightedSums = DoubleStorage(count: memberships)
    }
  }

  /// How many doubles a thread takes at most.
  static func workspaceCount(draws: Int, classCount: Int, memberships: Double) -> Double {
    Double(draws) + Double(classCount) + 16 + 3 * memberships
  }

  /// Evaluates some anchors.
  ///
  /// - Parameters:
  ///   - anchors: Their numbers among those of the block.
  ///   - products: z.w_j with all draws, (anchors, draws).
  ///   - scores: z.mu_j, (anchors, C).
  ///   - meanProducts: z.zbar, (anchors).
  func evaluate(
    anchors: Range<Int>, products: Matrix, scores: Matrix, meanProducts: [Float], engine: Engine
  ) {
    let classCount = measurement.classSizes.count
    let most = anchors.map { memberships.starts[$0 + 1] - memberships.starts[$0] }.max() ?? 0
    let workspaces = (0..<engine.threadCount).map { _ in
      Workspace(draws: labels.count, classCount: classCount, memberships: most)
    }
    let members = block.batches.map(\.size).max() ?? 0
    let cost = 4 * Double(labels.count + classCount) + Double(most * members) / 2
    engine.divide(anchors.count, cost: cost) { part, range in
      for row in range {
        evaluate(
          anchors.lowerBound + row, products[row: row], scores[row: row],
          meanProduct: meanProducts[row], kernels: engine.kernels, workspaces[part])
      }
    }
  }

  private func evaluate(
    _ anchor: Int, _ products: FloatVector, _ scores: FloatVector, meanProduct: Float,
    kernels: any KernelSet, _ workspace: Workspace
  ) {
    let (temperature, sizes) = (measurement.temperature, measurement.classSizes)
    let position = memberships.anchors[anchor]
    let c = labels[position]
    unsafe kernels.relativePowers(
      products.pointer, count: labels.count, offset: Double(products[position]),
      divisor: temperature, into: workspace.powers.pointer)
    // Sums are at least 1, or of terms that are not negative: adding 0 changes no bit.
    workspace.powers[position] = 0
    let ownScore = Double(scores[c])
    unsafe kernels.relativePowers(
      scores.pointer, count: sizes.count, offset: ownScore, divisor: temperature,
      into: workspace.classPowers.pointer)
    workspace.classPowers[c] = 0
    workspace.classPowers[sizes.count] = 0
    let y = (ownScore - Double(meanProduct)) / temperature
    let relative = RelativeScores(
      scores, powers: workspace.classPowers, ofClass: c, classSizes: sizes)
    for (index, value) in ([y] + relative.values).enumerated() {
      unsafe own.pointer[Self.ownCount * position + index] = value
    }
    addUp(anchor, workspace)
    let all = memberships(of: anchor)
    for index in 0..<all.count { unsafe workspace.classSums.pointer[index] += 1 }
    unsafe kernels.logarithms(workspace.sums.pointer, count: all.count)
    unsafe kernels.logarithms(workspace.classSums.pointer, count: all.count)
    for (index, membership) in all.enumerated() {
      let target = Self.valueCount * memberships.targets[membership]
      unsafe values.pointer[target] = workspace.sums.pointer[index]
      unsafe values.pointer[target + 1] = workspace.classSums.pointer[index]
      unsafe values.pointer[target + 2] = workspace.weightedSums.pointer[index]
    }
  }

  private func memberships(of anchor: Int) -> Range<Int> {
    memberships.starts[anchor]..<memberships.starts[anchor + 1]
  }

  /// Adds up the powers of the draws, and of the classes, of all batches that an anchor is in.
  private func addUp(_ anchor: Int, _ workspace: Workspace) {
    let all = memberships(of: anchor)
    var first = all.lowerBound
    while first < all.upperBound {
      // Batches of the same size.
      let size = memberships.sizes[first]
      var end = first + 1
      while end < all.upperBound, memberships.sizes[end] == size { end += 1 }
      let (index, count) = (first - all.lowerBound, end - first)
      unsafe memberships.positionStarts.withUnsafeBufferPointer { starts in
        unsafe block.positions.withUnsafeBufferPointer { places in
          guard let starts = starts.baseAddress, let places = places.baseAddress else { return }
          unsafe gatheredSums(
            workspace.powers.pointer, places: places, starts: starts + first, listCount: count,
            count: Int(size), first: 1, into: workspace.sums.pointer + index)
        }
      }
      unsafe memberships.classStarts.withUnsafeBufferPointer { starts in
        unsafe memberships.classPlaces.withUnsafeBufferPointer { places in
          unsafe memberships.classCounts.withUnsafeBufferPointer { counts in
            guard let starts = starts.baseAddress, let places = places.baseAddress,
              let counts = counts.baseAddress
            else { return }
            unsafe weightedGatheredSums(
              workspace.classPowers.pointer, places: places, weights: counts,
              starts: starts + first, listCount: count,
              count: BatchMemberships.placeCount(
                size: Int(size), classCount: measurement.classSizes.count),
              into: workspace.classSums.pointer + index,
              weightedSums: workspace.weightedSums.pointer + index)
          }
        }
      }
      first = end
    }
  }

  // MARK: - Batches

  /// For each batch the mean of each of `BatchMeasurement.means`.
  func means() -> [[MeasuredMean: Double]] {
    var counts = [Int](repeating: 0, count: measurement.classSizes.count)
    var target = 0
    return block.batches.map { batch in
      let draws = batch.start..<batch.start + batch.size
      for draw in draws { counts[labels[Int(block.positions[draw])]] += 1 }
      defer { for draw in draws { counts[labels[Int(block.positions[draw])]] = 0 } }
      defer { target += batch.anchorCount }
      return means(of: batch, counts, firstTarget: target)
    }
  }

  /// The means of a batch.
  ///
  /// - Parameters:
  ///   - counts: How many draws of it each class has.
  ///   - firstTarget: The number of the first of its memberships, batch by batch.
  private func means(
    of batch: BatchBlock.Batch, _ counts: [Int], firstTarget: Int
  ) -> [MeasuredMean: Double] {
    let isCovered = !counts.contains(0)
    var (losses, bounds, supervisedTerms, subsetTerms) = (0.0, 0.0, 0.0, 0.0)
    var (gap, gapConvex, gapLinear, collisionTerm) = (0.0, 0.0, 0.0, 0.0)
    var (collisionFreeTerms, collided) = (0.0, 0.0)
    var relative = [Double](repeating: 0, count: RelativeScores.means.count)
    for i in 0..<batch.anchorCount {
      let position = Int(block.positions[batch.start + i])
      let (ownStart, start) = (
        Self.ownCount * position, Self.valueCount * (firstTarget + i)
      )
      let c = labels[position]
      let (y, supervised) = (own[ownStart], own[ownStart + 1])
      let (loss, subset) = (values[start], values[start + 1])
      let collisions = counts[c] - 1
      let inverse = 1 + Double(collisions) + values[start + 2]
      let p = 1 / inverse
      // Of m_c images, a same-class negative is one of the other m_c - 1.
      let classSize = measurement.classSizes[c]
      let correction =
        measurement.isWithoutReplacement && classSize > 1
        ? p * Double(collisions) / Double(classSize - 1) : 0
      losses += loss
      gap += min(0, y)
      gapConvex += (1 - p + correction) * y
      gapLinear += y
      for index in relative.indices { relative[index] += own[ownStart + 1 + index] }
      bounds += logarithm(inverse)
      collisionTerm += logarithm(1 + Double(collisions))
      if isCovered { supervisedTerms += supervised } else { subsetTerms += subset }
      // On a covered batch the subset is the set of all classes.
      if collisions == 0 { collisionFreeTerms += subset } else { collided += 1 }
    }
    var sums: [MeasuredMean: Double] = [
      .contrastiveLoss: losses, .gap: gap, .gapConvex: gapConvex, .gapLinear: gapLinear,
      .coveredSupervisedTerm: supervisedTerms, .uncoveredSubsetTerm: subsetTerms,
      .collisionFreeCoveredTerm: isCovered ? collisionFreeTerms : 0,
      .collisionFreeUncoveredTerm: isCovered ? 0 : collisionFreeTerms,
      .collisionTerm: collisionTerm, .coverageRate: isCovered ? Double(batch.anchorCount) : 0,
      .collisionRate: collided, .exactGap: losses - bounds, .expectedBound: bounds,
    ]
    for (mean, sum) in zip(RelativeScores.means, relative) { sums[mean] = sum }
    return sums.mapValues { $0 / Double(batch.anchorCount) }
  }
}
