// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct ContrastiveLossTests {
  private func evaluate(
    _ loss: ContrastiveLoss, _ features: Matrix, engine: Engine = Engine()
  ) -> (value: Double, gradients: [Float]) {
    let gradients = Matrix(rows: features.rows, columns: features.columns)
    gradients.elements.fill(7)
    let strip = FloatVector(count: loss.stripCount(imageCount: features.rows / 2))
    let value = loss.evaluate(
      features: features, temperature: 0.5, gradients: gradients, strip: strip, engine: engine)
    return (value, gradients.elements.elements)
  }

  @Test func `an image alone has no InfoNCE loss and no NT-Xent loss`() {
    let features = Matrix(FloatVector([1, 0, 0, 1]), rows: 2, columns: 2)
    for loss in ContrastiveLoss.allCases {
      let (value, gradients) = evaluate(loss, features)
      #expect(value == 0 && gradients.allSatisfy { $0 == 0 }, "\(loss)")
    }
  }

  @Test func `two orthogonal images have the losses of the formulas`() {
    // View 0 of both images, then view 1; positives are equal, negatives orthogonal.
    let features = Matrix(FloatVector([1, 0, 0, 1, 1, 0, 0, 1]), rows: 4, columns: 2)
    // One negative, and two.
    #expect(abs(evaluate(.infoNCE, features).value - log(1 + exp(-2.0))) < 1e-6)
    #expect(abs(evaluate(.ntXent, features).value - log(1 + 2 * exp(-2.0))) < 1e-6)
  }

  @Test func `equal features have the logarithm of the number of views compared`() {
    let n = 70
    let features = Matrix(rows: 2 * n, columns: 3)
    for row in 0..<2 * n { features[row, 1] = 1 }
    for loss in ContrastiveLoss.allCases {
      let compared = Double(loss.negativeCount(imageCount: n) + 1)
      #expect(abs(evaluate(loss, features).value - log(compared)) < 1e-6, "\(loss)")
    }
    #expect(ContrastiveLoss.ntXent.negativeCount(imageCount: 4096) == 8190)
    #expect(ContrastiveLoss.infoNCE.negativeCount(imageCount: 32) == 31)
  }

  @Test func `losses and gradients do not depend on the number of threads`() {
    var random = RandomNumbers(210)
    let features = random.matrix(2 * 300, 16)
    for loss in ContrastiveLoss.allCases {
      for set in InstructionSet.available {
        let results = [1, 2, 3].map { count in
          evaluate(loss, features, engine: Engine(instructionSet: set, threadCount: count))
        }
        #expect(results.allSatisfy { $0.value == results[0].value }, "\(loss)")
        #expect(results.allSatisfy { $0.gradients == results[0].gradients }, "\(loss)")
      }
    }
  }

  @Test func `memory beside the features is a strip, not a square`() {
    #expect(ContrastiveLoss.infoNCE.stripCount(imageCount: 512) == 512 * 512)
    #expect(ContrastiveLoss.infoNCE.stripCount(imageCount: 8192) == 128 * 8192)
    #expect(ContrastiveLoss.ntXent.stripCount(imageCount: 8192) == 64 * 16384)
    #expect(ContrastiveLoss.ntXent.stripCount(imageCount: 65_536) == 64 * 131_072)
  }
}
