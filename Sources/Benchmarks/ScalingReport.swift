// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import KernelInterface
import Labels
import Measurements
import Training

/// How steps and measuring would be divided among more threads than this machine has, and how fast
/// they could be at best: every task runs on one thread, which is recorded; see `DivisionRecord`.
///
/// That a machine with more processors has as much bandwidth for each is assumed and not shown.
enum ScalingReport {
  /// Seconds that a line takes between processors: of the slower of two pairs that were measured,
  /// see the article on kernels.
  private static let transfer = 150e-9

  static func run(print: (String) -> Void) throws {
    print("task,threads,barriers,idle_parts,boundaries,time_s,speed_up")
    let tasks: [(name: String, run: (DivisionRecord) throws -> Void)] = [
      ("step/perceptron/batch=512", perceptron), ("step/residual/batch=128", residual),
      ("measure/batches/rows=3080", measure), ("measure/exact/rows=10000", measureExactly),
    ]
    for task in tasks {
      // The fastest of some runs has waited for memory least.
      var best: DivisionRecord?
      for _ in 0..<5 {
        let record = DivisionRecord()
        try task.run(record)
        if record.seconds < best?.seconds ?? .infinity { best = record }
      }
      guard let best else { continue }
      for threadCount in [1, 2, 3, 4, 8, 16, 32, 64] {
        let found = best.scaling(threadCount: threadCount, transfer: transfer)
        print(
          "\(task.name),\(threadCount),\(found.barriers),\(found.idleParts),\(found.boundaries),"
            + "\(found.seconds),\(best.seconds / found.seconds)")
      }
    }
  }

  private static func perceptron(_ record: DivisionRecord) {
    step(
      Encoder(shape: EncoderShape(backbone: [256, 256], head: [64]), inputWidth: 64, seed: 7),
      imageCount: 512, record)
  }

  private static func residual(_ record: DivisionRecord) {
    step(
      Encoder(
        shape: EncoderShape(residual: .small),
        image: ImageShape(height: 32, width: 32, channels: 3), seed: 7),
      imageCount: 128, record)
  }

  /// The third step: memory is there then.
  private static func step(_ encoder: Encoder, imageCount: Int, _ record: DivisionRecord) {
    let engine = Engine()
    let batch = BatchGradient(
      encoder: encoder, loss: .infoNCE, temperature: 0.5, imageCount: imageCount,
      chunkSize: imageCount, engine: engine)
    let optimizer = Optimizer(kind: .sgd, weightDecay: 1e-4, encoder: encoder)
    // The views are in memory beforehand.
    var isFilled = false
    func step() {
      _ = batch.evaluate { _, rows in
        if isFilled { return }
        for index in 0..<rows.elements.count {
          rows.elements[index] = Float(index * 37 % 101) / 101
        }
        isFilled = true
      }
      optimizer.step(
        parameters: encoder.parameters, gradients: batch.gradients, learningRate: 0.05,
        engine: engine)
    }
    step()
    step()
    engine.record = record
    record.measure(step)
  }

  private static func measure(_ record: DivisionRecord) throws {
    let configurations = [32, 64, 128, 256, 512].map { MeasuringConfiguration(draws: $0, seed: 7) }
    try run(
      MeasuringBenchmarks.features(itemCount: 3080, width: 384, classCount: 77), configurations,
      record)
  }

  private static func measureExactly(_ record: DivisionRecord) throws {
    var configuration = MeasuringConfiguration(draws: 1025, seed: 7)
    configuration.sampling = .withReplacement
    try run(
      MeasuringBenchmarks.features(itemCount: 5000, width: 128, classCount: 10), [configuration],
      record)
  }

  private static func run(
    _ features: MemoryFeatures, _ configurations: [MeasuringConfiguration],
    _ record: DivisionRecord
  ) throws {
    let experiment = try FeatureExperiment(
      items: features, name: "rows", configurations: configurations, threadCount: 1)
    experiment.record(in: record)
    try record.measure { try experiment.run { _ in } }
  }
}
