// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Features of labelled items in NPY files, which stay there: rows are read as they are asked for.
///
/// Not synchronized: used from one thread.
public struct FileFeatures: FeatureSource {
  /// The class of each item, (N), which are in memory.
  public let labels: [Int]
  /// The path of the file of labels.
  public let labelName: String

  private let views: [FeatureFile]
  private let plain: FeatureFile?

  /// Opens files: reads the labels, and the headers of features but no row of them.
  ///
  /// - Parameters:
  ///   - views: Paths of views, (N, D) each, of floating-point numbers of 16, 32 or 64 bits.
  ///   - plain: The path of the items without augmentation, (N, D); nil if there is none.
  ///   - labels: The path of the labels, (N), whole numbers that are not negative.
  /// - Throws: `DataError` naming a file that cannot be read, is no such array or has another shape
  ///   than the others.
  public init(views: [String], plain: String?, labels: String) throws(DataError) {
    let found = try NPYLabels(path: labels)
    var files: [FeatureFile] = []
    for path in views + (plain.map { [$0] } ?? []) {
      let file = try FeatureFile(path: path)
      if file.count != found.values.count {
        throw DataError(
          source: labels,
          problem: "it has \(found.values.count) labels, but '\(path)' has \(file.count) items")
      }
      if let first = files.first { try file.checkWidth(first.width, of: first.path) }
      files.append(file)
    }
    self.views = Array(files.prefix(views.count))
    self.plain = plain == nil ? nil : files.last
    self.labels = found.values
    labelName = labels
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

  /// V, the number of files of views.
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
