// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
public import Tables

extension ContrastiveMeasurement {
  /// The columns before the means.
  static let leadingColumns = [
    "dataset", "classes", "draws", "seed", "temperature", "sampling", "class_sizes",
  ]

  /// The columns of a table of measurements, in order.
  public static let columns =
    leadingColumns + MeasuredMean.allCases.map(\.rawValue) + ["class_means", "batches"]
    + MeasuredMean.allCases.map { $0.rawValue + "_se" } + ["instruction_set"]

  /// The fields of this measurement, one for each column; numbers are the shortest that read back
  /// to the same double.
  public var row: [TableField] {
    let leading: [TableField] = [
      .text(dataset), .integer(classSizes.classCount), .integer(draws), .number("\(seed)"),
      .number("\(temperature)"), .text(sampling.rawValue), .text(Self.text(of: classSizes)),
    ]
    let values = MeasuredMean.allCases.map { Self.field(self[$0]?.value) }
    let errors = MeasuredMean.allCases.map { Self.field(self[$0]?.standardError) }
    let origin = classMeans.map { TableField.text($0.rawValue) } ?? .absent
    return leading + values + [origin, .integer(batches)] + errors + [.text(instructionSet)]
  }

  private static func field(_ value: Double?) -> TableField {
    value.map { .number("\($0)") } ?? .absent
  }

  /// `52*10` for ten classes of 52, several sizes joined by semicolons, in ascending order.
  static func text(of sizes: LabelDistribution) -> String {
    sizes.groups.map { "\($0.size)*\($0.classCount)" }.joined(separator: ";")
  }

  /// The sizes that `text(of:)` made the text of; nil if it made none such.
  static func sizes(of text: String) -> LabelDistribution? {
    var groups: [LabelDistribution.ClassGroup] = []
    for part in text.split(separator: ";", omittingEmptySubsequences: false) {
      let numbers = part.split(separator: "*", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 2, let size = numbers[0], let classCount = numbers[1] else {
        return nil
      }
      groups.append(.init(size: size, classCount: classCount))
    }
    return try? LabelDistribution(groups: groups)
  }
}
