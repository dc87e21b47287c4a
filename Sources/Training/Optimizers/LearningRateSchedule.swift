// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels

/// A learning rate that grows linearly, then falls to 0 along half a cosine.
///
/// Reference: I. Loshchilov and F. Hutter, *SGDR*, ICLR 2017, eq. (5) without restarts.
struct LearningRateSchedule: Equatable, Sendable {
  /// The highest rate.
  let peak: Double
  /// The number of steps that lead up to it.
  let warmUpSteps: Int
  /// The number of all steps, more than `warmUpSteps`.
  let stepCount: Int

  init(peak: Double, warmUpSteps: Int, stepCount: Int) {
    precondition(0 <= warmUpSteps && warmUpSteps < stepCount, "\(warmUpSteps) of \(stepCount)")
    self.peak = peak
    self.warmUpSteps = warmUpSteps
    self.stepCount = stepCount
  }

  /// The rate of step `step`, counted from 0: peak (s + 1) / w for s < w, and peak / 2 (1 + cos(pi
  /// (s - w) / (n - w))) after that.
  func rate(step: Int) -> Double {
    precondition(0 <= step && step < stepCount, "step \(step) of \(stepCount)")
    if step < warmUpSteps { return peak * Double(step + 1) / Double(warmUpSteps) }
    let progress = Double(step - warmUpSteps) / Double(stepCount - warmUpSteps)
    return 0.5 * peak * (1 + cosine(.pi * progress))
  }
}
