// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// How far an experiment is, after a step of a run.
public struct TrainingProgress: Sendable {
  /// The number of the run, counted from 1, and of all runs.
  public let run, runCount: Int

  /// The configuration of the run.
  public let configuration: TrainingConfiguration

  /// The epoch, counted from 1.
  public let epoch: Int

  /// The share of this run's steps that are done, in 0 ... 1.
  public let share: Double

  /// The mean loss of this epoch so far, in nats.
  public let loss: Double

  /// Training images a second in this run, since it began or was resumed.
  public let itemsPerSecond: Double

  /// How many seconds of training are left in this run.
  public let secondsLeft: Double
}
