// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import Training

/// One step of 20 of the recorded runs; `References/reference-steps.py` says how they were made.
private struct ReferenceRun {
  let loss: ContrastiveLoss
  let kind: OptimizerKind
  let values: [Double]

  static var all: [ReferenceRun] {
    var runs: [String: [Double]] = [:]
    for line in ReferenceFile.rows(of: "reference-steps.csv") {
      let fields = line.split(separator: ",").map(String.init)
      runs["\(fields[0]),\(fields[1])", default: []].append(Double(fields[3]) ?? .nan)
    }
    return runs.sorted { $0.key < $1.key }.compactMap { key, values in
      let names = key.split(separator: ",").map(String.init)
      guard let loss = ContrastiveLoss(rawValue: names[0]),
        let kind = OptimizerKind(rawValue: names[1])
      else { return nil }
      return ReferenceRun(loss: loss, kind: kind, values: values)
    }
  }
}

@Suite struct OptimizerTests {
  /// The fixed numbers of the reference.
  private func numbers(_ count: Int, salt: Int) -> [Float] {
    (0..<count).map { Float(Double(($0 * 7919 + salt * 104_729) % 1000) / 1000 - 0.5) }
  }

  /// The losses of 20 steps from the reference's parameters on its images.
  private func run(_ loss: ContrastiveLoss, _ kind: OptimizerKind, engine: Engine) -> [Double] {
    let (layers, backboneCount) = EncoderShape(backbone: [8], head: [8, 4]).layers(inputWidth: 6)
    var generator = SplitMix64(seed: 1)
    let encoder = Encoder(layers: layers, backboneCount: backboneCount, generator: &generator)
    let (ones, zeros) = ([Float](repeating: 1, count: 8), [Float](repeating: 0, count: 8))
    let first = numbers(48, salt: 1) + ones + zeros
    let second = numbers(64, salt: 3) + ones + zeros
    encoder.parameters.copy(
      FloatVector(first + second + numbers(32, salt: 5) + numbers(4, salt: 6)))
    let input = Matrix(FloatVector(numbers(84, salt: 100)), rows: 14, columns: 6)
    let optimizer = Optimizer(kind: kind, weightDecay: 0.01, tensors: encoder.tensors)
    let peaks: [OptimizerKind: Double] = [.sgd: 0.05, .lars: 1, .adam: 0.01]
    let schedule = LearningRateSchedule(peak: peaks[kind] ?? 0, warmUpSteps: 3, stepCount: 20)
    let tape = Tape(layers: layers, rows: 14)
    let gradients = FloatVector(count: encoder.parameters.count)
    let featureGradients = Matrix(rows: 14, columns: 4)
    let strip = FloatVector(count: loss.stripCount(imageCount: 7))
    return (0..<20).map { step in
      let features = encoder.forward(
        input, tape: tape, mode: .training(updatesState: true), engine: engine)
      let value = loss.evaluate(
        features: features, temperature: 0.5, gradients: featureGradients, strip: strip,
        engine: engine)
      gradients.fill(0)
      encoder.backward(
        input: input, tape: tape, outputGradient: featureGradients, gradients: gradients,
        engine: engine)
      optimizer.step(
        parameters: encoder.parameters, gradients: gradients,
        learningRate: schedule.rate(step: step), engine: engine)
      return value
    }
  }

  @Test func `twenty steps have the losses that an independent implementation recorded`() {
    let references = ReferenceRun.all
    #expect(references.count == 6 && references.allSatisfy { $0.values.count == 20 })
    for reference in references {
      for engine in Engine.variants {
        let values = run(reference.loss, reference.kind, engine: engine)
        let worst = zip(values, reference.values).map { abs($0 - $1) }.max() ?? .infinity
        #expect(worst < 1e-5, "\(reference.loss), \(reference.kind): \(worst)")
      }
    }
  }

  @Test func `only weights decay`() {
    let tensors = [
      ParameterTensor(count: 3, isWeight: true), ParameterTensor(count: 2, isWeight: false),
    ]
    for kind in OptimizerKind.allCases {
      let optimizer = Optimizer(kind: kind, weightDecay: 0.5, tensors: tensors)
      let parameters = FloatVector([1, 1, 1, 1, 1])
      optimizer.step(
        parameters: parameters, gradients: FloatVector(count: 5), learningRate: 0.5,
        engine: Engine())
      let isSmaller = parameters.elements.map { $0 < 1 }
      #expect(isSmaller == [true, true, true, false, false], "\(kind)")
    }
  }

  @Test func `a weight matrix of zeros has the rate 1, not an undefined one`() {
    let optimizer = Optimizer(
      kind: .lars, weightDecay: 0, tensors: [ParameterTensor(count: 2, isWeight: true)])
    let parameters = FloatVector([0, 0])
    optimizer.step(
      parameters: parameters, gradients: FloatVector([1, -2]), learningRate: 0.5, engine: Engine())
    #expect(parameters.elements == [-0.5, 1])
  }

  @Test func `a resumed optimizer takes the same steps`() {
    let tensors = [ParameterTensor(count: 20, isWeight: true)]
    for kind in OptimizerKind.allCases {
      var random = RandomNumbers(300)
      let gradients = (0..<6).map { _ in random.vector(20) }
      let parameters = FloatVector(count: 20)
      parameters.fill(1)
      func step(_ optimizer: Optimizer, _ range: Range<Int>) {
        for index in range {
          optimizer.step(
            parameters: parameters, gradients: gradients[index], learningRate: 0.1,
            engine: Engine())
        }
      }
      let whole = Optimizer(kind: kind, weightDecay: 0.1, tensors: tensors)
      step(whole, 0..<6)
      let expected = parameters.elements
      parameters.fill(1)
      let first = Optimizer(kind: kind, weightDecay: 0.1, tensors: tensors)
      step(first, 0..<3)
      let second = Optimizer(kind: kind, weightDecay: 0.1, tensors: tensors)
      second.moments.copy(first.moments)
      second.resume(stepCount: 3)
      step(second, 3..<6)
      #expect(parameters.elements == expected, "\(kind)")
    }
  }
}
