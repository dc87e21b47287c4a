// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Occupancy

/// The option that forces one algorithm.
enum MethodOption {
  static let specification = ArgumentSpecification.option(
    "method", default: OccupancyMethod.auto.rawValue,
    values: .choices(OccupancyMethod.allCases.map(\.rawValue)),
    "Algorithm: auto, inclusion-exclusion, stirling or contour. All print the same digits.")

  /// The algorithm asked for.
  static func value(_ arguments: ParsedArguments) throws(UsageError) -> OccupancyMethod {
    try arguments.choice(specification) ?? .auto
  }
}
