// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import Testing

@testable import Training

@Suite struct RunFilesTests {
  private func checkpoint(_ fingerprint: String, epoch: Int) -> Checkpoint {
    Checkpoint(fingerprint: fingerprint, epoch: epoch, parameters: [1], state: [2], moments: [3])
  }

  @Test func `a measurement counts only with the state of the complete run`() throws {
    let folder = ScratchFolder()
    let files = RunFiles(folder: folder.path, configuration: .small(), fingerprint: "epochs 2")
    #expect(try files.checkpoint() == nil && files.measurements() == nil)
    let measurement = ContrastiveMeasurement(
      dataset: "small", draws: 6, seed: 7, temperature: 0.5, sampling: .withReplacement,
      classSizes: try LabelDistribution(counts: [3]),
      means: [.contrastiveLoss: Estimate([0.1, 0.7])], batches: 2, instructionSet: "x")
    try files.write([measurement, measurement])
    #expect(try files.measurements() == nil)
    try files.write(checkpoint("epochs 2", epoch: 1))
    #expect(try files.measurements() == nil)
    try files.write(checkpoint("epochs 2", epoch: 2))
    #expect(try files.measurements() == [measurement, measurement])
    files.removeMeasurements()
    #expect(try files.measurements() == nil)
    #expect(ScratchFolder.names(folder.path) == ["draws-6-seed-7-temperature-0.5.checkpoint"])
  }

  @Test func `a state of another run is refused, with what differs`() throws {
    let folder = ScratchFolder()
    let files = RunFiles(
      folder: folder.path, configuration: .small(), fingerprint: "epochs 2 seed 7")
    try files.write(checkpoint("epochs 3 seed 7", epoch: 1))
    #expect(
      throws: DataError(
        source: files.checkpointPath,
        problem: "it is of other data, options or instructions (epochs 3 instead of 2)")
    ) { try files.checkpoint() }
  }
}
