// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// In which batches of a block each draw is an anchor, and which classes each batch has.
struct BatchMemberships {
  /// Bytes of a membership: see the arrays below, and three doubles that are computed of it.
  static let byteCount = Double(3 * 8 + 4 + 3 * 8)

  /// The draws that are anchors, in ascending order.
  let anchors: [Int]
  /// Where the memberships of each anchor begin, and where those of the last end, (a + 1).
  let starts: [Int]
  /// The size of the batch; memberships of an anchor are in the order of the batches.
  let sizes: [Int32]
  /// Where the positions of the batch begin.
  let positionStarts: [Int]
  /// Where the classes of the batch begin in `classPlaces`.
  let classStarts: [Int]
  /// The number of the membership if they are counted batch by batch, anchor by anchor.
  let targets: [Int]

  /// Classes that each batch has, in ascending order; as many for batches of one size: places
  /// `classCount` fill up.
  let classPlaces: [Int32]
  /// How many draws of the batch have the class; 0 to fill up.
  let classCounts: [Double]

  /// How many memberships there are.
  var count: Int { targets.count }

  /// How many places a batch of `size` draws has for classes.
  static func placeCount(size: Int, classCount: Int) -> Int { min(size, classCount) }

  /// The memberships of a block.
  ///
  /// - Parameters:
  ///   - labels: The class of each draw of the block.
  /// - Complexity: O(sum over the batches of n + min(n, C) log n).
  init(_ block: BatchBlock, labels: [Int], classCount: Int) {
    var counts = [Int](repeating: 0, count: labels.count)
    for batch in block.batches {
      for i in 0..<batch.anchorCount { counts[Int(block.positions[batch.start + i])] += 1 }
    }
    anchors = counts.indices.filter { counts[$0] > 0 }
    var total = 0
    var next = [Int](repeating: 0, count: labels.count)
    var starts: [Int] = []
    for anchor in anchors {
      starts.append(total)
      next[anchor] = total
      total += counts[anchor]
    }
    starts.append(total)
    self.starts = starts

    var sizes = [Int32](repeating: 0, count: total)
    var positionStarts = [Int](repeating: 0, count: total)
    var (classStarts, targets) = (positionStarts, positionStarts)
    var (places, weights) = ([Int32](), [Double]())
    var classSizes = [Int](repeating: 0, count: classCount)
    var target = 0
    for batch in block.batches {
      let classStart = places.count
      for i in 0..<batch.size {
        let position = Int(block.positions[batch.start + i])
        let label = labels[position]
        if classSizes[label] == 0 { places.append(Int32(label)) }
        classSizes[label] += 1
        guard i < batch.anchorCount else { continue }
        let membership = next[position]
        next[position] += 1
        sizes[membership] = Int32(batch.size)
        positionStarts[membership] = batch.start
        classStarts[membership] = classStart
        targets[membership] = target
        target += 1
      }
      places[classStart...].sort()
      for place in places[classStart...] {
        weights.append(Double(classSizes[Int(place)]))
        classSizes[Int(place)] = 0
      }
      let end = classStart + Self.placeCount(size: batch.size, classCount: classCount)
      while places.count < end {
        places.append(Int32(classCount))
        weights.append(0)
      }
    }
    (self.sizes, self.positionStarts, self.classStarts) = (sizes, positionStarts, classStarts)
    (self.targets, classPlaces, classCounts) = (targets, places, weights)
  }
}
