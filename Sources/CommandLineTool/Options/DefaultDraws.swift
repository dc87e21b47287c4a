// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Numbers of draws that nobody asked for, of which a set may have too few items.
enum DefaultDraws {
  /// Configurations without those of more draws than there are items.
  ///
  /// If all have more, those with the fewest draws get as many as there are items.
  ///
  /// - Returns: The configurations left, in order, and for a person what was left out.
  static func clipped<Configuration>(
    _ configurations: [Configuration], _ draws: WritableKeyPath<Configuration, Int>,
    to itemCount: Int
  ) -> (configurations: [Configuration], note: String?) {
    let counts = Set(configurations.map { $0[keyPath: draws] })
    let excess = counts.filter { $0 > itemCount }.sorted()
    guard let least = counts.min(), !excess.isEmpty, itemCount >= 2 else {
      return (configurations, nil)
    }
    let list = excess.map(String.init).joined(separator: ", ")
    guard least > itemCount else {
      return (
        configurations.filter { $0[keyPath: draws] <= itemCount },
        "there are only \(itemCount) items, so the default draws of \(list) are left out"
      )
    }
    let all = configurations.filter { $0[keyPath: draws] == least }.map { configuration in
      var configuration = configuration
      configuration[keyPath: draws] = itemCount
      return configuration
    }
    return (
      all,
      "there are only \(itemCount) items, so \(itemCount) draws are measured instead "
        + "of the default \(list)"
    )
  }
}
