// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Measurements
internal import Tables
package import Training

/// `upsilon measure`: the losses of features that were computed elsewhere.
package struct MeasureCommand: Command {
  static let threads = ArgumentSpecification.option(
    "threads", value: "count",
    "Threads that share the work; results do not depend on their number (default: one for each "
      + "processor).")
  static let quiet = ArgumentSpecification.flag(
    "quiet", "Print no notes and no progress bar, which only a terminal shows.")

  static let specification = CommandSpecification(
    name: "measure",
    abstract: "Measure the losses of features that were computed elsewhere.",
    discussion: """
      Reads features and labels from NPY files and prints a row of measurements for every \
      temperature, number of draws and seed, as 'train' does for its own encoders: losses, gaps, \
      terms, accuracies and standard errors. Rows of features are scaled to length 1. The \
      features stay on disk: memory use does not grow with them.

      On a terminal a short table is shown, with the bounds that follow from the losses; any \
      other output has the measurements themselves.

      In shuffled batches view 0 provides the anchors. An item's zbar is the mean of its other \
      views; class means leave out view 0 as well, unless they are taken over training items. \
      'supervised_loss' is the loss of view 0. The collision bound compares all items of a class, \
      or a random 4096 of a larger class.

      With '--with-replacement' items and views are drawn independently, and every view is \
      equally likely to be the anchor or a key. Nothing is sampled: means are integrals over all \
      pairs of rows, exact for any K, and one pass over the pairs serves all numbers of draws. \
      Standard errors and 'batches' are 0. Where items times views are more than \
      \(FeatureExperiment.anchorLimit) rows, a random sample of that size are the anchors, and \
      standard errors are over anchors. Terms that depend on sets of classes are left out unless \
      '--passes' has them measured in batches.

      '--part i/n' shares the work among processes, on one machine or many: 'upsilon merge' joins \
      the parts to exactly the bytes that one process prints. Every part reads all rows for the \
      class means, unless a first pass, shared in the same way, has added up the classes.
      """,
    arguments: FeatureOptions.specifications + MeasuringOptions.specifications
      + PartOptions.specifications
      + [OutputOptions.format, OutputOptions.output, OutputOptions.columns, threads, quiet],
    alternatives: [Alternatives([FeatureOptions.features, FeatureOptions.dump])],
    examples: [
      WorkedExample(
        "Measure two views of a validation set, class means from the training set.",
        arguments: "measure --features val-0.npy,val-1.npy --labels val-labels.npy "
          + "--training-features train-0.npy,train-1.npy --training-labels train-labels.npy "
          + "--draws 32,512 --output measurements.csv"),
      WorkedExample(
        "Measure independent draws exactly, with up to a billion negatives.",
        arguments: "measure --features val-0.npy,val-1.npy --labels val-labels.npy "
          + "--with-replacement --draws 2..65536:*2,1000000001 --temperature 0.1,0.5 --output m.csv"
      ),
      WorkedExample(
        "Measure what the published code saved as epoch_500-cifar.pt.feature.0.val.npy and so on.",
        arguments: "measure --dump features/epoch_500-cifar.pt --draws 32..512:*2 --output m.csv"),
      WorkedExample(
        "Measure the third of eight parts, for 'upsilon merge'.",
        arguments: "measure --features val-0.npy,val-1.npy --labels val-labels.npy --draws 512 "
          + "--part 3/8 --output part-3"),
    ])

  private let features: FeatureOptions
  private let options: MeasuringOptions
  /// Nil for all of the measurement.
  private let part: PartOptions?
  private let outputOptions: OutputOptions
  private let threadCount: Int
  private let isQuiet: Bool

  init(_ arguments: ParsedArguments) throws(UsageError) {
    features = try FeatureOptions(arguments)
    options = try MeasuringOptions(arguments)
    part = try PartOptions(arguments)
    outputOptions = try OutputOptions(arguments)
    threadCount = try arguments.integer(Self.threads, in: 1...1024) ?? Self.processorCount
    isQuiet = arguments.has(Self.quiet)
  }

  func run(output: any TextOutput, diagnostics: any TextOutput) throws {
    let table = try MeasurementTable(outputOptions)
    let (items, training) = try features.files().open()
    let (configurations, clipping) = options.configurations(itemCount: items.labels.count)
    let experiment = try FeatureExperiment(
      items: items, training: training, name: features.name,
      configurations: configurations, classMeans: options.classMeans,
      part: part?.part, firstPass: part?.readSums(), threadCount: threadCount)
    if !isQuiet {
      let facts = Self.notes(experiment, classNames: items.classNames)
      for note in options.notes + (clipping.map { [$0] } ?? []) + facts {
        try diagnostics.write("Note: \(note)\n")
      }
      try diagnostics.flush()
    }
    let bar = isQuiet ? nil : ProgressBar(diagnostics)
    if bar != nil { Interruption.announce(ProgressBar.wiping) }
    defer { Interruption.silence() }
    if let part {
      defer { bar?.clear() }
      try Self.writePart(of: experiment, isFirstPass: part.isFirstPass, to: part.path, or: output) {
        bar?.show($0)
      }
      return
    }
    try table.write(to: output) { row in
      defer { bar?.clear() }
      try experiment.run(progress: { progress in bar?.show(progress) }) { measurement in
        bar?.clear()
        try row(measurement)
      }
    }
    if !isQuiet {
      for remark in table.remarks { try diagnostics.write("Note: \(remark)\n") }
      try diagnostics.flush()
    }
  }

  /// Does a part's share of the work and writes its file, whole or not at all.
  ///
  /// - Parameters:
  ///   - isFirstPass: Whether classes are added up and nothing else.
  ///   - output: What is written to if there is no path.
  ///   - check: Called when the work is done; throws to have no file.
  package static func writePart(
    of experiment: FeatureExperiment, isFirstPass: Bool = false, to path: String?,
    or output: any TextOutput, check: () throws -> Void = {},
    progress: (MeasuringProgress) -> Void
  ) throws {
    // What cannot be written is found before an hour of work.
    try AtomicFile.write(to: path, or: output) { sink in
      let bytes =
        try isFirstPass ? experiment.keepClassSums() : experiment.keepPart(progress: progress)
      try check()
      try sink.write(bytes)
    }
  }

  /// How many threads share the work unless it is said.
  package static var processorCount: Int { TrainCommand.processorCount }

  /// Remarks for a person: what was taken for what, and what it will take.
  package static func notes(
    _ experiment: FeatureExperiment, classNames: [String]?
  ) -> [String] {
    var notes: [String] = []
    if let classNames {
      let limit = 10
      let list = classNames.prefix(limit).enumerated().map { "\($0) '\($1.excerpt)'" }
      let rest = classNames.count > limit ? " and \(classNames.count - limit) more" : ""
      notes.append("classes are \(list.joined(separator: ", "))\(rest)")
    }
    if experiment.viewCount == 1 {
      notes.append(
        "there is only one view, so every positive is its own anchor, which makes the "
          + "contrastive loss too small")
    } else if !experiment.isExact {
      notes.append("view 0 provides the anchors, view 1 the keys")
    }
    if experiment.classMeansOrigin == .validation {
      notes.append(
        "class means are taken over the \(experiment.itemCount) items measured"
          + (experiment.hasTrainingFeatures ? "" : ", as there are no training features")
          + ": everything is of one law")
      if !experiment.isExact && experiment.viewCount > 1 {
        notes.append(
          "class means leave out view 0: supervised_loss scores its features by the means of the "
            + "other views")
      }
    } else {
      notes.append(
        "class means are taken over the training features and stand in for those of "
          + "the features measured")
    }
    if experiment.samplesPairs {
      notes.append("in classes of more than 4096 items the collision bound compares a random 4096")
    }
    if experiment.samplesAnchors {
      notes.append(
        "\(FeatureExperiment.anchorLimit) of the \(experiment.itemCount * experiment.viewCount) "
          + "rows, chosen at random, are the anchors")
    }
    let count = experiment.configurations.count
    notes.append(
      "\(count) \(count == 1 ? "row" : "rows") of \(experiment.itemCount) items in "
        + "\(experiment.viewCount) \(experiment.viewCount == 1 ? "view" : "views"): at most "
        + "\(amount(experiment.memory)) of memory, \(amount(experiment.readBytes)) read for "
        + "\(experiment.isExact ? "pairs" : "batches"), "
        + "\(scientific(experiment.work)) floating-point operations")
    return notes
  }

  /// `123 MB`, rounded up to whole units of at least megabytes.
  static func amount(_ bytes: Double) -> String {
    for (unit, size) in [("MB", 1e6), ("GB", 1e9), ("TB", 1e12)] where bytes < 1000 * size {
      return "\(Int(saturating: (bytes / size).rounded(.up))) \(unit)"
    }
    return "\(scientific(bytes / 1e12)) TB"
  }

  /// `3e12`, rounded up to one digit.
  static func scientific(_ value: Double) -> String {
    var (digit, exponent) = (max(value, 1), 0)
    while digit >= 10 {
      digit /= 10
      exponent += 1
    }
    let whole = Int(saturating: digit.rounded(.up))
    return whole == 10 ? "1e\(exponent + 1)" : "\(whole)e\(exponent)"
  }
}
