// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct CheckpointTests {
  private let checkpoint = Checkpoint(
    epoch: 300, parameters: [1.5, -0.0, .infinity], state: [], moments: [0x1p-149, 3])

  @Test func `a checkpoint comes back from its bytes`() throws {
    #expect(try Checkpoint(checkpoint.bytes, source: "c") == checkpoint)
  }

  @Test func `what is cut off or has other lengths is found`() {
    let bytes = checkpoint.bytes
    for end in 0..<bytes.count {
      #expect(throws: DataError.self) { try Checkpoint(Array(bytes[..<end]), source: "c") }
    }
    for index in [7, 15, 35, 43, 75] {
      var changed = bytes
      changed[index] = 0xFF
      #expect(throws: DataError.self) { try Checkpoint(changed, source: "c") }
    }
  }

  @Test func `nonsense is not restored, whatever its checksum says`() throws {
    let trainer = try Trainer(configuration: .small(epochs: 4), data: .small(), engine: Engine())
    trainer.runEpoch()
    let state = Checkpoint(trainer)
    func problem(_ change: (inout Checkpoint) -> Void) throws -> String {
      var changed = state
      change(&changed)
      let read = try Checkpoint(changed.bytes, source: "c")
      let error = #expect(throws: DataError.self) { try read.restore(trainer, source: "c") }
      return try #require(error).problem
    }
    let noState = "it holds no state of this encoder"
    #expect(try problem { $0.epoch = 5 } == "it was written at epoch 5, but the run has 4")
    #expect(
      try problem { $0.epoch = 1 << 62 } == "it was written at epoch \(1 << 62), but the run has 4")
    #expect(try problem { $0.parameters.removeLast() } == noState)
    #expect(try problem { $0.state.append(1) } == noState)
    #expect(try problem { $0.moments = [] } == noState)
    #expect(try problem { $0.queue = [1] } == noState)
    #expect(try problem { $0.parameters[0] = .nan } == noState)
    #expect(try problem { $0.moments[0] = .infinity } == noState)
    #expect(Checkpoint(trainer) == state)
  }

  @Test(arguments: OptimizerKind.allCases)
  func `a run that is continued is the run that was not interrupted`(kind: OptimizerKind) throws {
    var configuration = TrainingConfiguration.small(epochs: 4)
    configuration.optimizer = kind
    try check { try Trainer(configuration: configuration, data: .small(), engine: Engine()) }
    configuration = .smallTexts(epochs: 4)
    configuration.optimizer = kind
    try check { try Trainer(configuration: configuration, data: .smallTexts(), engine: Engine()) }
  }

  /// Checks that four epochs are two and, from a checkpoint's bytes, two more.
  private func check(_ trainer: () throws -> Trainer) throws {
    let whole = try trainer()
    for _ in 0..<4 { whole.runEpoch() }
    let first = try trainer()
    for _ in 0..<2 { first.runEpoch() }
    let bytes = Checkpoint(first).bytes
    let second = try trainer()
    try Checkpoint(bytes, source: "c").restore(second, source: "c")
    for _ in 0..<2 { second.runEpoch() }
    #expect(Checkpoint(second).bytes == Checkpoint(whole).bytes)
  }
}
