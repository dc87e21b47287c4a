// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface

/// The transforms of the laws of some anchors: what is added up over rows or classes, row by row.
///
/// An anchor has as many groups of nodes as its smallest positive makes necessary, of which groups
/// fall away as soon as no K needs them.
struct RowTransforms {
  /// How many values of a row are transformed at a time: they, weights and chains fit in the first
  /// cache.
  static let chunk = 512

  /// Doubles that a thread works in: values, weights of 1 and two chains.
  static let workspaceCount = 4 * chunk

  /// How many numbers a row has.
  let stride: Int
  private let sums: DoubleStorage
  /// The groups of each row that are needed.
  private(set) var groups: [Int]
  private let smallestPositives: [Double]

  /// Transforms of laws whose smallest positive values are given, all 0.
  init(smallestPositives: [Double]) {
    self.smallestPositives = smallestPositives
    groups = smallestPositives.map { ExpectedLogarithm.groupCount(smallestPositive: $0) }
    stride = TransformLayout.count(groups: groups.max() ?? 0)
    sums = DoubleStorage(count: stride * smallestPositives.count)
  }

  /// The numbers of a row.
  @unsafe func row(_ row: Int) -> UnsafeMutablePointer<Double> {
    precondition(groups.indices.contains(row), "row \(row) of \(groups.count)")
    return unsafe sums.pointer + row * stride
  }

  /// Adds the transforms of b = e^{(x - offset) factor}.
  ///
  /// - Parameters:
  ///   - values: x, (count).
  ///   - weights: Of the values, (count); nil for weights of 1.
  ///   - row: The row they belong to; rows may be added to at the same time.
  ///   - workspace: (`workspaceCount`), overwritten.
  @unsafe func add(
    _ values: UnsafePointer<Float>, weights: UnsafePointer<Double>?, count: Int, offset: Double,
    factor: Double, toRow row: Int, workspace: UnsafeMutablePointer<Double>,
    kernels: any KernelSet
  ) {
    let target = unsafe self.row(row)
    let powers = unsafe workspace
    let (shares, chains) = unsafe (workspace + Self.chunk, workspace + 2 * Self.chunk)
    var start = 0
    while start < count {
      let size = min(Self.chunk, count - start)
      let whole = (size + 7) / 8 * 8
      unsafe kernels.scaledExponentials(
        values + start, count: size, offset: offset, factor: factor, into: powers)
      // Values too many are 0, of which moments and transforms are 0 whatever the weight is.
      for index in 0..<whole {
        unsafe shares[index] = index < size ? weights.map { unsafe $0[start + index] } ?? 1 : 0
      }
      unsafe kernels.addTransforms(
        powers, weights: shares, count: whole, groups: groups[row], chains: chains, to: target)
      start += size
    }
  }

  /// Leaves out groups of nodes that no K needs.
  ///
  /// - Parameters:
  ///   - scale: What makes means of sums.
  ///   - leastNegativeCount: The least K.
  mutating func leaveOutGroups(scale: Double, leastNegativeCount: Int) {
    for row in groups.indices {
      groups[row] = unsafe ExpectedLogarithm.neededGroups(
        of: groups[row], sums: self.row(row), scale: scale,
        smallestPositive: smallestPositives[row], leastNegativeCount: leastNegativeCount)
    }
  }
}
