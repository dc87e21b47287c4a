// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool
@testable import Training

@Suite struct ProgressBarTests {
  private func progress(share: Double, loss: Double, secondsLeft: Double) -> TrainingProgress {
    let configuration = TrainingConfiguration(
      draws: 32, seed: 7, epochs: 2, shape: EncoderShape(backbone: [], head: [2]),
      augmentation: .digits)
    return TrainingProgress(
      run: 2, runCount: 18, configuration: configuration, epoch: 1, share: share, loss: loss,
      itemsPerSecond: 51234.9, secondsLeft: secondsLeft)
  }

  @Test func `a line has run, share, loss, speed and time left`() {
    #expect(
      ProgressBar.line(progress(share: 0.42, loss: 2.0213, secondsLeft: 11.2))
        == "run 2/18  draws 32  seed 7  [########            ]  42%  loss 2.021  51234 images/s  "
        + "12 s left")
    #expect(
      ProgressBar.line(progress(share: 1, loss: 0.9996, secondsLeft: 0))
        == "run 2/18  draws 32  seed 7  [####################]  100%  loss 1.000  51234 images/s  "
        + "0 s left")
    #expect(ProgressBar.line(progress(share: 0, loss: 10.05, secondsLeft: 1)).contains("10.050"))
    #expect(ProgressBar.line(progress(share: 0, loss: .nan, secondsLeft: 1)).contains("loss -  "))
  }

  @Test func `a line of measuring has run, share and time left`() {
    func line(run: Int, secondsLeft: Double?) -> String {
      ProgressBar.line(
        MeasuringProgress(
          run: run, runCount: 6, configuration: MeasuringConfiguration(draws: 32, seed: 7),
          share: 0.42, secondsLeft: secondsLeft))
    }
    #expect(
      line(run: 2, secondsLeft: 11.2)
        == "run 2/6  draws 32  seed 7  [########            ]  42%  12 s left")
    #expect(
      line(run: 0, secondsLeft: nil) == "reading all files  [########            ]  42%")
  }

  @Test func `there is no bar where nobody watches`() {
    #expect(ProgressBar(MemoryOutput()) == nil)
  }
}
