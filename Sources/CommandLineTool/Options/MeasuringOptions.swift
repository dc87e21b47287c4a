// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Measurements
internal import Training

/// The options that say how features are measured.
struct MeasuringOptions: Sendable {
  static let draws = ArgumentSpecification.option(
    "draws", value: "list", default: "32,64,128,256,512", isList: true,
    "Numbers of draws K+1, the items of a batch; a row for each.")
  static let seeds = ArgumentSpecification.option(
    "seeds", value: "list", default: "7", isList: true,
    "Seeds of shuffling and drawing; a row for each.")
  static let temperature = ArgumentSpecification.option(
    "temperature", value: "list", default: "0.5", isList: true,
    "Temperatures of the losses; a row for each. Use the one you trained with.")
  static let withReplacement = ArgumentSpecification.flag(
    "with-replacement",
    "Measure independent draws of items and views, exactly and for any K, without sampling "
      + "except for '--passes' (default: shuffled batches, as published).")
  static let classMeans = ArgumentSpecification.option(
    "class-means", value: "items", values: .choices(ClassMeansOrigin.allCases.map(\.rawValue)),
    "Which items class means are taken over: training, as published, or validation, the items "
      + "measured, so that everything is of one law (default: training for shuffled batches if "
      + "there are training features, otherwise validation).")
  static let passes = ArgumentSpecification.option(
    "passes", value: "count",
    "How many times to go through the items in batches (default: 10; none with "
      + "'--with-replacement', where batches only add the coverage rate and the terms of covered "
      + "and uncovered batches).")

  static let specifications = [draws, seeds, temperature, withReplacement, classMeans, passes]

  /// The measurements: temperature by temperature, and seed by seed within each number of draws.
  let configurations: [MeasuringConfiguration]
  /// Which items class means are of, if that was asked for.
  let classMeans: ClassMeansOrigin?

  /// What was taken because nothing else was asked for, a line each for a person.
  let notes: [String]
  private let hasDefaultDraws: Bool

  /// The measurements of so many items, and for a person which were left out: of draws without
  /// replacement that nobody asked for, those that there are too few items for.
  func configurations(
    itemCount: Int
  ) -> (configurations: [MeasuringConfiguration], note: String?) {
    guard hasDefaultDraws, configurations[0].sampling == .withoutReplacement else {
      return (configurations, nil)
    }
    return DefaultDraws.clipped(configurations, \.draws, to: itemCount)
  }

  /// Reads the options.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    let draws =
      try TrainingOptions.distinct(arguments, Self.draws, minimum: 2) ?? [32, 64, 128, 256, 512]
    let seeds = try TrainingOptions.distinct(arguments, Self.seeds, minimum: 0) ?? [7]
    var base = MeasuringConfiguration(draws: 2, seed: 0)
    let temperatures =
      try TrainingOptions.temperatures(arguments, Self.temperature) ?? [base.temperature]
    guard draws.count * seeds.count <= TrainingOptions.runLimit / temperatures.count else {
      let kinds = temperatures.count == 1 ? "" : " by \(temperatures.count) temperatures"
      throw .invalid(
        arguments.text(Self.draws) ?? "", for: Self.draws,
        "\(draws.count) numbers by \(seeds.count) seeds\(kinds) are more than "
          + "\(TrainingOptions.runLimit) rows")
    }
    hasDefaultDraws = !arguments.has(Self.draws)
    var notes: [String] = []
    if !arguments.has(Self.temperature) {
      notes.append(
        "no temperature was given, so \(base.temperature) is used: pass the one you trained with "
          + "as '--temperature'"
      )
    }
    if !arguments.has(Self.withReplacement) {
      notes.append(
        "batches are shuffled, as published; '--with-replacement' measures independent draws, "
          + "which the bounds are theorems about")
    }
    self.notes = notes
    base.sampling = arguments.has(Self.withReplacement) ? .withReplacement : .withoutReplacement
    base.passes = try arguments.integer(Self.passes, in: 1...1_000_000)
    classMeans = try arguments.choice(Self.classMeans)
    if base.sampling == .withReplacement && classMeans == .training {
      throw .invalid(
        "training", for: Self.classMeans,
        "independent draws take class means of their own law: validation, the default with "
          + "'--with-replacement'")
    }
    configurations = temperatures.flatMap { temperature in
      draws.flatMap { draws in
        seeds.map { seed in
          var configuration = base
          configuration.temperature = temperature
          configuration.draws = draws
          configuration.seed = UInt64(seed)
          return configuration
        }
      }
    }
  }
}
