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
    "Threads that share the work; results do not depend on it (default: one for each processor).")
  static let quiet = ArgumentSpecification.flag(
    "quiet", "Print no notes and show no progress; that is shown on a terminal only.")

  static let specification = CommandSpecification(
    name: "measure",
    abstract: "Measure losses of features that were computed elsewhere.",
    discussion: """
      Reads features and labels from NPY files and prints, for every temperature, number of draws and \
      seed, the row of measurements that 'train' has for an encoder of its own: losses, gaps, terms, \
      accuracies and standard errors. Rows of features are divided by their lengths. The features \
      stay in their files: memory does not grow with them.

      On a terminal a short table is shown, with the bounds that the losses give; other output has \
      what was measured.

      In shuffled batches view 0 is the anchors': zbar of an item is the mean of its other views, and \
      so are class means unless they are of training items. 'supervised_loss' is that of view 0. For the \
      collision bound all items of a class are compared, of more than 4096 a random sample of 4096.

      With '--with-replacement' items and views are drawn independently, and every view is as likely \
      to be anchor or key. Nothing is drawn: means are integrals over all pairs of rows, exact for \
      any K, and all numbers of draws share one pass over the pairs. Standard errors and 'batches' \
      are 0. Of more than \(FeatureExperiment.anchorLimit) rows, items by views, a random sample of \
      that size are the anchors, and standard errors are over anchors. What needs sets of classes is left out \
      unless '--passes' has it measured in batches.

      '--part i/n' divides the work among processes, on one machine or many: 'upsilon merge' joins the \
      parts to what one process prints, to the last byte. Every part reads all rows for the class means, \
      unless parts of a first pass have added up the classes.
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
        "Measure independent draws exactly, as many negatives as a bank of a billion has.",
        arguments: "measure --features val-0.npy,val-1.npy --labels val-labels.npy "
          + "--with-replacement --draws 2..65536:*2,1000000001 --temperature 0.1,0.5 --output m.csv"
      ),
      WorkedExample(
        "Measure what the published code has saved as epoch_500-cifar.pt.feature.0.val.npy etc.",
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
      // What cannot be written is found before an hour of work.
      try AtomicFile.write(to: part.path, or: output) { sink in
        defer { bar?.clear() }
        try sink.write(
          part.isFirstPass
            ? experiment.keepClassSums()
            : experiment.keepPart(progress: { progress in bar?.show(progress) }))
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
      notes.append("there is one view only, so that every positive is its anchor")
    } else if !experiment.isExact {
      notes.append("view 0 is the anchors', view 1 the keys'")
    }
    if experiment.classMeansOrigin == .validation {
      notes.append(
        "class means are of the \(experiment.itemCount) items that are measured"
          + (experiment.hasTrainingFeatures ? "" : ", for there are no others")
          + ": everything is of one law")
      if !experiment.isExact && experiment.viewCount > 1 {
        notes.append(
          "class means leave view 0 out: supervised_loss is of its features, scored by means of the "
            + "other views")
      }
    } else {
      notes.append("class means are of the training features, which stand in for the features' own")
    }
    if experiment.samplesPairs {
      notes.append("of classes with more than 4096 items, the collision bound compares 4096")
    }
    if experiment.samplesAnchors {
      notes.append(
        "of \(experiment.itemCount * experiment.viewCount) rows, "
          + "\(FeatureExperiment.anchorLimit) random ones are anchors")
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
