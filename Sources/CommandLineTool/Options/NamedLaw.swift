// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Occupancy

/// A label law with the name that the column `dataset` gives it.
struct NamedLaw: Sendable {
  let name: String
  let law: LabelLaw
  /// How often classes must come, in the law's order, if its file says so.
  let copies: [(copies: Int, classCount: Int)]?

  /// What a person must know of how its file was read, one line each.
  let notes: [String]

  /// A law, and how often its classes must come.
  init(
    name: String, law: LabelLaw, copies: [(copies: Int, classCount: Int)]? = nil,
    notes: [String] = []
  ) {
    self.name = name
    self.law = law
    self.copies = copies
    self.notes = notes
  }

  /// A law given by class sizes.
  init(name: String, distribution: LabelDistribution) {
    self.init(name: name, law: LabelLaw(distribution))
  }

  /// A built-in law.
  init(_ law: BuiltInLaw) {
    self.init(name: law.name, distribution: law.distribution)
  }
}
