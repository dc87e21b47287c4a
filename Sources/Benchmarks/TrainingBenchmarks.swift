// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import Training

/// Products, transcendental functions, losses and whole steps of training, by every instruction set
/// that this machine has and by one and two threads.
enum TrainingBenchmarks {
  static func all() -> [Benchmark] {
    products + steps + lossBenchmarks + functions
  }

  /// An engine that is compared with others.
  private struct Variant {
    let instructionSet: InstructionSet
    let threadCount: Int

    var name: String { "\(instructionSet)/threads=\(threadCount)" }
    func engine() -> Engine { Engine(instructionSet: instructionSet, threadCount: threadCount) }
  }

  /// All instruction sets on one thread, then the best on two.
  private static var variants: [Variant] {
    InstructionSet.available.map { Variant(instructionSet: $0, threadCount: 1) }
      + [Variant(instructionSet: .best, threadCount: 2)]
  }

  /// The same numbers in +-1 each time.
  private static func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    let matrix = Matrix(rows: rows, columns: columns)
    fill(matrix.elements)
    return matrix
  }

  private static func fill(_ vector: FloatVector) {
    var state: UInt32 = 1
    for index in 0..<vector.count {
      state = state &* 1_664_525 &+ 1_013_904_223
      vector[index] = Float(Int32(bitPattern: state)) * 0x1p-31
    }
  }

  // MARK: - Products

  private static var products: [Benchmark] {
    [256, 512, 768, 1024].flatMap { n in
      variants.map { variant in
        Benchmark(
          "sgemm/\(variant.name)", "n=\(n)",
          prepare: {
            let (engine, a, b, c) = (
              variant.engine(), matrix(n, n), matrix(n, n), Matrix(rows: n, columns: n)
            )
            return {
              engine.multiply(.plain(a), .plain(b), into: c)
              return "\(c[n / 2, n / 3])"
            }
          })
      }
    } + [
      Benchmark(
        "sgemm/definition", "n=256",
        prepare: {
          let (a, b, c) = (matrix(256, 256), matrix(256, 256), Matrix(rows: 256, columns: 256))
          return {
            unsafe multiplyNaive(
              rows: 256, columns: 256, depth: 256, a: a.pointer, aRow: 256, aDepth: 1, b: b.pointer,
              bDepth: 256, bColumn: 1, c: c.pointer, cRow: 256, accumulates: false)
            return "\(c[128, 85])"
          }
        })
    ]
  }

  // MARK: - Steps and losses

  /// Forward, loss, backward and update of MLP 64-256-256-64 with batch normalisation, as
  /// `scripts/compare-training` does it with another program.
  private static var steps: [Benchmark] {
    [32, 512].flatMap { n in
      variants.map { variant in
        Benchmark(
          "step/\(variant.name)", "batch=\(n)",
          prepare: {
            let encoder = Encoder(
              shape: EncoderShape(backbone: [256, 256], head: [64]), inputWidth: 64, seed: 7)
            let engine = variant.engine()
            let batch = BatchGradient(
              encoder: encoder, loss: .infoNCE, temperature: 0.5, imageCount: n, chunkSize: n,
              engine: engine)
            let optimizer = Optimizer(kind: .sgd, weightDecay: 1e-4, encoder: encoder)
            let views = matrix(2 * n, 64)
            // The views are in memory beforehand, as they are in the other program.
            var isFilled = false
            return {
              let loss = batch.evaluate { _, rows in
                if !isFilled { rows.elements.copy(views.elements) }
                isFilled = true
              }
              optimizer.step(
                parameters: encoder.parameters, gradients: batch.gradients, learningRate: 0.05,
                engine: engine)
              // Every step is another one, of the same work.
              return loss.isFinite ? "finite" : "diverged"
            }
          })
      }
    }
  }

  private static var lossBenchmarks: [Benchmark] {
    [(ContrastiveLoss.infoNCE, 512), (.ntXent, 4096)].flatMap { loss, n in
      variants.map { variant in
        Benchmark(
          "loss/\(loss.rawValue)/\(variant.name)", "N=\(n) d=64",
          prepare: {
            let (engine, features) = (variant.engine(), matrix(2 * n, 64))
            let gradients = Matrix(rows: 2 * n, columns: 64)
            let strip = FloatVector(count: loss.stripCount(imageCount: n))
            return {
              let value = loss.evaluate(
                features: features, temperature: 0.5, gradients: gradients, strip: strip,
                engine: engine)
              return "\(value)"
            }
          })
      }
    }
  }

  // MARK: - Functions

  private static let valueCount = 4096

  /// A function of a row of values, which are set anew each time.
  private static func function(
    _ name: String, _ variant: Variant?, _ body: @escaping @Sendable (Engine, FloatVector) -> Void
  ) -> Benchmark {
    Benchmark(
      "\(name)/\(variant?.name ?? "definition")", "values=\(valueCount)",
      prepare: {
        let (source, values) = (FloatVector(count: valueCount), FloatVector(count: valueCount))
        let engine = variant?.engine() ?? Engine()
        fill(source)
        return {
          values.copy(source)
          body(engine, values)
          return "\(values[valueCount / 3])"
        }
      })
  }

  private static var functions: [Benchmark] {
    variants.filter { $0.threadCount == 1 }.flatMap { variant in
      [
        function("exp", variant) { engine, values in engine.exponentials(values) },
        function("softmax", variant) { engine, values in
          _ = engine.softMax(values, factor: 2, scale: 1)
        },
      ]
    } + [
      function("exp", nil) { _, values in
        for index in 0..<valueCount { values[index] = Float(exponential(Double(values[index]))) }
      },
      function("softmax", nil) { _, values in
        _ = unsafe softMaxNaive(values.pointer, count: valueCount, factor: 2, scale: 1)
      },
    ]
  }
}
