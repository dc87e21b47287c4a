// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// How far the measuring of features is.
public struct MeasuringProgress: Sendable {
  /// The number of the run, counted from 1, and of all runs; 0 while the files are read for the
  /// first time.
  public let run, runCount: Int

  /// The configuration of the run.
  public let configuration: MeasuringConfiguration

  /// The share of the work of all runs that is done, in 0 ... 1.
  public let share: Double

  /// How many seconds of work are left; nil before anything is done.
  public let secondsLeft: Double?
}
