// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Features of labelled items in memory.
public struct MemoryFeatures: FeatureSource, Hashable, Sendable {
  /// The class of each item, (N).
  public let labels: [Int]
  /// D.
  public let width: Int
  /// V.
  public let viewCount: Int

  private let views: [Float]
  private let plain: [Float]?

  /// Features of N = `labels.count` items.
  ///
  /// - Parameters:
  ///   - views: (V, N, D), row-major: view 0 of all items first. Rows need not be of unit length.
  ///   - labels: (N), any whole numbers.
  ///   - width: D, at least 1.
  ///   - plain: The items without augmentation, (N, D), row-major; nil if there are none.
  /// - Precondition: There is an item, and the numbers of elements are multiples of N D.
  public init(views: [Float], labels: [Int], width: Int, plain: [Float]? = nil) {
    precondition(width >= 1 && !labels.isEmpty, "\(labels.count) items of \(width) features")
    let size = labels.count * width
    precondition(
      views.count.isMultiple(of: size) && plain?.count ?? size == size,
      "\(views.count) and \(plain?.count ?? 0) numbers for views of \(size)")
    self.labels = labels
    self.width = width
    self.views = views
    self.plain = plain
    viewCount = views.count / size
  }

  /// Whether there are features of the items without augmentation.
  public var hasPlain: Bool { plain != nil }

  /// Copies the features of some items; each is a number in single precision.
  ///
  /// - Precondition: The view is there.
  public func read(_ items: ArraySlice<Int>, of view: FeatureView, into rows: inout [Double]) {
    let (elements, start) =
      switch view {
      case .view(let number): (views, number * labels.count * width)
      case .plain: (plain ?? [], 0)
      }
    var target = 0
    for item in items {
      precondition(labels.indices.contains(item), "item \(item) of \(labels.count)")
      for element in elements[start + item * width..<start + (item + 1) * width] {
        rows[target] = Double(element)
        target += 1
      }
    }
  }
}
