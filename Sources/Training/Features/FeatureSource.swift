// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Features of labelled items in several views, wherever they are: in files, in memory, or where a
/// type of the caller's own has them.
///
/// N items have, in each of V views, a row of D numbers of any length: rows are divided by their
/// lengths in double precision before anything is measured. Rows are asked for some at a time, many
/// of them more than once, and the same row must be the same each time.
public protocol FeatureSource {
  /// The class of each item, (N), N >= 1: any whole numbers. The classes are those that occur.
  var labels: [Int] { get }

  /// D, the number of features of an item.
  var width: Int { get }

  /// V, the number of views.
  var viewCount: Int { get }

  /// Whether there are features of the items without augmentation.
  var hasPlain: Bool { get }

  /// How many bytes of a file are read for a row; 0 if it is in memory.
  var rowByteCount: Int { get }

  /// Bytes of memory that reading takes besides what is there already.
  var bufferByteCount: Int { get }

  /// Reads the features of some items.
  ///
  /// - Parameters:
  ///   - items: Numbers of items, in any order.
  ///   - view: In which view.
  ///   - rows: (items, D), row-major; receives them at its beginning.
  /// - Throws: `DataError` if they cannot be read.
  func read(_ items: ArraySlice<Int>, of view: FeatureView, into rows: inout [Double])
    throws(DataError)

  /// What messages about a view call it.
  func name(of view: FeatureView) -> String

  /// What messages about the labels call them.
  var labelName: String { get }

  /// What messages call a class.
  func className(_ label: Int) -> String
}

/// Which features of items are meant.
public enum FeatureView: Hashable, Sendable {
  /// One of the views, counted from 0.
  case view(Int)

  /// Those of the items without augmentation.
  case plain
}

extension FeatureSource {
  /// 0, as for features in memory.
  public var rowByteCount: Int { 0 }

  /// 0, as for features in memory.
  public var bufferByteCount: Int { 0 }

  /// `view 0`, or `plain features`.
  public func name(of view: FeatureView) -> String {
    switch view {
    case .view(let number): "view \(number)"
    case .plain: "plain features"
    }
  }

  /// `labels`.
  public var labelName: String { "labels" }

  /// The label itself.
  public func className(_ label: Int) -> String { "\(label)" }

  /// All that there are, the views first.
  var allViews: [FeatureView] { (0..<viewCount).map(FeatureView.view) + (hasPlain ? [.plain] : []) }
}
