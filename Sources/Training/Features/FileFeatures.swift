// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

/// Features of labelled items in NPY files, which stay there: rows are read as they are asked for.
///
/// Not synchronized: used from one thread.
public struct FileFeatures: FeatureSource {
  /// The class of each item, (N), which are in memory.
  public private(set) var labels: [Int]
  /// The name of each class, if labels are texts; they are in the order of their bytes.
  public private(set) var classNames: [String]?
  /// The path of the file of labels.
  public let labelName: String

  private let views: [FeatureFile]
  private let plain: FeatureFile?

  /// Opens files: reads the labels, and the headers of features but no row of them.
  ///
  /// - Parameters:
  ///   - views: Paths of files with views, of floating-point numbers of 16, 32 or 64 bits: (N, D)
  ///     each, or with an axis of views (N, V, D) or (V, N, D).
  ///   - plain: The path of the items without augmentation, (N, D); nil if there is none.
  ///   - labels: The path of the labels, (N) or (N, 1): whole numbers that are not negative, truth
  ///     values, or texts, which are numbered in the order of their bytes.
  ///   - viewsAxis: Which index of three is that of views, 0 or 1; nil if files have one view each.
  /// - Throws: `DataError` naming a file that cannot be read, is no such array or has another shape
  ///   than the others.
  public init(
    views: [String], plain: String?, labels: String, viewsAxis: Int? = nil
  ) throws(DataError) {
    let labelFile = try NPYLabels.open(labels)
    let labelCount = labelFile.shape[0]
    var files: [FeatureFile] = []
    func add(_ path: String, viewsAxis: Int?) throws(DataError) {
      let array = try FeatureArray(path: path, viewsAxis: viewsAxis)
      if array.count != labelCount {
        throw DataError(
          source: labelFile.path,
          problem: "it has \(labelCount) labels, but '\(array.path)' has \(array.count) items")
      }
      for view in 0..<array.viewCount { files.append(FeatureFile(array, view: view)) }
      if let first = files.first {
        try files[files.count - 1].checkWidth(first.width, of: first.path)
      }
    }
    for path in views { try add(path, viewsAxis: viewsAxis) }
    let viewCount = files.count
    if let plain { try add(plain, viewsAxis: nil) }
    // All headers fit: only now anything is read.
    let found = try NPYLabels(labelFile)
    self.views = Array(files.prefix(viewCount))
    self.plain = plain == nil ? nil : files.last
    self.labels = found.values
    classNames = found.names?.map(\.text)
    labelName = labelFile.path
    unnumbered = found
  }

  /// The labels as they were read, until they are numbered together with others.
  private var unnumbered: NPYLabels

  /// Numbers the labels of two sets by the names of both, so that one name has one number.
  ///
  /// - Throws: `DataError` if the labels of one are texts and those of the other numbers.
  static func number(
    _ first: inout FileFeatures, with second: inout FileFeatures
  ) throws(DataError) {
    let names = (first.unnumbered.names, second.unnumbered.names)
    guard let own = names.0, let other = names.1 else {
      if names.0 == nil && names.1 == nil { return }
      throw DataError(
        source: second.labelName,
        problem: "its labels are \(names.1 == nil ? "numbers" : "texts"), but those of "
          + "'\(first.labelName)' are \(names.0 == nil ? "numbers" : "texts")")
    }
    let all = Set(own).union(other).sorted()
    first.labels = first.unnumbered.renumbered(by: all)
    second.labels = second.unnumbered.renumbered(by: all)
    first.classNames = all.map(\.text)
    second.classNames = first.classNames
  }

  /// The name of a class, or its number if it has none.
  public func className(_ label: Int) -> String {
    classNames.map { "'\($0[label].excerpt)'" } ?? "\(label)"
  }

  private func file(_ view: FeatureView) -> FeatureFile {
    switch view {
    case .view(let number): return views[number]
    case .plain:
      guard let plain else { preconditionFailure("there are no plain features") }
      return plain
    }
  }

  /// D; 0 if there are labels only.
  public var width: Int { (views.first ?? plain)?.width ?? 0 }

  /// V, the number of views.
  public var viewCount: Int { views.count }

  /// Whether there is a file of the items without augmentation.
  public var hasPlain: Bool { plain != nil }

  /// Bytes of a row of the first file.
  public var rowByteCount: Int { (views.first ?? plain)?.rowByteCount ?? 0 }

  /// Bytes of the blocks that rows are read into.
  public var bufferByteCount: Int {
    (views + (plain.map { [$0] } ?? [])).reduce(0) { $0 + $1.bufferByteCount }
  }

  /// The path of a file.
  public func name(of view: FeatureView) -> String { file(view).path }

  /// Reads the features of some items, those that lie one after another together.
  ///
  /// - Throws: `DataError` if the file cannot be read.
  public func read(_ items: ArraySlice<Int>, of view: FeatureView, into rows: inout [Double])
    throws(DataError)
  {
    try file(view).read(items, into: &rows)
  }
}
