// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// The division of labelled items into those to train on and those to measure on.
///
/// Which items are measured is drawn from a generator with a fixed seed, so that the parts are the
/// same in every run; within a part items keep their order.
struct ClassDivision {
  /// The numbers of the items to train on, in ascending order.
  let training: [Int]
  /// The numbers of the items to measure on, in ascending order.
  let validation: [Int]

  /// A division.
  ///
  /// - Parameters:
  ///   - labels: The classes of the items.
  ///   - perClass: How many items of a class of the given size are for validation.
  init(labels: [Int], perClass: (_ size: Int) -> Int) {
    var sizes = [Int](repeating: 0, count: 1 + (labels.max() ?? 0))
    for label in labels { sizes[label] += 1 }
    self.init(labels: labels, keeping: sizes.map(perClass))
  }

  /// A division with the given number of items of each class for validation.
  init(labels: [Int], keeping counts: [Int]) {
    var order = Array(0..<labels.count)
    // Any number will do, once and for all.
    var generator = SplitMix64(seed: 1797)
    generator.shuffle(&order)
    var wanted = counts
    var isValidation = [Bool](repeating: false, count: labels.count)
    for index in order where wanted[labels[index]] > 0 {
      wanted[labels[index]] -= 1
      isValidation[index] = true
    }
    training = labels.indices.filter { !isValidation[$0] }
    validation = labels.indices.filter { isValidation[$0] }
  }

  /// A fifth of a class, at least one item.
  static func fifth(_ size: Int) -> Int { size / 5 > 0 ? size / 5 : 1 }
}
