// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import CUpsilon
internal import Training

extension BorrowedFeatures.View {
  /// - Throws: `DomainError` for a matrix that is none.
  init(_ given: upsilon_1_features, _ name: String) throws(DomainError) {
    let size = unsafe Int(given.type)
    try DomainError.check(
      [2, 4, 8].contains(size), "type of \(name)", size, "must be 2, 4 or 8, the bytes of a float")
    let (rows, columns) = unsafe (Int(given.rows), Int(given.columns))
    try DomainError.check(rows >= 1, "rows of \(name)", rows, "must be at least 1")
    try DomainError.check(columns >= 1, "columns of \(name)", columns, "must be at least 1")
    unsafe self.init(
      name: name, start: given.data, rows: rows, columns: columns,
      rowStride: Int(given.row_stride), columnStride: Int(given.column_stride), elementSize: size)
  }
}

extension BorrowedFeatures {
  /// Items of the caller's.
  ///
  /// - Parameters:
  ///   - prefix: What names of their parts begin with.
  ///   - isCancelled: Asked before rows are read.
  /// - Throws: `DomainError` for parts that do not belong together.
  init(
    _ given: UnsafePointer<upsilon_1_items>, prefix: String,
    isCancelled: @escaping () -> Bool
  ) throws(DomainError) {
    let items = unsafe given.pointee
    var views: [View] = []
    for index in 0..<max(0, unsafe Int(items.view_count)) {
      if let view = unsafe items.views {
        views.append(try unsafe View(view[index], "\(prefix)view \(index)"))
      }
    }
    let plain: View?
    if let pointer = unsafe items.plain {
      plain = try unsafe View(pointer.pointee, "\(prefix)plain features")
    } else {
      plain = nil
    }
    let labels = unsafe integers(items.labels, items.label_count)
    try DomainError.check(!labels.isEmpty, "\(prefix)labels", 0, "must be at least 1")
    let all = views + (plain.map { [$0] } ?? [])
    for view in all {
      try DomainError.check(
        view.rows == labels.count, "rows of \(view.name)", view.rows,
        "must be as many as there are \(prefix)labels, \(labels.count)")
      try DomainError.check(
        view.columns == all[0].columns, "columns of \(view.name)", view.columns,
        "must be as many as those of \(all[0].name), \(all[0].columns)")
    }
    self.init(
      views: views, plain: plain, labels: labels, labelName: "\(prefix)labels",
      isCancelled: isCancelled)
  }
}
