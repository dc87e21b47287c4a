// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels

/// Which batches of several passes, and of several numbers of draws, are measured together.
///
/// Batches of a pass without replacement are cut from one random order, whatever their size. Where
/// n divides L, those of L draws have the pairs of those of n among theirs: a part of L draws has a
/// block for all such n. If views are the same in all passes, and there are fewer items than draws
/// that an anchor is compared with otherwise, all passes are one block of all items. Batches of
/// independent draws have nothing in common.
struct BatchPlan {
  /// The most bytes that one block of all passes may take.
  static let jointLimit = Double(1 << 28)

  let itemCount, passCount: Int
  let isWithoutReplacement: Bool
  /// Whose batches are measured: a part has some blocks of each group, those of all passes counted
  /// one after another.
  let part: MeasuringPart
  /// Numbers of draws that share blocks: the first of each group is the largest, a multiple of the
  /// others.
  let groups: [[Int]]
  /// Whether all passes are one block.
  let isJoint: Bool

  /// The plan with the fewest pairs.
  ///
  /// - Parameters:
  ///   - draws: The sizes of batches, each once.
  ///   - hasFreshViews: Whether every pass has views of its own.
  ///   - width: d.
  init(
    draws: [Int], passCount: Int, itemCount: Int, sampling: SamplingScheme, hasFreshViews: Bool,
    width: Int, part: MeasuringPart = .whole
  ) {
    (self.itemCount, self.passCount, self.part) = (itemCount, passCount, part)
    isWithoutReplacement = sampling == .withoutReplacement
    var left = draws.sorted(by: >)
    var groups: [[Int]] = []
    while let largest = left.first {
      let shares = isWithoutReplacement
      groups.append(left.filter { $0 == largest || (shares && largest % $0 == 0) })
      left.removeAll { $0 == largest || (shares && largest % $0 == 0) }
    }
    self.groups = groups
    let apart = Double(passCount) * groups.reduce(0) { $0 + Double($1[0]) }
    let memberships = Double(passCount) * Double(draws.count)
    isJoint =
      isWithoutReplacement && !hasFreshViews && passCount > 0
      && Double(itemCount) <= apart / Double(part.count)
      && Self.byteCount(
        draws: Double(itemCount), orders: Double(passCount), memberships: memberships, width: width)
        <= Self.jointLimit
  }

  /// Hands on the part's blocks of one pass without replacement, in the order of their batches.
  ///
  /// - Parameter order: All items.
  func forEachBlock(
    ofPass pass: Int, order: [Int], _ body: (BatchBlock) throws(DataError) -> Void
  ) throws(DataError) {
    for (group, sizes) in groups.enumerated() {
      for number in blocks(ofGroup: group, pass: pass) {
        let start = number * sizes[0]
        let part = Array(order[start..<min(itemCount, start + sizes[0])])
        try body(BatchBlock(part: part, sizes: sizes))
      }
    }
  }

  // MARK: - Parts

  /// How many blocks of a group each pass has; of independent draws each batch is one.
  private func blockCount(ofGroup group: Int) -> Int {
    let sizes = groups[group]
    guard isWithoutReplacement else { return max(1, itemCount / sizes[0]) }
    let (whole, rest) = itemCount.quotientAndRemainder(dividingBy: sizes[0])
    // What is left of the items may be enough for the smaller batches.
    return whole + (sizes.contains { $0 <= rest } ? 1 : 0)
  }

  /// The part's blocks of a group, numbered pass by pass.
  private func blocks(ofGroup group: Int) -> Range<Int> {
    part.range(of: passCount * blockCount(ofGroup: group), turn: group)
  }

  /// The part's blocks of a group in a pass, numbered within the pass.
  func blocks(ofGroup group: Int, pass: Int) -> Range<Int> {
    let count = blockCount(ofGroup: group)
    let first = pass * count
    let own = blocks(ofGroup: group).clamped(to: first..<first + count)
    return own.lowerBound - first..<own.upperBound - first
  }

  /// The part's batches of `size` draws, numbered pass by pass; as many as there are for the whole.
  func batches(ofSize size: Int) -> Range<Int> {
    guard let group = groups.firstIndex(where: { $0.contains(size) }) else { return 0..<0 }
    let (blockCount, perPass) = (blockCount(ofGroup: group), batchesPerPass(size))
    guard blockCount > 0 else { return 0..<0 }
    func first(ofBlock number: Int) -> Int {
      let (pass, block) = number.quotientAndRemainder(dividingBy: blockCount)
      return pass * perPass + min(perPass, block * (groups[group][0] / size))
    }
    let own = blocks(ofGroup: group)
    return first(ofBlock: own.lowerBound)..<first(ofBlock: own.upperBound)
  }

  /// How many batches of `size` draws there are in all passes and parts.
  func batchCount(ofSize size: Int) -> Int { passCount * batchesPerPass(size) }

  private func batchesPerPass(_ size: Int) -> Int {
    isWithoutReplacement ? itemCount / size : max(1, itemCount / size)
  }

  // MARK: - Numbers

  /// The most draws of a block.
  var largestBlock: Int { isJoint ? itemCount : groups.map { $0[0] }.max() ?? 0 }

  /// How many batches there are of all sizes together.
  var batchCount: Double {
    Double(passCount) / Double(part.count)
      * groups.joined().reduce(0) { $0 + Double(max(1, itemCount / $1)) }
  }

  /// How many anchors have products with a block of keys, and with the class means.
  var anchorCount: Double { blockCosts.reduce(0) { $0 + $1.count * $1.anchors } }

  /// How many pairs there are.
  var pairCount: Double { blockCosts.reduce(0) { $0 + $1.count * $1.anchors * $1.keys } }

  /// How many draws are added up: for each batch that an anchor is in, the draws of it.
  var memberCount: Double {
    Double(passCount) / Double(part.count)
      * groups.joined().reduce(0) { sum, size in
        sum + Double(max(1, itemCount / size)) * Double(min(size, BatchMeasurement.anchorLimit))
          * Double(size)
      }
  }

  /// How many draws are fetched.
  var fetchedCount: Double { blockCosts.reduce(0) { $0 + $1.count * $1.keys } }

  /// Blocks with their numbers of anchors and keys.
  private var blockCosts: [(count: Double, anchors: Double, keys: Double)] {
    if isJoint { return [(1, Double(itemCount), Double(itemCount))] }
    return groups.map { sizes in
      let keys = Double(sizes[0])
      let anchors =
        sizes.allSatisfy { $0 > BatchMeasurement.anchorLimit }
        ? Double(BatchMeasurement.anchorLimit) : keys
      let count = Double(passCount) / Double(part.count) * max(1, Double(itemCount) / keys)
      return (count, anchors, keys)
    }
  }

  /// In how many batches of a block a draw is at most.
  private var membershipCount: Double {
    isJoint
      ? Double(passCount) * Double(groups.joined().count) : Double(groups.map(\.count).max() ?? 0)
  }

  /// Bytes that batches take at most: orders or draws of a pass, the block with most draws, and the
  /// strips and workspaces that it is measured in.
  func byteCount(classCount: Int, width: Int, threadCount: Int) -> Double {
    let draws = largestBlock
    let pass =
      isWithoutReplacement
      ? 8 * Double(itemCount)
      : Double(MemoryLayout<Draw>.stride) * Double(max(itemCount, draws))
    let block = Self.byteCount(
      draws: Double(draws), orders: isJoint ? Double(passCount) : 1, memberships: membershipCount,
      width: width)
    let strips = BatchMeasurement.stripCount(draws: draws, classCount: classCount, width: width)
    let workspace = BatchTerms.workspaceCount(
      draws: draws, classCount: classCount, memberships: membershipCount)
    return pass + block + 4 * strips + 8 * Double(threadCount) * workspace
  }

  /// Bytes of a block: keys, draws and positions; what anchors have by themselves and in each batch
  /// that they are in; the classes of each batch.
  ///
  /// - Parameters:
  ///   - memberships: In how many batches a draw is.
  private static func byteCount(
    draws: Double, orders: Double, memberships: Double, width: Int
  ) -> Double {
    let draw = 4 * Double(width) + Double(MemoryLayout<Draw>.stride) + 8 * 8
    let membership = BatchMemberships.byteCount + 12
    return draws * (draw + 12 * orders + memberships * membership)
  }
}
