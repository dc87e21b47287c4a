// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Files
import Labels
import Measurements
import TestSupport
import Testing

@testable import Training

@Suite struct ExperimentTests {
  private func experiment(
    _ folder: TemporaryFolder?, resumes: Bool = false, epochs: Int = 3, threadCount: Int = 1
  ) throws -> Experiment {
    let configurations = [4, 6].map { TrainingConfiguration.small(draws: $0, epochs: epochs) }
    return try Experiment(
      data: .small(), configurations: configurations, checkpoints: folder?.file("c"),
      resumes: resumes, threadCount: threadCount)
  }

  /// All files of a folder of checkpoints.
  private func files(_ folder: TemporaryFolder) throws -> [String: [UInt8]] {
    let names = TemporaryFolder.names(in: folder.file("c")).filter { $0 != ".lock" }
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try BinaryFile.read(folder.file("c/" + $0))) })
  }

  @Test func `runs are measured in order, the same with checkpoints and any number of threads`()
    throws
  {
    let plain = try experiment(nil).run()
    #expect(plain.map(\.draws) == [4, 6])
    let folder = TemporaryFolder()
    #expect(try experiment(folder, threadCount: 3).run() == plain)
    let names = ["draws-4-seed-7-temperature-0.5", "draws-6-seed-7-temperature-0.5"]
    let files = names.flatMap { name in ["checkpoint", "measurements"].map { "\(name).\($0)" } }
    #expect(TemporaryFolder.names(in: folder.file("c")) == [".lock"] + files)
  }

  @Test func `runs continue from what an interruption left, to the same bytes`() throws {
    let (whole, broken) = (TemporaryFolder(), TemporaryFolder())
    let expected = try experiment(whole).run()
    let bytes = try files(whole)
    try BinaryFile.makeFolder(broken.file("c"))
    // The first run is over, of the second one epoch of three.
    for ending in ["checkpoint", "measurements"] {
      let name = "draws-4-seed-7-temperature-0.5." + ending
      try broken.write(try #require(bytes[name]), to: "c/" + name)
    }
    let interrupted = try experiment(broken, resumes: true)
    let trainer = Trainer(
      configuration: interrupted.configurations[1], data: interrupted.data, engine: Engine())
    trainer.runEpoch()
    let name = "draws-6-seed-7-temperature-0.5.checkpoint"
    let last = try SealedFile(.checkpoint, try #require(bytes[name]), source: "c")
    let state = SealedFile(
      kind: .checkpoint, fingerprint: last.fingerprint, content: Checkpoint(trainer).bytes)
    try broken.write(state.bytes, to: "c/" + name)
    var steps: [Int] = []
    #expect(try interrupted.run { steps.append($0.epoch) } == expected)
    #expect(steps.first == 2 && steps.allSatisfy { $0 >= 2 } && steps.count == 10)
    #expect(try files(broken) == bytes)
  }

  @Test func `one encoder is measured at many draws as at each alone, and resumed as a whole`()
    throws
  {
    func run(_ draws: [Int]?, _ folder: TemporaryFolder?, resumes: Bool = false) throws
      -> [ContrastiveMeasurement]
    {
      var configuration = TrainingConfiguration.small()
      configuration.sampling = .withReplacement
      configuration.passes = nil
      configuration.measuredDraws = draws
      return try Experiment(
        data: .small(), configurations: [configuration], checkpoints: folder?.file("c"),
        resumes: resumes, threadCount: 1
      ).run()
    }
    let folder = TemporaryFolder()
    let many = try run([6, 2, 1_000_000_001], folder)
    #expect(many.map(\.draws) == [6, 2, 1_000_000_001])
    #expect(many.allSatisfy { $0.batches == 0 && $0.seed == 7 })
    #expect(try many[0] == run(nil, nil).first && many[1] == run([2], nil).first)
    let name = folder.file("c/draws-6-seed-7-temperature-0.5.measurements")
    let bytes = try BinaryFile.read(name)
    // Measured before: nothing of it is done again.
    #expect(try run([6, 2, 1_000_000_001], folder, resumes: true) == many)
    BinaryFile.remove(name)
    #expect(try run([6, 2, 1_000_000_001], folder, resumes: true) == many)
    #expect(try BinaryFile.read(name) == bytes)
    #expect(throws: DataError.self) { _ = try run([6, 2], folder, resumes: true) }
  }

  @Test func `encoders of several temperatures have files of their own`() throws {
    let folder = TemporaryFolder()
    let configurations = [0.5, 0.1].map {
      var configuration = TrainingConfiguration.small(draws: 4)
      configuration.temperature = $0
      return configuration
    }
    let found = try Experiment(
      data: .small(), configurations: configurations, checkpoints: folder.file("c"),
      resumes: false, threadCount: 1
    ).run()
    #expect(found.map(\.temperature) == [0.5, 0.1])
    #expect(TemporaryFolder.names(in: folder.file("c")).count == 1 + 4)
  }

  @Test func `checkpoints of other options are refused, and stay`() throws {
    let folder = TemporaryFolder()
    let found = try experiment(folder).run()
    for resumes in [true, false] {
      // The measurements are read first, for with them a run is over.
      let path = folder.file(
        "c/draws-4-seed-7-temperature-0.5." + (resumes ? "measurements" : "checkpoint"))
      #expect(
        throws: DataError(
          source: path,
          problem: "it comes from other data, options or instructions (epochs 3 instead of 2); "
            + "name another folder with '--checkpoints', or remove it")
      ) { _ = try experiment(folder, resumes: resumes, epochs: 2).run() }
    }
    for resumes in [true, false] {
      #expect(try experiment(folder, resumes: resumes).run() == found)
    }
  }

  @Test func `a folder is one process's at a time`() throws {
    let folder = TemporaryFolder()
    try BinaryFile.makeFolder(folder.file("c"))
    let other = try FileLock(path: folder.file("c/.lock"))
    #expect(
      throws: DataError(
        source: folder.file("c"),
        problem: "another process is using this folder; name another one with '--checkpoints'")
    ) { _ = try experiment(folder).run() }
    withExtendedLifetime(other) {}
  }

  @Test func `threads take runs of their own if there are enough`() throws {
    #expect(try experiment(nil).workerCount == 1)
    #expect(try experiment(nil, threadCount: 2).workerCount == 2)
    #expect(try experiment(nil, threadCount: 5).workerCount == 2)
    var steps: [Int: Int] = [:]
    let found = try experiment(nil, threadCount: 5).run { steps[$0.run, default: 0] += 1 }
    #expect(found.map(\.draws) == [4, 6] && steps == [1: 21, 2: 15])
  }

  @Test func `progress goes from the first step to the last`() throws {
    var reports: [TrainingProgress] = []
    _ = try experiment(nil).run { reports.append($0) }
    // 30 images make 7 batches of 4 and 5 of 6, in three epochs.
    #expect(reports.count == 36)
    let last = try #require(reports.last)
    #expect(last.run == 2 && last.runCount == 2 && last.epoch == 3 && last.share == 1)
    #expect(last.secondsLeft == 0 && last.itemsPerSecond > 0 && last.loss > 0)
  }

  @Test func `a request that cannot be served is refused before anything is done`() throws {
    #expect(throws: DataError.self) {
      _ = try Experiment(
        data: .small(), configurations: [.small(), .small(draws: 400)], checkpoints: nil,
        resumes: false, threadCount: 1)
    }
  }

  @Test func `training that diverges ends with a clear line, not with a table`() throws {
    var configuration = TrainingConfiguration.small(epochs: 20)
    configuration.learningRate = 1e6
    let experiment = try Experiment(
      data: .small(), configurations: [configuration], checkpoints: nil, resumes: false,
      threadCount: 1)
    do {
      _ = try experiment.run()
      Issue.record("it did not diverge")
    } catch let error as DataError {
      #expect(error.source == "small")
      #expect(
        error.problem.hasPrefix("with 6 draws and seed 7 the loss is not a number after epoch"))
      #expect(error.problem.hasSuffix("a lower learning rate may help"))
    }
  }

  @Test func `two runs of the same name, no views, or other draws in batches are refused`() async {
    await #expect(processExitsWith: .failure) {
      _ = try Experiment(
        data: .small(), configurations: [.small(), .small()], checkpoints: nil, resumes: false,
        threadCount: 1)
    }
    await #expect(processExitsWith: .failure) {
      var configuration = TrainingConfiguration.small()
      configuration.views = 0
      _ = try Experiment(
        data: .small(), configurations: [configuration], checkpoints: nil, resumes: false,
        threadCount: 1)
    }
    await #expect(processExitsWith: .failure) {
      var configuration = TrainingConfiguration.small()
      configuration.measuredDraws = [9]
      _ = try Experiment(
        data: .small(), configurations: [configuration], checkpoints: nil, resumes: false,
        threadCount: 1)
    }
  }
}
