// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct CheckpointTests {
  private let checkpoint = Checkpoint(
    fingerprint: "draws 3 é", epoch: 300, parameters: [1.5, -0.0, .infinity], state: [],
    moments: [0x1p-149, 3])

  @Test func `a checkpoint comes back from its bytes`() throws {
    #expect(try Checkpoint(checkpoint.bytes, source: "c") == checkpoint)
  }

  @Test func `damage anywhere is found`() {
    let bytes = checkpoint.bytes
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x10
      #expect(throws: DataError.self, "byte \(index)") { try Checkpoint(changed, source: "c") }
    }
    for end in 0..<bytes.count {
      #expect(throws: DataError.self) { try Checkpoint(Array(bytes[..<end]), source: "c") }
    }
    #expect(throws: DataError(source: "c", problem: "this is not a checkpoint of this version")) {
      try Checkpoint(Array("some other file".utf8), source: "c")
    }
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
    let bytes = Checkpoint(first, fingerprint: "f").bytes
    let second = try trainer()
    try Checkpoint(bytes, source: "c").restore(second)
    for _ in 0..<2 { second.runEpoch() }
    #expect(
      Checkpoint(second, fingerprint: "f").bytes == Checkpoint(whole, fingerprint: "f").bytes)
  }
}
