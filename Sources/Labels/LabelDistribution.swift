// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A law of labels given by class sizes: class c has probability size_c / (sum of all sizes).
///
/// Classes of equal size are grouped, so that ImageNet's 1000 classes are 92 groups and a uniform
/// law of any number of classes is one. The order of the classes plays no role in any of the
/// quantities computed from a law and is not kept: two laws with the same sizes are equal.
///
/// A law is *finite* when its sizes count the items of a set, which can be drawn from without
/// replacement, and *infinite* when only the probabilities are known (`uniform(classCount:)`).
public struct LabelDistribution: Hashable, Sendable {
  /// The classes of one size.
  public struct ClassGroup: Hashable, Sendable {
    /// The number of items in each class of the group.
    public let size: Int

    /// The number of classes of that size.
    public let classCount: Int

    /// A group of `classCount` classes with `size` items each; `LabelDistribution` checks both.
    public init(size: Int, classCount: Int) {
      self.size = size
      self.classCount = classCount
    }
  }

  /// The groups in ascending order of size, sizes distinct; never empty.
  public let groups: [ClassGroup]

  /// The number of classes, at least 1.
  public let classCount: Int

  /// The number of items in all classes together, or nil when the law is infinite.
  public let itemCount: Int?

  /// Whether all classes are equally likely.
  public var isUniform: Bool { groups.count == 1 }

  /// The number of items in the smallest class, or nil when the law is infinite.
  public var smallestClass: Int? { itemCount == nil ? nil : groups.first?.size }

  /// The number of items in the largest class, or nil when the law is infinite.
  public var largestClass: Int? { itemCount == nil ? nil : groups.last?.size }

  /// The infinite law of `classCount` equally likely classes: one group of size 1.
  ///
  /// - Parameter classCount: Number of classes, at least 1.
  /// - Throws: `LabelError` naming `classCount` when it is less than 1.
  public static func uniform(classCount: Int) throws(LabelError) -> Self {
    try requirePositive(classCount, parameter: "classCount")
    return Self(uniformClassCount: classCount)
  }

  /// The finite law of `classCount` classes with `itemsPerClass` items each.
  ///
  /// - Parameters:
  ///   - classCount: Number of classes, at least 1.
  ///   - itemsPerClass: Number of items in each class, at least 1.
  /// - Throws: `LabelError` naming the parameter less than 1, or `itemCount` when the product
  ///   exceeds `Int.max`.
  public static func balanced(
    classCount: Int, itemsPerClass: Int
  ) throws(LabelError) -> Self {
    try requirePositive(classCount, parameter: "classCount")
    try requirePositive(itemsPerClass, parameter: "itemsPerClass")
    return try Self(groups: [ClassGroup(size: itemsPerClass, classCount: classCount)])
  }

  /// The finite law with one class for each element of `counts`.
  ///
  /// - Parameter counts: The number of items in each class, at least 1 each, in any order.
  /// - Throws: `LabelError` naming `counts` when it is empty, the first element less than 1, or
  ///   `itemCount` when the sum exceeds `Int.max`.
  /// - Complexity: O(n log n) for n counts.
  public init(counts: [Int]) throws(LabelError) {
    try requireNonempty(counts, parameter: "counts")
    for (index, count) in counts.enumerated() where count < 1 {
      try requirePositive(count, parameter: "counts[\(index)]")
    }
    try self.init(positiveGroups: counts.map { ClassGroup(size: $0, classCount: 1) })
  }

  /// The finite law with the classes of all `groups`.
  ///
  /// - Parameter groups: Sizes and numbers of classes, at least 1 each, in any order; groups of the
  ///   same size are merged.
  /// - Throws: `LabelError` naming `groups` when it is empty, the first member less than 1, or
  ///   `classCount` or `itemCount` when the sum exceeds `Int.max`.
  /// - Complexity: O(n log n) for n groups.
  public init(groups: [ClassGroup]) throws(LabelError) {
    try requireNonempty(groups, parameter: "groups")
    for (index, group) in groups.enumerated() where group.size < 1 || group.classCount < 1 {
      try requirePositive(group.size, parameter: "groups[\(index)].size")
      try requirePositive(group.classCount, parameter: "groups[\(index)].classCount")
    }
    try self.init(positiveGroups: groups)
  }

  private init(uniformClassCount: Int) {
    groups = [ClassGroup(size: 1, classCount: uniformClassCount)]
    classCount = uniformClassCount
    itemCount = nil
  }

  /// Sorts and merges groups already known to be positive and at least one, and sums them.
  private init(positiveGroups: [ClassGroup]) throws(LabelError) {
    let sorted = positiveGroups.sorted { $0.size < $1.size }
    var merged: [ClassGroup] = []
    var classCount = 0
    var itemCount = 0
    var first = sorted.startIndex
    while first < sorted.endIndex {
      let size = sorted[first].size
      var classes = 0
      while first < sorted.endIndex, sorted[first].size == size {
        classes = try sum(classes, sorted[first].classCount, parameter: "classCount")
        first += 1
      }
      let items = try product(size, classes, parameter: "itemCount")
      classCount = try sum(classCount, classes, parameter: "classCount")
      itemCount = try sum(itemCount, items, parameter: "itemCount")
      merged.append(ClassGroup(size: size, classCount: classes))
    }
    self.groups = merged
    self.classCount = classCount
    self.itemCount = itemCount
  }
}
