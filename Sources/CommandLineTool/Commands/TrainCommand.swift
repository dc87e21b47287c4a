// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Measurements
internal import Tables
internal import Training

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// `upsilon train`: trains encoders for a list of K+1 and measures them.
struct TrainCommand: Command {
  static let output = ArgumentSpecification.option(
    "output", value: "file", values: .file,
    "CSV file of measurements, written once it is complete ('-': standard output; default: "
      + "DATA-measurements.csv).")
  static let checkpoints = ArgumentSpecification.option(
    "checkpoints", value: "folder", values: .file,
    "Folder of checkpoints, created if it does not exist (default: FILE.checkpoints).")
  static let resume = ArgumentSpecification.flag(
    "resume",
    "Continue from the checkpoints; the results have the same bytes as without an "
      + "interruption.")
  static let threads = ArgumentSpecification.option(
    "threads", value: "count",
    "Threads that share the work; results do not depend on their number (default: one for each "
      + "processor).")
  static let quiet = ArgumentSpecification.flag(
    "quiet", "Print no notes and no progress bar, which only a terminal shows.")

  static let specification = CommandSpecification(
    name: "train",
    abstract: "Train encoders for a list of K+1 and measure their losses.",
    discussion: """
      Trains a contrastive encoder for every number of draws and every seed, measures the losses, \
      gaps and terms that the bounds need, and writes a CSV file with a row for each. The \
      embedded digits are by E. Alpaydin and C. Kaynak (1998), under CC BY 4.0.
      """,
    arguments: [TrainingDataOption.data, ImbalanceOption.imbalance]
      + TrainingOptions.specifications
      + [output, checkpoints, resume, threads, quiet],
    alternatives: [Alternatives([TrainingDataOption.data])],
    examples: [
      WorkedExample(
        "Train on the embedded digits with 31 negatives and measure.",
        arguments: "train --data digits --draws 32 --seeds 7 --output digits-32.csv"),
      WorkedExample(
        "Train an encoder and measure it, frozen, with 1 to 65535 negatives.",
        arguments: "train --data digits --draws 64 --with-replacement --measured-draws 2..65536:*2 "
          + "--output frozen.csv"),
    ])

  private let data: TrainingDataOption
  private let imbalance: Double?
  private let options: TrainingOptions
  /// Nil for standard output.
  private let path: String?
  private let folder: String
  private let resumes: Bool
  private let threadCount: Int
  private let isQuiet: Bool

  init(_ arguments: ParsedArguments) throws(UsageError) {
    data = try TrainingDataOption(arguments)
    imbalance = try ImbalanceOption.factor(arguments)
    options = try TrainingOptions(arguments, data: data)
    let usual = "\(data.name)-measurements.csv"
    let given = try arguments.tablePath(Self.output, formats: ["csv"])
    path = arguments.has(Self.output) ? given : usual
    folder = arguments.text(Self.checkpoints) ?? (given ?? usual) + ".checkpoints"
    if folder.isEmpty || folder == "-" {
      throw .invalid(folder, for: Self.checkpoints, "must name a folder")
    }
    if let path, Self.isSamePlace(folder, path) {
      throw .invalid(folder, for: Self.checkpoints, "is the file of '--output' already")
    }
    resumes = arguments.has(Self.resume)
    threadCount = try arguments.integer(Self.threads, in: 1...1024) ?? Self.processorCount
    isQuiet = arguments.has(Self.quiet)
  }

  /// Whether two paths name one place, as far as their text says.
  private static func isSamePlace(_ first: String, _ second: String) -> Bool {
    func parts(_ path: String) -> [Substring] {
      let root: [Substring] = path.hasPrefix("/") ? ["/"] : []
      return root + path.split(separator: "/").filter { $0 != "." }
    }
    return parts(first) == parts(second)
  }

  /// How many processors this process may use.
  static var processorCount: Int { max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))) }

  func run(output: any TextOutput, diagnostics: any TextOutput) throws {
    // Hours of training are not to end in a file that cannot be written.
    let file = try path.map { path throws(FileError) in try AtomicFile(path: path) }
    var items = try data.load()
    if let imbalance { items = items.imbalanced(by: imbalance) }
    let (configurations, clipping) = options.configurations(for: items)
    let experiment = try Experiment(
      data: items, configurations: configurations, checkpoints: folder,
      resumes: resumes, threadCount: threadCount)
    if !isQuiet {
      let notes = (clipping.map { [$0] } ?? []) + Self.notes(experiment)
      for note in notes { try diagnostics.write("Note: \(note)\n") }
      try diagnostics.flush()
    }
    let bar = isQuiet ? nil : ProgressBar(diagnostics)
    if !isQuiet {
      Interruption.announce(
        (bar == nil ? "" : ProgressBar.wiping)
          + "Interrupted: run the same command with '--resume' to continue from '\(folder)'.\n")
    }
    defer { Interruption.silence() }
    let measurements = try experiment.run { progress in bar?.show(progress) }
    bar?.clear()
    let output: any TextOutput = file ?? output
    var writer = CSVWriter { text in try output.write(text) }
    try writer.begin(columns: ContrastiveMeasurement.columns)
    for measurement in measurements { try writer.append(row: measurement.row) }
    try writer.finish()
    try file?.commit()
  }

  /// Remarks for a person: what is trained and measured, and on what.
  static func notes(_ experiment: Experiment) -> [String] {
    let (data, first) = (experiment.data, experiment.configurations[0])
    let count = experiment.configurations.count
    let (training, measured) = (data.trainingSizes.reduce(0, +), data.validationSizes.reduce(0, +))
    let temperatures = Set(experiment.configurations.map(\.temperature)).sorted()
      .map { "\($0)" }.joined(separator: ", ")
    let means =
      first.sampling == .withoutReplacement
      ? "measured in shuffled batches with class means of the training \(data.kind), as "
        + "published; they stand in for those of the bounds, which '--with-replacement' measures"
      : "measured with independent draws and class means of the same \(data.kind): everything is "
        + "of one law"
    return [
      "\(count) \(count == 1 ? "encoder" : "encoders") at temperature \(temperatures), trained on "
        + "\(training) \(data.kind), measured on \(measured) in "
        + "\(first.views) \(first.views == 1 ? "view" : "views")",
      means,
    ]
  }
}
