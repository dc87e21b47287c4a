// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The class sums of features, added up in parts: what a part of a measurement needs of all rows, so
/// that it need not read all of them.
///
/// A part has the rows of some classes, those of a class in the order of the items: sums are those of
/// one process to the last bit.
public struct FirstPass: Sendable {
  /// What the sums are of.
  let fingerprint: String
  /// The path of one of the files.
  let path: String
  let sums: ClassSums
  let hashes: [UInt64]

  private static let sumName = "sums"
  private static let hashName = "hashes"

  /// Reads the files of all parts, in any order.
  ///
  /// - Precondition: There is a path.
  /// - Throws: `DataError` naming the file that is at fault.
  public init(files paths: [String]) throws(DataError) {
    let (first, values) = try PartFile.joined(.sums, paths: paths)
    path = BinaryFile.name(of: paths[0])
    fingerprint = first.fingerprint
    guard let numbers = values[Self.sumName], let halves = values[Self.hashName],
      halves.count.isMultiple(of: 2), !halves.isEmpty,
      numbers.count.isMultiple(of: halves.count / 2)
    else { throw SealedFile.damaged(.sums, path) }
    let classCount = halves.count / 2
    let width = numbers.count / classCount - 1
    var sums = ClassSums(classCount: classCount, width: width)
    for label in 0..<classCount {
      sums[label] = Array(numbers[label * (width + 1)..<(label + 1) * (width + 1)])
    }
    self.sums = sums
    hashes = (0..<classCount).map {
      UInt64(halves[2 * $0]) << 32 | UInt64(halves[2 * $0 + 1])
    }
  }

  /// The file of the sums of a part's classes.
  static func file(
    of source: GivenFeatures, part: MeasuringPart
  ) throws(DataError) -> PartFile {
    let classes = part.range(ofWeights: source.classSizes)
    var hashes: ClassHashes? = ClassHashes(classCount: source.classCount)
    let sums = try source.classSums(of: classes, &hashes)
    var values = PartValues()
    let width = source.validation.views[0].columns + 1
    values.keep(
      classes.flatMap { sums[$0] }, from: classes.lowerBound * width,
      of: source.classCount * width, as: sumName)
    // Each half is a whole number that a double has exactly.
    values.keep(
      classes.flatMap { label -> [Double] in
        let hash = hashes?.values[label] ?? 0
        return [Double(hash >> 32), Double(hash & 0xFFFF_FFFF)]
      }, from: 2 * classes.lowerBound, of: 2 * source.classCount, as: hashName)
    return PartFile(
      kind: .sums, fingerprint: try source.fingerprint(), part: part, values: values)
  }
}
