// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import Labels

/// What a measurement of features depends on besides the features and the instruction set.
public struct MeasuringConfiguration: Hashable, Sendable {
  /// The number of draws, K + 1, of a batch.
  public var draws: Int

  /// The seed of orders and draws.
  public var seed: UInt64

  /// The temperature t.
  public var temperature = 0.5

  /// How the items of a batch are drawn.
  public var sampling = SamplingScheme.withoutReplacement

  /// How often the items are gone through in batches; nil for what is usual: 10 times without
  /// replacement, and with replacement not at all, for means are exact then but for those of sets
  /// of classes.
  public var passes: Int? = nil

  /// A configuration with the remaining properties as they are by default.
  public init(draws: Int, seed: UInt64) {
    self.draws = draws
    self.seed = seed
  }

  /// How often the items are gone through in batches: what was asked for or is usual.
  public var passCount: Int { passes ?? Self.usualPassCount(sampling) }

  /// How often items are gone through in batches if nothing else is asked for.
  static func usualPassCount(_ sampling: SamplingScheme) -> Int {
    sampling == .withReplacement ? 0 : 10
  }

  /// Whether all numbers are in their ranges.
  var isMeaningful: Bool {
    draws >= 2 && passes ?? 1 >= 1 && TrainingConfiguration.temperatures.contains(temperature)
  }
}

extension TrainingConfiguration {
  /// How the encoder is measured with the draws that it is trained with.
  var measuring: MeasuringConfiguration { measuring(draws: draws) }

  /// How the encoder is measured.
  func measuring(draws: Int) -> MeasuringConfiguration {
    var configuration = MeasuringConfiguration(draws: draws, seed: seed)
    configuration.temperature = temperature
    configuration.sampling = sampling
    configuration.passes = passes
    return configuration
  }
}
