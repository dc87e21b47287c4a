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

  /// How often the items are gone through.
  public var passes = 10

  /// A configuration with the remaining properties as they are by default.
  public init(draws: Int, seed: UInt64) {
    self.draws = draws
    self.seed = seed
  }

  /// Whether all numbers are in their ranges.
  var isMeaningful: Bool {
    draws >= 2 && passes >= 1 && TrainingConfiguration.temperatures.contains(temperature)
  }
}

extension TrainingConfiguration {
  /// How the encoder is measured.
  var measuring: MeasuringConfiguration {
    var configuration = MeasuringConfiguration(draws: draws, seed: seed)
    configuration.temperature = temperature
    configuration.sampling = sampling
    configuration.passes = passes
    return configuration
  }
}
