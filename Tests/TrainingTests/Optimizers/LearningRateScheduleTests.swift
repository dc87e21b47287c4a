// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct LearningRateScheduleTests {
  @Test func `the rate rises in equal steps, then falls along half a cosine`() {
    let schedule = LearningRateSchedule(peak: 2, warmUpSteps: 4, stepCount: 12)
    let rates = (0..<12).map(schedule.rate)
    #expect(rates.prefix(5) == [0.5, 1, 1.5, 2, 2])
    #expect(abs(rates[8] - 1) < 1e-12)
    // 1 + cos(pi/4) and 1 - cos(pi/4) are two apart from each other's mirror.
    #expect(abs(rates[6] - 1.707_106_781_186_547_5) < 1e-12)
    #expect(abs(rates[6] + rates[10] - 2) < 1e-12)
    #expect(zip(rates.dropFirst(4), rates.dropFirst(5)).allSatisfy { $0 > $1 } && rates[11] > 0)
  }

  @Test func `without a warm-up the first rate is the highest`() {
    let schedule = LearningRateSchedule(peak: 0.3, warmUpSteps: 0, stepCount: 1)
    #expect(schedule.rate(step: 0) == 0.3)
  }

  @Test func `a warm-up as long as training is refused`() async {
    await #expect(processExitsWith: .failure) {
      _ = LearningRateSchedule(peak: 1, warmUpSteps: 5, stepCount: 5)
    }
  }
}
