// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Occupancy

/// A label law with the name that the column `dataset` gives it.
struct NamedLaw: Sendable {
  let name: String
  let law: LabelLaw

  /// A law given by class sizes.
  init(name: String, distribution: LabelDistribution) {
    self.name = name
    law = LabelLaw(distribution)
  }

  /// A law given by probabilities.
  init(name: String, law: LabelLaw) {
    self.name = name
    self.law = law
  }

  /// A built-in law.
  init(_ law: BuiltInLaw) {
    self.init(name: law.name, distribution: law.distribution)
  }
}
