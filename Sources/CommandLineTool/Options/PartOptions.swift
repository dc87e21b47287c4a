// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Training

/// The options that say which share of a measurement a process makes.
struct PartOptions: Sendable {
  static let part = ArgumentSpecification.option(
    "part", value: "i/n",
    "Measure only the i-th of n parts, a share of the batches or anchors, and keep its values in "
      + "the '--output' file for 'upsilon merge'.")
  static let firstPass = ArgumentSpecification.flag(
    "first-pass",
    "With '--part': only add up the features of the part's classes, for '--sums' in the second "
      + "pass.")
  static let sums = ArgumentSpecification.option(
    "sums", value: "files", values: .file, isList: true,
    "With '--part': the files of all parts of a first pass, which give the class means without "
      + "reading every row; a pattern such as 'sums-*' stands for all files that match it.")

  static let specifications = [part, firstPass, sums]

  let part: MeasuringPart
  /// Whether this is the first of two passes.
  let isFirstPass: Bool
  /// The files of the first pass, or patterns; empty if there was none.
  let sums: [String]
  /// The file that is written; nil for standard output.
  let path: String?

  /// Reads the options; nil without `--part`.
  init?(_ arguments: ParsedArguments) throws(UsageError) {
    guard let text = arguments.text(Self.part) else {
      if let extra = [Self.firstPass, Self.sums].first(where: { arguments.has($0) }) {
        throw .needless(extra, without: [Self.part])
      }
      return nil
    }
    part = try Self.part(text)
    isFirstPass = arguments.has(Self.firstPass)
    if isFirstPass && arguments.has(Self.sums) { throw .conflict(Self.sums, Self.firstPass) }
    for option in [OutputOptions.format, OutputOptions.columns] where arguments.has(option) {
      throw .conflict(option, Self.part)
    }
    path = try arguments.outputPath(OutputOptions.output)
    // A part is no text: it goes to standard output only if asked to, and not to a screen.
    guard arguments.has(OutputOptions.output), path != nil || !arguments.isForTerminal else {
      throw .needless(Self.part, without: [OutputOptions.output])
    }
    sums = try FeatureOptions.paths(arguments, Self.sums) ?? []
  }

  private static func part(_ text: String) throws(UsageError) -> MeasuringPart {
    let words = text.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = words.compactMap { word -> Int? in
      word.utf8.allSatisfy { (48...57).contains($0) } ? Int(word) : nil
    }
    guard words.count == 2, numbers.count == 2, numbers[0] >= 1, numbers[0] <= numbers[1],
      numbers[1] <= MeasuringPart.countLimit
    else {
      throw .invalid(
        text, for: part,
        "must have the form 3/8, for the third of eight parts, with at most "
          + "\(MeasuringPart.countLimit)")
    }
    return MeasuringPart(number: numbers[0], count: numbers[1])
  }

  /// The sums of the first pass; nil if there was none.
  func readSums() throws -> FirstPass? {
    guard !sums.isEmpty else { return nil }
    return try FirstPass(files: sums.flatMap(Folder.files(matching:)))
  }
}
