// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import TestSupport
import Testing

@testable import Training

@Suite struct RunFilesTests {
  private let folder = TemporaryFolder()

  private func files(_ fingerprint: String) -> RunFiles {
    RunFiles(folder: folder.path, configuration: .small(), fingerprint: fingerprint)
  }

  private func checkpoint(epoch: Int) -> Checkpoint {
    Checkpoint(epoch: epoch, parameters: [1], state: [2], moments: [3])
  }

  private func measurement(draws: Int = 6, seed: UInt64 = 7) throws -> ContrastiveMeasurement {
    ContrastiveMeasurement(
      dataset: "small", draws: draws, seed: seed, temperature: 0.5, sampling: .withReplacement,
      classSizes: try LabelDistribution(counts: [3]),
      means: [.contrastiveLoss: Estimate([0.1, 0.7])], batches: 2, instructionSet: "x")
  }

  private func refusal(_ path: String, _ difference: String) -> DataError {
    DataError(
      source: path,
      problem: "it comes from other data, options or instructions (\(difference)); name another "
        + "folder with '--checkpoints', or remove it")
  }

  @Test func `state and measurements come back, and go when the run begins anew`() throws {
    let files = files("epochs 2")
    #expect(try files.checkpoint() == nil && files.measurements() == nil)
    try files.write([measurement()])
    #expect(try files.measurements() == [measurement()])
    try files.write(checkpoint(epoch: 1))
    #expect(try files.checkpoint() == checkpoint(epoch: 1))
    let name = "draws-6-seed-7-temperature-0.5"
    #expect(folder.names == [name + ".checkpoint", name + ".measurements"])
    try files.removeEarlier()
    #expect(folder.names == [])
  }

  @Test func `what another run left is refused, with what differs, and not removed`() throws {
    let (mine, other) = (files("epochs 2 seed 7"), files("epochs 3 seed 7"))
    try other.write(checkpoint(epoch: 1))
    let error = refusal(mine.checkpointPath, "epochs 3 instead of 2")
    #expect(throws: error) { try mine.checkpoint() }
    #expect(throws: error) { try mine.removeEarlier() }
    #expect(try other.checkpoint() == checkpoint(epoch: 1))
  }

  @Test func `measurements of another run are refused, even beside a state of this one`() throws {
    let (mine, other) = (files("temperature 0.5"), files("temperature 0.2"))
    try mine.write(checkpoint(epoch: 3))
    try other.write([measurement()])
    let error = refusal(mine.measurementPath, "temperature 0.2 instead of 0.5")
    #expect(throws: error) { try mine.measurements() }
    #expect(throws: error) { try mine.removeEarlier() }
    #expect(try other.measurements() == [measurement()])
  }

  @Test func `edited digits and rows of others are refused`() throws {
    let files = files("epochs 2")
    try files.write([measurement()])
    var bytes = try BinaryFile.read(files.measurementPath)
    let digit = try #require(bytes.lastIndex(of: UInt8(ascii: "2")))
    bytes[digit] = UInt8(ascii: "3")
    try BinaryFile.write(bytes, to: files.measurementPath)
    #expect(
      throws: DataError(
        source: files.measurementPath, problem: "the file of measurements is damaged")
    ) { try files.measurements() }
    let wrong = DataError(
      source: files.measurementPath, problem: "its rows are not those of this run")
    for rows in try [[], [measurement(draws: 8)], [measurement(seed: 8)]] {
      try files.write(rows)
      #expect(throws: wrong) { try files.measurements() }
    }
    // To begin anew nothing of it is needed.
    try BinaryFile.write(bytes, to: files.measurementPath)
    try files.removeEarlier()
    #expect(folder.names == [])
  }
}
