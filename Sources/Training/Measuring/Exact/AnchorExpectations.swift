// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels
internal import Measurements

/// The means over anchors under the empirical law: an anchor is any row, item and view, its
/// positive an independent view of the item, perhaps the same, and negatives are any rows, all
/// uniform and independent. No batch is drawn; one pass over the pairs serves every K.
///
/// With b_ij = e^{z_i.z_j/t}, r_j = e^{z.(mu_j - mu_c)/t} and
/// p = 1/(1 + Col + sum over j != c of n_j r_j):
///
///     l_i = E ln(1 + sum over K rows j of b_ij/b_i+),
///     g_i = E ln(1/p),  the same with classes in place of rows,
///     (1 - E p) y_i,  y = z.(mu_c - zbar)/t,
///
/// which are by `ExpectedLogarithm`. Given z_i, l_i - g_i is at least (1 - E p) y_i, and that at least
/// min(0, y_i).
///
/// Where only some rows are anchors, gaps are compared with w_i = min(0, y_i), whose mean over all
/// rows is known: gaps have w_i subtracted here, g_i has it added, and that mean makes up for it.
/// The estimates are unbiased all the same and their errors smaller; gaps keep their order, and L_Info
/// is the exact gap and E g_K, in every sample (W. Cochran, *Sampling techniques*, chapter 7).
struct AnchorExpectations {
  /// How many rows anchors are compared with at a time.
  static let blockRows = 2048
  /// How many anchors are at a time.
  static let tileRows = 256
  /// How many K are evaluated at a time.
  static let countsAtOnce = 512

  let source: any MeasuredFeatures
  /// mu, (C, d).
  let classMeans: Matrix
  let temperature: Double
  let sample: AnchorSample
  /// The numbers K, each at least 1.
  let negativeCounts: [Int]
  let engine: Engine
  /// Which anchors of the sample; nil for all.
  var share: Range<Int>? = nil
  /// Called with the share of the work that was done since the last call.
  var progress: (_ share: Double) -> Void = { _ in }

  private var anchors: Range<Int> { share ?? sample.rows.indices }

  /// What there is of all K, and of each.
  struct Result<Sink: ValueSink> {
    /// The collision bound: how far features of a class are apart.
    var spread = Sink()
    /// L_Info, d_cvx - w, E g_K + w and delta - w, for each K; w is 0 if all rows are anchors.
    var means: [[MeasuredMean: Sink]]
  }

  /// What `means` of a result are of.
  static let measured: [MeasuredMean] = [.contrastiveLoss, .gapConvex, .expectedBound, .exactGap]

  /// The values of the anchors, in their order.
  ///
  /// - Throws: `DataError` if features cannot be read.
  /// - Complexity: O(a M V (d + nodes)) for a anchors, M items in V views; some 40 nodes at t = 0.5.
  func result<Sink: ValueSink>(_: Sink.Type = Sink.self) throws(DataError) -> Result<Sink> {
    let views = try source.views(pass: 0)
    let stripCount = AnchorStrip.anchorCount(
      width: classMeans.columns, viewCount: views.count, classCount: classMeans.rows,
      temperature: temperature)
    let none = Dictionary(uniqueKeysWithValues: Self.measured.map { ($0, Sink()) })
    var result = Result<Sink>(means: negativeCounts.map { _ in none })
    for start in stride(from: anchors.lowerBound, to: anchors.upperBound, by: stripCount) {
      let rows = sample.rows[start..<min(anchors.upperBound, start + stripCount)]
      var strip = try AnchorStrip(
        rows: rows, views: views, source: source, classMeans: classMeans,
        temperature: temperature, engine: engine)
      for view in views { try addRows(of: view, viewCount: views.count, to: &strip) }
      addClasses(to: &strip)
      evaluate(strip, viewCount: views.count, into: &result)
    }
    return result
  }

  // MARK: - Pairs

  /// Adds the transforms over the rows of a view, and what they are apart.
  private func addRows(
    of view: any FeatureRows, viewCount: Int, to strip: inout AnchorStrip
  ) throws(DataError) {
    let leastCount = negativeCounts.min() ?? 1
    let products = Matrix(rows: Self.tileRows, columns: min(view.rows, Self.blockRows))
    let workspaces = workspaces(count: RowTransforms.workspaceCount)
    try view.forEachBlock(blockRows: Self.blockRows) { (items, block) in
      // The columns of each class.
      var columns = [[Int]](repeating: [], count: classMeans.rows)
      for (column, item) in items.enumerated() { columns[source.labels[item]].append(column) }
      for start in stride(from: 0, to: strip.count, by: Self.tileRows) {
        let anchors = start..<min(strip.count, start + Self.tileRows)
        let tile = Matrix(
          products.elements[0..<anchors.count * items.count], rows: anchors.count,
          columns: items.count)
        engine.multiply(.plain(strip.features[rows: anchors]), .transposed(block), into: tile)
        let filled = strip
        engine.divide(anchors.count, cost: 10 * Double(items.count)) { part, range in
          for row in range {
            let anchor = start + row
            let values = tile[row: row]
            unsafe filled.rowTransforms.add(
              values.pointer, weights: nil, count: items.count, offset: 1,
              factor: 1 / temperature, toRow: anchor, workspace: workspaces[part].pointer,
              kernels: engine.kernels)
            unsafe filled.spreads.pointer[anchor] += Self.spread(
              values.pointer, at: columns[filled.labels[anchor]],
              own: filled.ownProducts[row: anchor].pointer, viewCount: viewCount)
          }
        }
        progress(
          Double(anchors.count) * Double(items.count)
            / (Double(self.anchors.count) * Double(sample.rowCount)))
      }
      strip.rowTransforms.leaveOutGroups(
        scale: 1 / Double(sample.rowCount), leastNegativeCount: leastCount)
    }
  }

  /// The sum of |x - own| over some values x and all own ones.
  private static func spread(
    _ values: UnsafePointer<Float>, at columns: [Int], own: UnsafePointer<Float>, viewCount: Int
  ) -> Double {
    var sum = 0.0
    for v in 0..<viewCount {
      let positive = unsafe Double(own[v])
      for column in columns { unsafe sum += abs(Double(values[column]) - positive) }
    }
    return sum
  }

  // MARK: - Classes

  /// Adds the transforms over the classes, weighted by their shares.
  private func addClasses(to strip: inout AnchorStrip) {
    let classCount = classMeans.rows
    let weights = DoubleStorage(count: classCount)
    for (c, size) in source.classSizes.enumerated() {
      weights[c] = Double(size) / Double(source.labels.count)
    }
    let workspaces = workspaces(count: RowTransforms.workspaceCount)
    let filled = strip
    engine.divide(strip.count, cost: 500 + 10 * Double(classCount)) { part, range in
      for row in range {
        unsafe filled.classTransforms.add(
          filled.scores[row: row].pointer, weights: weights.pointer, count: classCount,
          offset: filled.topScores[row], factor: 1 / temperature, toRow: row,
          workspace: workspaces[part].pointer, kernels: engine.kernels)
      }
    }
  }

  // MARK: - Expectations

  private func evaluate<Sink>(
    _ strip: AnchorStrip, viewCount: Int, into result: inout Result<Sink>
  ) {
    addSpreads(strip, viewCount: viewCount, into: &result.spread)
    for first in stride(from: 0, to: negativeCounts.count, by: Self.countsAtOnce) {
      let numbers = first..<min(negativeCounts.count, first + Self.countsAtOnce)
      let expectation = ExpectedLogarithm(negativeCounts: Array(negativeCounts[numbers]))
      let groups = max(
        strip.rowTransforms.groups.max() ?? 0, strip.classTransforms.groups.max() ?? 0)
      let workspaces = workspaces(count: expectation.workspaceCount(groups: groups))
      // For each anchor E ln X over rows and over classes, and E p, for each K.
      let values = DoubleStorage(count: 3 * Self.tileRows * numbers.count)
      for start in stride(from: 0, to: strip.count, by: Self.tileRows) {
        let anchors = start..<min(strip.count, start + Self.tileRows)
        engine.divide(anchors.count, cost: 1000 * Double(numbers.count)) { part, range in
          for row in range {
            unsafe evaluate(
              strip, start + row, viewCount: viewCount, by: expectation,
              workspace: workspaces[part].pointer,
              into: values.pointer + 3 * row * numbers.count)
          }
        }
        for row in 0..<anchors.count {
          add(
            strip, start + row, viewCount: viewCount, numbers: numbers, values: values,
            at: 3 * row * numbers.count, to: &result)
        }
      }
    }
  }

  /// Evaluates one anchor: three vectors of as many values as there are K.
  private func evaluate(
    _ strip: AnchorStrip, _ anchor: Int, viewCount: Int, by expectation: ExpectedLogarithm,
    workspace: UnsafeMutablePointer<Double>, into values: UnsafeMutablePointer<Double>
  ) {
    let count = expectation.negativeCounts.count
    unsafe expectation.evaluate(
      sums: strip.rowTransforms.row(anchor), groups: strip.rowTransforms.groups[anchor],
      scale: 1 / Double(sample.rowCount), positives: strip.positives.pointer + anchor * viewCount,
      positiveCount: viewCount, workspace: workspace, kernels: engine.kernels, logarithms: values,
      shares: nil)
    unsafe expectation.evaluate(
      sums: strip.classTransforms.row(anchor), groups: strip.classTransforms.groups[anchor],
      scale: 1, positives: strip.ownPowers.pointer + anchor, positiveCount: 1,
      workspace: workspace, kernels: engine.kernels, logarithms: values + count,
      shares: values + 2 * count)
  }

  /// Adds what was evaluated of one anchor to the means.
  private func add<Sink>(
    _ strip: AnchorStrip, _ anchor: Int, viewCount: Int, numbers: Range<Int>,
    values: DoubleStorage, at start: Int, to result: inout Result<Sink>
  ) {
    // The logarithms of the positives themselves, of a view and of the class mean.
    var positive = 0.0
    for view in 0..<viewCount {
      positive += (Double(strip.ownProducts[anchor, view]) - 1) / temperature / Double(viewCount)
    }
    let own = Double(strip.scores[anchor, strip.labels[anchor]])
    let ownClass = (own - strip.topScores[anchor]) / temperature
    let known = sample.isPart ? min(0, strip.gaps[anchor]) : 0
    for index in 0..<numbers.count {
      let loss = values[start + index] - positive
      let bound = values[start + numbers.count + index] - ownClass
      let share = values[start + 2 * numbers.count + index]
      func add(_ mean: MeasuredMean, _ value: Double) {
        result.means[numbers.lowerBound + index][mean]?.add(value)
      }
      add(.contrastiveLoss, loss)
      add(.expectedBound, bound + known)
      add(.exactGap, loss - bound - known)
      add(.gapConvex, (1 - share) * strip.gaps[anchor] - known)
    }
  }

  /// Adds how far each anchor's class is apart, such that the mean over the anchors is that over the
  /// classes, each of which counts alike.
  private func addSpreads(
    _ strip: AnchorStrip, viewCount: Int, into mean: inout some ValueSink
  ) {
    let (sizes, itemCount) = (source.classSizes, Double(source.labels.count))
    let views = Double(viewCount)
    for anchor in 0..<strip.count {
      let size = Double(sizes[strip.labels[anchor]])
      let own = strip.spreads[anchor] / (views * views * size)
      mean.add(own * itemCount / (size * Double(sizes.count)))
    }
  }

  /// Memory for each part of divided work.
  private func workspaces(count: Int) -> [DoubleStorage] {
    (0..<engine.threadCount).map { _ in DoubleStorage(count: count) }
  }
}
