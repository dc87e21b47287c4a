// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A coverage probability as published with K. Nozawa and I. Sato, *Understanding Negative Samples
/// in Instance Discriminative Self-supervised Representation Learning*, NeurIPS 2021.
struct PublishedCoverage: Sendable {
  /// Where a value was published.
  enum Source: String, Sendable {
    /// Stored in the public notebook, which sums in double precision.
    case notebook
    /// Printed in a table of the paper, to two decimals.
    case table
  }

  /// The name of the built-in law.
  let dataset: String
  let drawCount: Int
  /// The probability as published.
  let value: String
  let source: Source

  /// All published values, by data set, then source, then number of draws.
  static let all: [PublishedCoverage] =
    values(
      "ag-news", .table,
      [
        (16, "0.96"), (32, "1.00"), (64, "1.00"), (128, "1.00"), (256, "1.00"), (512, "1.00"),
      ])
    + values("cifar-10", .table, [(32, "0.69"), (128, "1.00"), (256, "1.00"), (512, "1.00")])
    + values(
      "cifar-100", .notebook,
      [
        (128, "4.517e-4"), (256, "5.750e-4"), (512, "0.5531328"), (1024, "0.9970650"),
      ])
    + values("cifar-100", .table, [(128, "0.00"), (256, "0.00"), (512, "0.62"), (1024, "1.00")])

  private static func values(
    _ dataset: String, _ source: Source, _ values: [(Int, String)]
  ) -> [PublishedCoverage] {
    values.map {
      PublishedCoverage(dataset: dataset, drawCount: $0.0, value: $0.1, source: source)
    }
  }
}
