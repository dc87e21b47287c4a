// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Training

/// The options that say how encoders are trained and measured.
struct TrainingOptions: Sendable {
  static let draws = ArgumentSpecification.option(
    "draws", value: "list", isList: true,
    "Numbers of draws K+1, the batch size in training and in measuring; an encoder for each "
      + "(default for digits: 16,32,64,128,256,512).")
  static let measuredDraws = ArgumentSpecification.option(
    "measured-draws", value: "list", isList: true,
    "With '--with-replacement' and one number of '--draws': numbers K+1, up to 1000000001, at "
      + "which every encoder is measured, frozen; a row for each (default: the draws of training).")
  static let seeds = ArgumentSpecification.option(
    "seeds", value: "list", default: "7,11,13", isList: true,
    "Seeds; an encoder for each, with every number of draws.")
  static let epochs = ArgumentSpecification.option(
    "epochs",
    "How many times the training items are seen (default: 150 for digits, 20 for other "
      + "images, 40 for texts).")
  static let encoder = ArgumentSpecification.option(
    "encoder", value: "encoder",
    values: .suggestions(ResidualBackbone.allCases.map(\.rawValue) + ["mlp:", "bag:"]),
    "residual (stages of 32, 64 and 128 channels), resnet-18, or 'mlp:' and the widths of the "
      + "layers, such as mlp:256+256-64 with the projection head after '+'; for texts 'bag:' and an "
      + "embedding table before the layers, such as bag:32768x64-128+128-64.")
  static let loss = ArgumentSpecification.option(
    "loss", default: "infonce",
    values: .choices(ContrastiveLoss.allCases.map(\.rawValue) + [momentumContrast]),
    "Training loss: infonce, with K negatives as in the bounds; nt-xent, with 2K as in SimCLR; "
      + "or moco, with a queue of K earlier features.")
  static let batch = ArgumentSpecification.option(
    "batch", value: "count",
    "With '--loss moco': the batch size (default: 256); for other losses it is K+1.")
  static let momentum = ArgumentSpecification.option(
    "momentum",
    "With '--loss moco': the momentum of the key encoder, the share of its weights that it keeps "
      + "in a step (default: 0.99)."
  )
  static let temperature = ArgumentSpecification.option(
    "temperature", value: "list", default: "0.5", isList: true,
    "Temperatures of training and measuring; an encoder for each, with every number of draws and "
      + "seed.")
  static let optimizer = ArgumentSpecification.option(
    "optimizer", default: "sgd", values: .choices(OptimizerKind.allCases.map(\.rawValue)),
    "Optimizer: sgd (with momentum 0.9), lars or adam.")
  static let learningRate = ArgumentSpecification.option(
    "learning-rate", value: "rate",
    "Peak learning rate (default: 0.05 + 0.3 (K+1)/256 for sgd, with texts 0.05 + 2 (K+1)/256; "
      + "0.3 (K+1)/256 for lars; 0.001 for adam).")
  static let weightDecay = ArgumentSpecification.option(
    "weight-decay", value: "decay", default: "0.001", "Weight decay of weight matrices.")
  static let warmUp = ArgumentSpecification.option(
    "warm-up", value: "epochs", default: "0",
    "Epochs over which the learning rate rises to its peak.")
  static let chunk = ArgumentSpecification.option(
    "chunk", value: "images",
    "How many images to hold in memory at a time. Gradients are those of the whole batch all the "
      + "same, and so are the statistics of normalization, except in residual networks and with "
      + "moco.")
  static let erase = ArgumentSpecification.option(
    "erase", value: "probability",
    "For texts: the probability that a word is left out of a view (default: 0.5; banking77 and "
      + "clinc150: 0.3)."
  )
  static let replace = ArgumentSpecification.option(
    "replace", value: "probability",
    "For texts: the probability that a word is replaced by one of its neighbours in the corpus "
      + "(default: 0).")
  static let withReplacement = ArgumentSpecification.flag(
    "with-replacement",
    "Measure independent draws and class means of one empirical law, which the bounds are "
      + "theorems about, without sampling (default: shuffled batches and class means of the "
      + "training items, as published).")
  static let passes = ArgumentSpecification.option(
    "passes", value: "count",
    "How many times to go through the validation items in batches (default: 10; none with "
      + "'--with-replacement', where batches only add the coverage rate and the terms of covered "
      + "and uncovered batches).")
  static let views = ArgumentSpecification.option(
    "views", value: "count", default: "10", "How many views of each item means are taken over.")

  /// The loss that is no function of a batch alone.
  private static let momentumContrast = "moco"

  static let specifications = [
    draws, measuredDraws, seeds, epochs, encoder, loss, batch, momentum, temperature, optimizer,
    learningRate,
    weightDecay, warmUp,
    chunk, erase, replace, withReplacement, passes, views,
  ]

  /// The most encoders of one command.
  static let runLimit = 100_000

  /// The most draws that an encoder is measured at.
  private static let measuredLimit = 1_000_000_001

  /// The runs: temperature by temperature, and seed by seed within each number of draws.
  let configurations: [TrainingConfiguration]

  private let hasDefaultDraws: Bool

  /// The runs on a data set, and for a person which were left out: of numbers of draws that nobody
  /// asked for, those that there are too few items for.
  func configurations(
    for data: DataSet
  ) -> (configurations: [TrainingConfiguration], note: String?) {
    guard hasDefaultDraws, configurations[0].momentumContrast == nil else {
      return (configurations, nil)
    }
    let isShuffled = configurations[0].sampling == .withoutReplacement
    let parts = isShuffled ? [data.trainingSizes, data.validationSizes] : [data.trainingSizes]
    let itemCount = parts.map { $0.reduce(0, +) }.min() ?? 0
    return DefaultDraws.clipped(configurations, \.draws, to: itemCount)
  }

  /// Reads the options.
  init(_ arguments: ParsedArguments, data: TrainingDataOption) throws(UsageError) {
    hasDefaultDraws = !arguments.has(Self.draws)
    let draws = try Self.distinct(arguments, Self.draws, minimum: 2) ?? data.drawCounts
    let seeds = try Self.distinct(arguments, Self.seeds, minimum: 0) ?? [7, 11, 13]
    let temperatures = try Self.temperatures(arguments, Self.temperature) ?? [0.5]
    guard draws.count * seeds.count <= Self.runLimit / temperatures.count else {
      let kinds = temperatures.count == 1 ? "" : " by \(temperatures.count) temperatures"
      throw .invalid(
        arguments.text(Self.draws) ?? "", for: Self.draws,
        "\(draws.count) numbers by \(seeds.count) seeds\(kinds) are more than \(Self.runLimit) "
          + "encoders")
    }
    let limit = 1_000_000
    let epochs = try arguments.integer(Self.epochs, in: 1...limit) ?? data.epochs
    var base = TrainingConfiguration(
      draws: 2, seed: 0, epochs: epochs, shape: try Self.shape(arguments, data) ?? data.shape,
      augmentation: data.augmentation)
    base.momentumContrast = try Self.momentumContrast(arguments)
    if base.momentumContrast == nil { base.loss = try arguments.choice(Self.loss) ?? base.loss }
    base.optimizer = try arguments.choice(Self.optimizer) ?? base.optimizer
    base.learningRate = try Self.decimal(arguments, Self.learningRate, in: 0...1e6)
    base.weightDecay =
      try Self.decimal(arguments, Self.weightDecay, in: 0...1e6) ?? base.weightDecay
    base.warmUpEpochs = try arguments.integer(Self.warmUp, in: 0...(epochs - 1)) ?? 0
    base.chunk = try arguments.integer(Self.chunk, in: 1...limit)
    base.augmentation.words = try Self.words(arguments, data)
    base.sampling = arguments.has(Self.withReplacement) ? .withReplacement : .withoutReplacement
    base.passes = try arguments.integer(Self.passes, in: 1...limit)
    base.views = try arguments.integer(Self.views, in: 1...limit) ?? base.views
    base.measuredDraws = try Self.measuredDraws(arguments, trained: draws)
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

  /// What encoders of `trained` draws are measured at, if that was asked for.
  private static func measuredDraws(
    _ arguments: ParsedArguments, trained: [Int]
  ) throws(UsageError) -> [Int]? {
    guard let found = try distinct(arguments, measuredDraws, minimum: 2) else { return nil }
    let text = arguments.text(measuredDraws) ?? ""
    guard arguments.has(withReplacement) else {
      throw .needless(measuredDraws, without: [withReplacement])
    }
    guard trained.count == 1 else {
      throw .invalid(
        text, for: measuredDraws,
        "an encoder is measured at all of them, so '--draws' must be one number")
    }
    if let large = found.first(where: { $0 > measuredLimit }) {
      throw .invalid(text, for: measuredDraws, "\(large) is more than \(measuredLimit)")
    }
    return found
  }

  /// Temperatures of which none stands twice, separated by commas.
  static func temperatures(
    _ arguments: ParsedArguments, _ specification: ArgumentSpecification
  ) throws(UsageError) -> [Double]? {
    guard let text = arguments.text(specification) else { return nil }
    var found: [Double] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false).prefix(1000) {
      let value = try decimal(
        String(part), of: text, for: specification, in: TrainingConfiguration.temperatures)
      if found.contains(value) {
        throw .invalid(text, for: specification, "\(part) appears twice")
      }
      found.append(value)
    }
    return found
  }

  /// A list of numbers of which none stands twice: each is a run, and an encoder has files of its
  /// own.
  static func distinct(
    _ arguments: ParsedArguments, _ specification: ArgumentSpecification, minimum: Int
  ) throws(UsageError) -> [Int]? {
    guard let list = try arguments.list(specification, minimum: minimum) else { return nil }
    let text = arguments.text(specification) ?? ""
    guard list.count <= runLimit else {
      throw .invalid(text, for: specification, "it has more than \(runLimit) numbers")
    }
    var seen: Set<Int> = []
    for number in list where !seen.insert(number).inserted {
      throw .invalid(text, for: specification, "\(number) appears twice")
    }
    return Array(list)
  }

  private static func shape(
    _ arguments: ParsedArguments, _ data: TrainingDataOption
  ) throws(UsageError) -> EncoderShape? {
    guard let text = arguments.text(encoder) else { return nil }
    guard let shape = EncoderShape(text) else {
      throw .invalid(
        text, for: encoder,
        "must be residual, resnet-18, 'mlp:' and widths from 1 to \(EncoderShape.widthLimit) such as "
          + "mlp:256+256-64, or 'bag:' and a table such as bag:32768x64-128+128-64")
    }
    guard (shape.embedding != nil) == (data.kind == .texts) else {
      throw .invalid(
        text, for: encoder,
        data.kind == .texts
          ? "texts need an embedding table, 'bag:'"
          : "an embedding table, 'bag:', is for texts only")
    }
    return shape
  }

  private static func momentumContrast(
    _ arguments: ParsedArguments
  ) throws(UsageError) -> MomentumContrast? {
    guard arguments.text(loss) == momentumContrast else {
      for option in [batch, momentum] {
        if let text = arguments.text(option) {
          throw .invalid(text, for: option, "only '--loss \(momentumContrast)' takes it")
        }
      }
      return nil
    }
    var settings = MomentumContrast()
    settings.batchSize = try arguments.integer(batch, in: 1...1_000_000) ?? settings.batchSize
    settings.momentum = try decimal(arguments, momentum, in: 0...0.999_999) ?? settings.momentum
    return settings
  }

  private static func words(
    _ arguments: ParsedArguments, _ data: TrainingDataOption
  ) throws(UsageError) -> WordAugmentation {
    for option in [erase, replace] where data.kind != .texts {
      if let text = arguments.text(option) {
        throw .invalid(text, for: option, "\(data.name) are not texts")
      }
    }
    var words = data.augmentation.words
    // A text keeps a word, but views of one word each have little in common.
    words.erasure = try decimal(arguments, erase, in: 0...0.99) ?? words.erasure
    words.replacement = try decimal(arguments, replace, in: 0...1) ?? words.replacement
    return words
  }

  static func decimal(
    _ arguments: ParsedArguments, _ specification: ArgumentSpecification,
    in range: ClosedRange<Double>
  ) throws(UsageError) -> Double? {
    guard let text = arguments.text(specification) else { return nil }
    return try decimal(text, of: text, for: specification, in: range)
  }

  /// A number of the value of an option.
  ///
  /// - Parameters:
  ///   - part: The number.
  ///   - text: The whole value, for messages.
  static func decimal(
    _ part: String, of text: String, for specification: ArgumentSpecification,
    in range: ClosedRange<Double>
  ) throws(UsageError) -> Double {
    let isPlain = part.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
    guard isPlain, let value = Double(part), range.contains(value) else {
      throw .invalid(
        text, for: specification,
        "must be a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }
}
