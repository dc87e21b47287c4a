// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct DivisionRecordTests {
  @Test func `parts are few where work is little, and their largest share is that of the ranges`() {
    let division = Division(count: 100, grain: 6, cost: 1000)
    // 100 units take 100 microseconds, so that five threads have 20 each.
    #expect([1, 2, 5, 64].map { division.partCount(threadCount: $0) } == [1, 2, 5, 5])
    #expect(division.range(ofPart: 4, of: 5) == 78..<100)
    #expect(division.largestShare(partCount: 5) == 0.24)
    #expect(Division(count: 13, grain: 6, cost: 1e9).partCount(threadCount: 64) == 3)
  }

  @Test func `a record says what is divided, idle and saved`() {
    let (engine, record) = (Engine(), DivisionRecord())
    engine.record = record
    record.measure {
      engine.divide(8, cost: 1e5) { _, _ in }
      engine.divide(2, cost: 1e5) { _, _ in }
      engine.divide(1000, cost: 1) { _, _ in }
    }
    let four = record.scaling(threadCount: 4, transfer: 0)
    #expect(four.barriers == 2 && four.idleParts == 0 + 2 + 3 && four.boundaries == 3 + 1)
    #expect(four.seconds > 0 && four.seconds <= record.seconds)
    let slow = record.scaling(threadCount: 4, transfer: 1)
    #expect(abs(slow.seconds - four.seconds - 2 * (4 + 2)) < 1e-9)
    #expect(record.scaling(threadCount: 1, transfer: 1).seconds == record.seconds)
  }

  /// A perceptron's step, of which most pieces of work are divided.
  private func step(_ engine: Engine) -> [Float] {
    let encoder = Encoder(
      shape: EncoderShape(backbone: [128, 128], head: [32]), inputWidth: 32, seed: 7)
    let batch = BatchGradient(
      encoder: encoder, loss: .infoNCE, temperature: 0.5, imageCount: 150, chunkSize: 150,
      engine: engine)
    let optimizer = Optimizer(kind: .sgd, weightDecay: 1e-4, encoder: encoder)
    var random = RandomNumbers(950)
    let views = random.matrix(300, 32)
    let loss = batch.evaluate { _, rows in rows.elements.copy(views.elements) }
    optimizer.step(
      parameters: encoder.parameters, gradients: batch.gradients, learningRate: 0.05,
      engine: engine)
    return [Float(loss)] + batch.gradients.elements + encoder.parameters.elements
  }

  @Test func `a step on any number of threads has the same bits, and is divided as one says`() {
    for sets in InstructionSet.availableByArithmetic {
      let one = DivisionRecord()
      let engine = Engine(instructionSet: sets[0])
      engine.record = one
      let expected = step(engine)
      for threadCount in [1, 2, 3, 8, 64] {
        let (engine, record) = (
          Engine(instructionSet: sets[sets.count - 1], threadCount: threadCount), DivisionRecord()
        )
        engine.record = record
        #expect(step(engine) == expected, "\(threadCount) threads, \(sets)")
        let scaling = one.scaling(threadCount: threadCount, transfer: 0)
        #expect(scaling.barriers == record.entries.count { $0.partCount > 1 })
        #expect(scaling.idleParts == record.entries.reduce(0) { $0 + threadCount - $1.partCount })
        #expect((scaling.barriers > 0) == (threadCount > 1))
      }
    }
  }
}
