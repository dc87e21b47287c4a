// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The option that makes classes unequal.
enum ImbalanceOption {
  static let imbalance = ArgumentSpecification.option(
    "imbalance", value: "factor",
    "Keep a subset whose class sizes fall exponentially, the largest this many times the "
      + "smallest, for training and for measuring (as in the long-tailed CIFAR sets).")

  /// The factor that was asked for; nil for all data.
  static func factor(_ arguments: ParsedArguments) throws(UsageError) -> Double? {
    try TrainingOptions.decimal(arguments, imbalance, in: 1...1_000_000)
  }
}
