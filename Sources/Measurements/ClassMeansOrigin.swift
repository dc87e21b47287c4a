// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Which items class means are taken over; raw values are those of the column `class_means`.
public enum ClassMeansOrigin: String, CaseIterable, Hashable, Sendable {
  /// The training items, as published.
  case training

  /// The items that are measured: then everything is of one law, as the theorem has it.
  case validation
}
