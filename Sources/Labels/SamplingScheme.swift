// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// How labels are drawn: independently, or from a finite set without putting items back.
///
/// The raw values are the ones that tables and options use.
public enum SamplingScheme: String, CaseIterable, Hashable, Sendable {
  /// Independent draws, each with probability proportional to the size of its class.
  case withReplacement = "with-replacement"

  /// A uniformly random subset of the items: no item is drawn twice.
  case withoutReplacement = "without-replacement"
}

extension SamplingScheme: CustomStringConvertible {
  /// The raw value, as tables print it.
  public var description: String { rawValue }
}
