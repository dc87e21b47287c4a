// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CResources

/// The class sizes that Upsilon carries with it, in the text of `CResources/label-counts.csv`.
///
/// The columns are `law,count,classes`: the law named has `classes` classes of `count` items. Rows
/// of one law are consecutive. Nothing is parsed before it is asked for, and only the rows of the
/// law asked for are.
struct LabelCounts {
  /// The text of the table, header included.
  let bytes: [UInt8]

  /// The table in the executable.
  static let embedded: LabelCounts = {
    let table = unsafe upsilon_label_counts()
    let bytes = unsafe UnsafeBufferPointer(start: table.bytes, count: table.count)
    return unsafe LabelCounts(bytes: Array(bytes))
  }()

  /// The groups of the law called `name`, in the order of the table; empty if it has no rows.
  ///
  /// - Throws: `LabelError` naming the row of that law that is not two integers after the name.
  func groups(named name: String) throws(LabelError) -> [LabelDistribution.ClassGroup] {
    let prefix = Array("\(name),".utf8)
    var groups: [LabelDistribution.ClassGroup] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) where line.starts(with: prefix) {
      groups.append(try Self.group(line.dropFirst(prefix.count), law: name))
    }
    return groups
  }

  private static func group(
    _ text: ArraySlice<UInt8>, law: String
  ) throws(LabelError) -> LabelDistribution.ClassGroup {
    let fields = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) }
    guard fields.count == 2, let size = fields[0], let classes = fields[1] else {
      let row = String(decoding: text, as: UTF8.self)
      throw LabelError(
        parameter: "row of \(law)", value: "'\(row)'", requirement: "be count,classes")
    }
    return LabelDistribution.ClassGroup(size: size, classCount: classes)
  }
}
