// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Names are those of C.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import ArbitraryPrecision
public import CUpsilon
internal import CommandLineTool
internal import Labels
internal import Measurements
internal import Tables
internal import Training

/// `upsilon_1_measure` of upsilon.h.
@c @implementation
public func upsilon_1_measure(
  _ request: UnsafePointer<upsilon_1_request>, _ progress: upsilon_1_progress?,
  _ context: UnsafeMutableRawPointer?, _ csv: CText, _ notes: CText?, _ message: CText?
) -> Int32 {
  unsafe code(message) {
    let request = unsafe request.pointee
    var isCancelled = false
    do {
      try withoutActuallyEscaping({ isCancelled }) { asked in
        let experiment = try unsafe FeatureExperiment(request, isCancelled: asked)
        var text = ""
        var writer = CSVWriter { text += $0 }
        try writer.begin(columns: ContrastiveMeasurement.columns)
        func report(_ done: MeasuringProgress) {
          if let progress = unsafe progress, !isCancelled {
            isCancelled = unsafe progress(context, done.share) != 0
          }
        }
        if let path = unsafe request.part_path, experiment.part != nil {
          try MeasureCommand.writePart(
            of: experiment, to: unsafe String(cString: path), or: MemoryOutput(),
            check: { if isCancelled { throw Cancellation() } }, progress: report)
        } else {
          try experiment.run(progress: report) { measurement in
            if isCancelled { throw Cancellation() }
            try writer.append(row: measurement.row)
          }
        }
        try writer.finish()
        unsafe csv.set(text)
        unsafe notes?.set(
          MeasureCommand.notes(experiment, classNames: nil).map { $0 + "\n" }.joined())
      }
    } catch is DataError where isCancelled {
      throw Cancellation()
    }
  }
}

extension FeatureExperiment {
  /// The experiment that a request asks for.
  ///
  /// - Throws: `DomainError` or `DataError` naming what is at fault.
  fileprivate init(
    _ request: upsilon_1_request, isCancelled: @escaping () -> Bool
  ) throws {
    let items = try unsafe BorrowedFeatures(request.items, prefix: "", isCancelled: isCancelled)
    try DomainError.check(items.viewCount >= 1, "views", 0, "must be at least 1")
    var training: BorrowedFeatures?
    if let given = unsafe request.training {
      training = try unsafe BorrowedFeatures(
        given, prefix: "training ", isCancelled: isCancelled)
    }
    let threads = unsafe Int(request.threads)
    try DomainError.check(
      (0...1024).contains(threads), "threads", threads, "must be from 0 to 1024")
    let origins: [ClassMeansOrigin?] = [nil, .training, .validation]
    let origin = unsafe Int(request.class_means)
    try DomainError.check(
      origins.indices.contains(origin), "class_means", origin, "must be 0, 1 or 2")
    let configurations = try unsafe Self.configurations(request)
    try DomainError.check(
      origins[origin] != .training || configurations[0].sampling == .withoutReplacement,
      "class_means", "training", "must be of the items themselves with replacement")
    try self.init(
      items: items, training: training, name: unsafe String(cString: request.name),
      configurations: configurations, classMeans: origins[origin],
      part: try unsafe Self.part(request),
      threadCount: threads == 0 ? MeasureCommand.processorCount : threads)
  }

  /// The share of the work that a request asks for; nil for all of it.
  private static func part(_ request: upsilon_1_request) throws(DomainError) -> MeasuringPart? {
    let (number, count) = unsafe (Int(request.part), Int(request.parts))
    if count == 0 && number == 0 { return nil }
    try DomainError.check(
      (1...MeasuringPart.countLimit).contains(count), "parts", count,
      "must be from 1 to \(MeasuringPart.countLimit)")
    try DomainError.check(
      (1...count).contains(number), "part", number, "must be from 1 to \(count), the parts")
    try DomainError.check(
      unsafe request.part_path != nil, "part_path", "NULL", "must be the file of the part")
    return MeasuringPart(number: number, count: count)
  }

  /// The rows, in the order of the command's.
  private static func configurations(
    _ request: upsilon_1_request
  ) throws(DomainError) -> [MeasuringConfiguration] {
    let draws = unsafe integers(request.draws, request.draw_count)
    let seeds = unsafe integers(request.seeds, request.seed_count)
    let temperatures = (0..<max(0, unsafe Int(request.temperature_count))).map {
      unsafe request.temperatures[$0]
    }
    let sampling = try unsafe SamplingScheme(checking: request.sampling)
    let passes = unsafe Int(request.passes)
    try DomainError.check(
      (0...1_000_000).contains(passes), "passes", passes, "must be from 1 to 1000000")
    for draw in draws { try DomainError.check(draw >= 2, "draws", draw, "must be at least 2") }
    for seed in seeds { try DomainError.check(seed >= 0, "seeds", seed, "must be at least 0") }
    let range = TrainingConfiguration.temperatures
    for temperature in temperatures {
      try DomainError.check(
        range.contains(temperature), "temperature", temperature,
        "must be from \(range.lowerBound) to \(range.upperBound)")
    }
    let configurations = temperatures.flatMap { temperature in
      draws.flatMap { draws in
        seeds.map { seed in
          var configuration = MeasuringConfiguration(draws: draws, seed: UInt64(seed))
          configuration.temperature = temperature
          configuration.sampling = sampling
          configuration.passes = passes == 0 ? nil : passes
          return configuration
        }
      }
    }
    try DomainError.check(
      !configurations.isEmpty, "rows", 0,
      "must be at least 1: numbers of draws, seeds and temperatures")
    return configurations
  }
}
