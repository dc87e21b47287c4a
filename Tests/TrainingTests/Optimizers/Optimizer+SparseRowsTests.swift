// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct OptimizerSparseRowsTests {
  /// The fixed numbers of the reference.
  private func numbers(_ count: Int, salt: Int) -> [Float] {
    (0..<count).map { Float(Double(($0 * 7919 + salt * 104_729) % 1000) / 1000 - 0.5) }
  }

  /// The texts of a step of `References/reference-text-steps.py`.
  private func bags(step: Int) -> Matrix {
    let bags = Matrix(rows: 12, columns: 8)
    for i in 0..<12 {
      let count = 1 + (i + step) % 7
      bags[i, 0] = Float(count)
      for k in 0..<count { bags[i, 1 + k] = Float((i * 31 + step * 17 + k * k * 5) % 1009) }
    }
    return bags
  }

  private func encoder() -> Encoder {
    let shape = EncoderShape(
      embedding: EncoderShape.Embedding(rows: 23, width: 5), backbone: [6], head: [4])
    let encoder = Encoder(shape: shape, inputWidth: 8, seed: 1)
    let (ones, zeros) = ([Float](repeating: 1, count: 6), [Float](repeating: 0, count: 6))
    encoder.parameters.copy(
      FloatVector(
        numbers(115, salt: 1) + numbers(30, salt: 3) + ones + zeros + numbers(24, salt: 5)
          + numbers(4, salt: 6)))
    return encoder
  }

  private func run(_ kind: OptimizerKind, engine: Engine) -> [Double] {
    let encoder = encoder()
    let optimizer = Optimizer(kind: kind, weightDecay: 0.01, tensors: encoder.tensors)
    let peaks: [OptimizerKind: Double] = [.sgd: 0.5, .lars: 1, .adam: 0.01]
    let schedule = LearningRateSchedule(peak: peaks[kind] ?? 0, warmUpSteps: 3, stepCount: 20)
    let batch = BatchGradient(
      encoder: encoder, loss: .infoNCE, temperature: 0.5, imageCount: 6, chunkSize: 6,
      engine: engine)
    return (0..<20).map { step in
      let value = batch.evaluate { _, rows in rows.elements.copy(bags(step: step).elements) }
      optimizer.step(
        parameters: encoder.parameters, gradients: batch.gradients,
        learningRate: schedule.rate(step: step), touched: batch.touched, engine: engine)
      return value
    }
  }

  @Test func `twenty steps of texts have the losses that an independent implementation recorded`() {
    var runs: [String: [Double]] = [:]
    for line in ReferenceFile.rows(of: "reference-text-steps.csv") {
      let fields = line.split(separator: ",").map(String.init)
      runs[fields[0], default: []].append(Double(fields[2]) ?? .nan)
    }
    #expect(runs.count == 3)
    for kind in OptimizerKind.allCases {
      let expected = runs[kind.rawValue] ?? []
      for engine in Engine.variants {
        let values = run(kind, engine: engine)
        let worst = zip(values, expected).map { abs($0 - $1) }.max() ?? .infinity
        #expect(expected.count == 20 && worst < 1e-5, "\(kind), \(engine.instructionSet): \(worst)")
      }
    }
  }

  @Test(arguments: OptimizerKind.allCases)
  func `rows that a batch does not touch keep every bit, and gradients of the step before are gone`(
    kind: OptimizerKind
  ) throws {
    let encoder = encoder()
    let optimizer = Optimizer(kind: kind, weightDecay: 0.1, tensors: encoder.tensors)
    let engine = Engine()
    let batch = BatchGradient(
      encoder: encoder, loss: .infoNCE, temperature: 0.5, imageCount: 6, chunkSize: 4,
      engine: engine)
    // Texts of three features, other rows in each step.
    for offset in [0, 3, 11] {
      let before = encoder.parameters.elements
      _ = batch.evaluate { images, rows in
        for i in 0..<rows.rows {
          let text = images.lowerBound + i % images.count
          rows[i, 0] = 2
          rows[i, 1] = Float(offset + text % 3)
          rows[i, 2] = Float(offset + 23 * (text + 1))
        }
      }
      let touched = try #require(batch.touched).indices.sorted()
      #expect(touched == [offset, offset + 1, offset + 2])
      for row in 0..<23 where !touched.contains(row) {
        #expect(batch.gradients[row * 5..<row * 5 + 5].elements.allSatisfy { $0 == 0 })
      }
      optimizer.step(
        parameters: encoder.parameters, gradients: batch.gradients, learningRate: 0.1,
        touched: batch.touched, engine: engine)
      let after = encoder.parameters.elements
      let moved = (0..<23).filter { before[$0 * 5..<$0 * 5 + 5] != after[$0 * 5..<$0 * 5 + 5] }
      #expect(moved == touched)
    }
  }
}
