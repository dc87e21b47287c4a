// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels
internal import Labels

extension DataSet {
  /// A part of the data set whose classes have sizes that fall exponentially, as in the long-tailed
  /// CIFAR sets: the class of rank r, counted from 0, keeps m = max F^(-r / (C - 1)) items, rounded
  /// down, or all it has if they are fewer, and at least one.
  ///
  /// Classes are ranked by their training sizes, the largest first and of equal ones the lower
  /// number; max is the size of the largest. Training and validation items are chosen by the same
  /// ranks, so that what is measured is as unequal as what is trained on. Which items of a class
  /// stay is the same in every run, and they keep their order.
  ///
  /// Reference: Y. Cui, M. Jia, T.-Y. Lin, Y. Song and S. Belongie, *Class-balanced loss based on
  /// effective number of samples*, CVPR 2019, section 5.1.
  ///
  /// Its name says so: `digits-lt-100` is made of `digits` by a factor of 100.
  ///
  /// - Parameter factor: F, the size of the largest class over that of the smallest, at least 1.
  public func imbalanced(by factor: Double) -> DataSet {
    precondition(factor >= 1 && factor.isFinite, "an imbalance of \(factor)")
    let sizes = trainingSizes
    let ranked = sizes.indices.sorted { (-sizes[$0], $0) < (-sizes[$1], $1) }
    func part(_ items: any ItemSource) -> any ItemSource {
      let kept = Self.longTailed(
        items.classSizes(classCount: classCount), ranked: ranked, factor: factor)
      let division = ClassDivision(labels: items.labels, keeping: kept)
      return items.choosing(division.validation)
    }
    let whole = Int(exactly: factor).map(String.init)
    return DataSet(
      name: "\(name)-lt-\(whole ?? "\(factor)")", kind: kind, classCount: classCount,
      training: part(training), validation: part(validation))
  }

  /// How many items each class keeps.
  static func longTailed(_ sizes: [Int], ranked: [Int], factor: Double) -> [Int] {
    var kept = sizes
    let largest = Double(sizes.max() ?? 0)
    let last = Double(max(1, sizes.count - 1))
    for (rank, label) in ranked.enumerated() {
      let size = largest * exponential(-logarithm(factor) * Double(rank) / last)
      // Where the size is a whole number, such as 50 = 5000 / 100, its value in double precision
      // may be below it by some 1e-15 of it; no other size comes as near.
      kept[label] = max(1, min(sizes[label], Int(saturating: size * (1 + 1e-12))))
    }
    return kept
  }
}
