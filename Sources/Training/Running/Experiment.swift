// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Dispatch
internal import Files
public import Measurements
internal import Synchronization

/// Runs that train and measure an encoder each, with checkpoints between epochs.
///
/// Threads take runs of their own, begun in order, as far as there are enough runs and memory;
/// otherwise several threads share the work of a run.
///
/// A run is a function of data, configuration and instruction set, whatever the number of threads
/// and however often it was interrupted.
public struct Experiment: Sendable {
  /// What encoders are trained and measured on.
  public let data: DataSet

  /// The runs, in order.
  public let configurations: [TrainingConfiguration]

  /// The folder of checkpoints, made if it is not there; nil for none.
  public let checkpoints: String?

  /// Whether checkpoints that are there are continued from; otherwise those of the same runs are
  /// replaced, and others refused.
  public let resumes: Bool

  /// How many threads share the work.
  public let threadCount: Int

  /// Seconds between checkpoints within a run.
  static let checkpointInterval = 5.0

  private let instructionSet: InstructionSet
  private let dataFingerprint: UInt64

  /// An experiment, checked: every run can be carried out on the data and in the machine's memory.
  ///
  /// - Parameters:
  ///   - data: What encoders are trained and measured on.
  ///   - configurations: The runs.
  ///   - checkpoints: The folder of checkpoints, nil for none.
  ///   - resumes: Whether to continue from the checkpoints there.
  ///   - threadCount: How many threads share the work, at least 1.
  /// - Precondition: Counts are at least 1, warm-up is shorter than training, temperatures are in
  ///   `TrainingConfiguration.temperatures`, other draws are measured with replacement only, and no
  ///   two runs share draws, seed and temperature.
  /// - Throws: `DataError` that says what cannot be served.
  public init(
    data: DataSet, configurations: [TrainingConfiguration], checkpoints: String?,
    resumes: Bool, threadCount: Int
  ) throws(DataError) {
    self.data = data
    self.configurations = configurations
    self.checkpoints = checkpoints
    self.resumes = resumes
    self.threadCount = threadCount
    instructionSet = .best
    dataFingerprint = data.fingerprint
    let names = configurations.map { [UInt64($0.draws), $0.seed, $0.temperature.bitPattern] }
    precondition(
      Set(names).count == names.count, "two runs have the same draws, seed and temperature")
    for configuration in configurations {
      precondition(configuration.isMeaningful, "a configuration without meaning")
      try TrainingCost.check(
        configuration, data, threadCount: threadCount,
        memory: Machine.memory(threadCount: threadCount))
    }
  }

  /// How many runs are carried out at the same time: as many as there are threads, if there are so
  /// many runs and memory for them.
  var workerCount: Int {
    let needs = configurations.map {
      TrainingCost.memory($0, data, threadCount: threadCount)
    }.sorted(by: >)
    let limit = min(threadCount, configurations.count)
    let memory = Machine.memory(threadCount: threadCount)
    let fitting = (1...max(1, limit)).last { count in
      needs.prefix(count).reduce(0, +) <= memory / 2
    }
    return fitting ?? 1
  }

  /// Carries out all runs.
  ///
  /// - Parameter progress: Called after every step, by one thread at a time; a run that was
  ///   measured before has none.
  /// - Returns: The measurements, in the order of the runs, and of each in the order of the draws
  ///   that it is measured at.
  /// - Throws: `DataError` if a checkpoint cannot be written or is not of this experiment, if
  ///   another process has the folder, or if training diverges. Runs that are under way are
  ///   completed, and no others begun.
  public func run(
    progress: (TrainingProgress) -> Void = { _ in }
  ) throws -> [ContrastiveMeasurement] {
    let lock = try checkpoints.map { folder in try Self.lock(folder) }
    defer { withExtendedLifetime(lock) {} }
    // Before any run is begun: none is to be carried out for a folder that another one refuses.
    if !resumes {
      for configuration in configurations { try files(configuration)?.removeEarlier() }
    }
    let workerCount = workerCount
    let state = Mutex(State(measurements: configurations.map { _ in nil }))
    let reporting = Mutex(())
    withoutActuallyEscaping(progress) { progress in
      // Called under a lock, and not after this returns.
      nonisolated(unsafe) let progress = progress
      let work: @Sendable (Int) -> Void = { _ in
        let engine = Engine(
          instructionSet: instructionSet, threadCount: max(1, threadCount / workerCount))
        while let index = state.withLock({ $0.next() }) {
          do {
            let found = try run(configurations[index], index: index, engine: engine) { step in
              reporting.withLock { _ in unsafe progress(step) }
            }
            state.withLock { $0.measurements[index] = found }
          } catch {
            state.withLock { $0.error = $0.error ?? error }
          }
        }
      }
      // Work that is divided within divided work would get one thread only.
      if workerCount == 1 || !ThreadTeam.hasHelpers {
        work(0)
      } else {
        DispatchQueue.concurrentPerform(iterations: workerCount, execute: work)
      }
    }
    let end = state.withLock { $0 }
    if let error = end.error { throw error }
    return end.measurements.flatMap { $0 ?? [] }
  }

  /// How far the runs are.
  private struct State {
    var measurements: [[ContrastiveMeasurement]?]
    var error: (any Error)?
    private var nextRun = 0

    init(measurements: [[ContrastiveMeasurement]?]) { self.measurements = measurements }

    /// The next run to begin; nil if there is none, or one has failed.
    mutating func next() -> Int? {
      guard error == nil, nextRun < measurements.count else { return nil }
      nextRun += 1
      return nextRun - 1
    }
  }

  private func run(
    _ configuration: TrainingConfiguration, index: Int, engine: Engine,
    progress: (TrainingProgress) -> Void
  ) throws -> [ContrastiveMeasurement] {
    let files = files(configuration)
    if let measurements = try files?.measurements() { return measurements }
    let trainer = Trainer(configuration: configuration, data: data, engine: engine)
    if let files, let checkpoint = try files.checkpoint() {
      try checkpoint.restore(trainer, source: files.checkpointPath)
    }
    try train(trainer, index: index, files: files, progress: progress)
    let extractor = FeatureExtractor(encoder: trainer.encoder, engine: engine)
    let measurements = try FeatureMeasurement.measurements(
      configuration, data: data, extractor: extractor)
    try files?.write(measurements)
    return measurements
  }

  private func train(
    _ trainer: Trainer, index: Int, files: RunFiles?, progress: (TrainingProgress) -> Void
  ) throws {
    let configuration = trainer.configuration
    let stepsPerEpoch = data.training.count / configuration.batchSize
    let allSteps = configuration.epochs * stepsPerEpoch
    let clock = ContinuousClock()
    let start = clock.now
    let firstStep = trainer.epoch * stepsPerEpoch
    var lastCheckpoint = start
    while trainer.epoch < configuration.epochs {
      let epoch = trainer.epoch
      var total = 0.0
      let mean = trainer.runEpoch { step, loss in
        total += loss
        let done = epoch * stepsPerEpoch + step + 1
        let seconds = max(1e-9, Self.seconds(clock.now - start))
        let rate = Double(done - firstStep) / seconds
        progress(
          TrainingProgress(
            run: index + 1, runCount: configurations.count, configuration: configuration,
            epoch: epoch + 1, share: Double(done) / Double(allSteps),
            loss: total / Double(step + 1),
            itemsPerSecond: rate * Double(configuration.batchSize),
            secondsLeft: Double(allSteps - done) / rate))
      }
      guard mean.isFinite else {
        throw DataError(
          source: data.name,
          problem: "with \(configuration.draws) draws and seed \(configuration.seed) the loss is "
            + "not a number after epoch \(epoch + 1); a lower learning rate may help")
      }
      let isLast = trainer.epoch == configuration.epochs
      if let files, isLast || Self.seconds(clock.now - lastCheckpoint) >= Self.checkpointInterval {
        try files.write(Checkpoint(trainer))
        lastCheckpoint = clock.now
      }
    }
  }

  private static func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + 1e-18 * Double(attoseconds)
  }

  /// Makes the folder of checkpoints unless it is there, and keeps other processes out of it.
  private static func lock(_ folder: String) throws(DataError) -> FileLock {
    try BinaryFile.makeFolder(folder)
    let lock: FileLock?
    do throws(SystemError) {
      lock = try FileLock(path: folder + "/.lock")
    } catch {
      throw DataError(source: folder, problem: error.description)
    }
    guard let lock else {
      throw DataError(
        source: folder,
        problem: "another process is using this folder; name another one with '--checkpoints'")
    }
    return lock
  }

  /// The files of a run, where there are checkpoints.
  private func files(_ configuration: TrainingConfiguration) -> RunFiles? {
    checkpoints.map {
      RunFiles(folder: $0, configuration: configuration, fingerprint: fingerprint(configuration))
    }
  }

  private func fingerprint(_ configuration: TrainingConfiguration) -> String {
    let data = "data \(data.name) \(String(dataFingerprint, radix: 16))"
    return "\(data) instructions \(instructionSet.arithmetic) \(configuration.fingerprint)"
  }
}
