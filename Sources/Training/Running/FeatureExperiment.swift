// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
public import Measurements

/// Measurements of features that were computed elsewhere, one for each number of draws and seed.
///
/// Features of files stay there and are read as they are needed; memory does not grow with the
/// number of items but for labels and orders. Results do not depend on the number of
/// threads.
public struct FeatureExperiment {
  /// The most floating-point operations of all measurements together: days on most machines.
  public static let workLimit = 1e17

  /// The measurements, in order.
  public let configurations: [MeasuringConfiguration]

  /// The share of the work that is to be done; nil for all of it.
  public let part: MeasuringPart?

  let source: GivenFeatures
  let cost: MeasuringCost
  let spreadLimit: Int
  /// What is known of all rows already.
  let firstPass: FirstPass?
  /// The passes over the pairs, with the numbers of draws of each; none without replacement.
  let passes: [ExactPass: [Int]]
  /// The passes of batches, with the numbers of draws of each and one of its measurements.
  private let batchPasses: [BatchPass: (draws: [Int], configuration: MeasuringConfiguration)]

  /// An experiment, checked; no row of features is read.
  ///
  /// - Parameters:
  ///   - items: The features that are measured, in at least one view: in shuffled batches the first
  ///     is the anchors', the second the keys'.
  ///   - training: Features of training items, for class means and the linear classifier; nil if
  ///     there are none.
  ///   - name: The name that measurements carry.
  ///   - configurations: The measurements, at least one; all with the same sampling.
  ///   - classMeans: Which items class means are taken over; nil for the training items, if there
  ///     are some and batches are drawn without replacement, and else the items that are measured.
  ///   - spreadLimit: More items of a class are not compared with each other for the collision
  ///     bound, but so many random ones.
  ///   - part: The share of the work that is to be done, by `keepPart`; nil for all of it.
  ///   - firstPass: The class sums for a part, if they were added up before.
  ///   - threadCount: How many threads share the work.
  /// - Precondition: There is a view of the items, and configurations have a meaning.
  /// - Throws: `DataError` that names what is at fault, or says what cannot be served.
  public init(
    items: any FeatureSource, training: (any FeatureSource)? = nil, name: String,
    configurations: [MeasuringConfiguration], classMeans: ClassMeansOrigin? = nil,
    spreadLimit: Int = 4096, part: MeasuringPart? = nil, firstPass: FirstPass? = nil,
    threadCount: Int = 1
  ) throws(DataError) {
    guard let first = configurations.first else { preconditionFailure("there is a measurement") }
    precondition(
      configurations.allSatisfy { $0.isMeaningful && $0.sampling == first.sampling },
      "a configuration without meaning")
    precondition(spreadLimit >= 2, "pairs of \(spreadLimit) items")
    self.configurations = configurations
    self.spreadLimit = spreadLimit
    (self.part, self.firstPass) = (part, firstPass)
    source = try GivenFeatures(
      items: items, training: training, name: name, sampling: first.sampling,
      classMeansOrigin: classMeans, engine: Engine(threadCount: threadCount))
    cost = MeasuringCost(
      itemCount: items.labels.count, trainingCount: training?.labels.count ?? 0,
      classSizes: source.classSizes, width: items.width, viewCount: items.viewCount,
      trainingViewCount: source.training?.views.count ?? 0, rowByteCount: items.rowByteCount,
      bufferByteCount: items.bufferByteCount + (training?.bufferByteCount ?? 0),
      spreadLimit: spreadLimit, hasLinearClassifier: source.training != nil,
      threadCount: threadCount, part: part ?? .whole)
    var passes: [ExactPass: [Int]] = [:]
    let samplesAnchors = ExactMeasurement.samplesAnchors(
      itemCount: items.labels.count, viewCount: items.viewCount)
    for configuration in configurations where configuration.sampling == .withReplacement {
      let pass = ExactPass(configuration, samplesAnchors: samplesAnchors)
      passes[pass, default: []].append(configuration.draws)
    }
    self.passes = passes.mapValues { Set($0).sorted() }
    batchPasses = Dictionary(grouping: configurations, by: BatchPass.init).mapValues { alike in
      (Set(alike.map(\.draws)).sorted(), alike[0])
    }
    try check(memory: Machine.memory(threadCount: threadCount))
  }

  // MARK: - Memory and work

  /// Bytes of memory that are needed at most, besides the program itself.
  public var memory: Double {
    let most = configurations.map {
      cost.memory($0, plan(of: $0), drawCounts: passes[pass(of: $0), default: []].count)
    }
    return (most.max() ?? 0) + keptBytes
  }

  /// Bytes of the values that a part keeps: as they are, and twice in the file that is made of them.
  private var keptBytes: Double {
    guard let part else { return 0 }
    let rows = Double(itemCount) * Double(viewCount)
    let anchors = min(rows, Double(Self.anchorLimit))
    let exact = passes.values.reduce(0) { sum, draws in
      let means = Double(AnchorExpectations.measured.count * draws.count + 1)
      return sum + (anchors * means + rows * Double(RowMeans.means.count)) / Double(part.count)
    }
    let batches = plans.reduce(0) { $0 + $1.plan.batchCount * Double(BatchMeasurement.means.count) }
    return 3 * 8 * (exact + batches)
  }

  /// Bytes that are read from files, some of them again and again.
  public var readBytes: Double {
    passes.keys.reduce(plans.reduce(0) { $0 + cost.readBytes($1.plan) }) {
      $0 + cost.exactReadBytes(temperature: $1.temperature)
    }
  }

  /// Floating-point operations.
  public var work: Double {
    let seeds = Double(Set(configurations.map(\.seed)).count)
    let needsSpread =
      configurations[0].sampling == .withoutReplacement
      && configurations.allSatisfy { cost.spreadCount($0) == 0 }
    let once =
      scanWork + (needsSpread ? cost.spreadWork : 0) + seeds * cost.accuracyWork * cost.share
    return passes.keys.reduce(plans.reduce(once) { $0 + cost.work($1.configuration, $1.plan) }) {
      $0 + exactWork($1)
    }
  }

  /// Floating-point operations of reading all rows, unless a first pass has done it.
  private var scanWork: Double { firstPass == nil ? cost.scanWork : 0 }

  /// How the batches of each of the passes are measured.
  private var plans: [(configuration: MeasuringConfiguration, plan: BatchPlan)] {
    batchPasses.values.map { ($0.configuration, cost.plan($0.configuration, draws: $0.draws)) }
  }

  private func plan(of configuration: MeasuringConfiguration) -> BatchPlan {
    cost.plan(configuration, draws: batchPasses[BatchPass(configuration)]?.draws ?? [])
  }

  /// Floating-point operations of the exact means of a pass.
  private func exactWork(_ pass: ExactPass) -> Double {
    cost.exactWork(temperature: pass.temperature, drawCounts: passes[pass, default: []].count)
  }

  /// The numbers of draws that are measured in the same passes.
  func allDraws(sharedBy configuration: MeasuringConfiguration) -> [Int] {
    configuration.sampling == .withReplacement
      ? passes[pass(of: configuration), default: []]
      : batchPasses[BatchPass(configuration)]?.draws ?? []
  }

  func pass(of configuration: MeasuringConfiguration) -> ExactPass {
    ExactPass(configuration, samplesAnchors: samplesAnchors)
  }

  /// Checks that all measurements can be made.
  ///
  /// - Parameters:
  ///   - memory: Bytes that there are.
  ///   - workLimit: The most floating-point operations that are begun.
  func check(memory: Int, workLimit: Double = Self.workLimit) throws(DataError) {
    func refuse(_ problem: String) -> DataError {
      DataError(source: source.name, problem: problem)
    }
    let items = source.labels.count
    for configuration in configurations where configuration.sampling == .withoutReplacement {
      if configuration.draws > items {
        throw refuse(
          "\(configuration.draws) draws without replacement exceed the \(items) items")
      }
    }
    if self.memory > Double(memory) {
      throw refuse(
        "measuring needs \(Self.megabytes(self.memory)) MB of memory, but the machine has "
          + "\(Self.megabytes(Double(memory))); ask for fewer draws or passes")
    }
    if work > workLimit {
      throw refuse(
        "measuring would take \(work) floating-point operations, and the limit is \(workLimit); "
          + "ask for fewer draws, seeds or passes")
    }
  }

  private static func megabytes(_ bytes: Double) -> Int {
    Int(saturating: (bytes / 1e6).rounded(.up))
  }

  // MARK: - Facts about the features

  /// How many items are measured.
  public var itemCount: Int { source.labels.count }

  /// How many views they have.
  public var viewCount: Int { source.validation.views.count }

  /// Which items class means are taken over.
  public var classMeansOrigin: ClassMeansOrigin { source.classMeansOrigin }

  /// Whether there are features of training items.
  public var hasTrainingFeatures: Bool { source.training != nil }

  /// Whether some classes have too many items for all of their pairs to be compared in shuffled
  /// batches.
  public var samplesPairs: Bool {
    configurations[0].sampling == .withoutReplacement
      && source.classSizes.contains { $0 > spreadLimit }
  }

  /// Whether means are exact, but for those that batches are asked for.
  public var isExact: Bool { configurations[0].sampling == .withReplacement }

  /// Whether there are so many rows, items by views, that exact means are of a sample of anchors.
  public var samplesAnchors: Bool {
    isExact && ExactMeasurement.samplesAnchors(itemCount: itemCount, viewCount: viewCount)
  }

  /// How many anchors such a sample has.
  public static var anchorLimit: Int { AnchorSample.limit }

  // MARK: - Running

  /// Has `record` say how the work of runs is divided.
  package func record(in record: DivisionRecord) { source.engine.record = record }

  /// Makes all measurements.
  ///
  /// - Parameters:
  ///   - progress: Called after every batch and other piece of work.
  ///   - result: Called with each measurement in order, as soon as it is made.
  /// - Throws: `DataError` for a row that is no direction or features that cannot be read, and what
  ///   `result` throws.
  public func run(
    progress: (MeasuringProgress) -> Void = { _ in },
    result: (ContrastiveMeasurement) throws -> Void
  ) throws {
    let memo = FeatureMemo()
    try forEachConfiguration(
      progress: progress,
      scan: { () throws(DataError) in
        _ = try memo.classMeans { () throws(DataError) in try source.classMeans() }
      }
    ) { measurement in
      try result(measurement.run(memo: memo))
    }
  }

  /// Hands on each measurement that is to be made, and says how far the work is.
  ///
  /// - Parameter scan: Reads all rows, once.
  func forEachConfiguration(
    progress: (MeasuringProgress) -> Void, scan: () throws(DataError) -> Void,
    _ body: (FeatureMeasurement) throws -> Void
  ) throws {
    let tracker = WorkTracker(total: work)
    var seeds: Set<UInt64> = []
    var isFirstSpread = true
    for (index, configuration) in configurations.enumerated() {
      func report(_ run: Int) {
        progress(
          MeasuringProgress(
            run: run, runCount: configurations.count, configuration: configuration,
            share: tracker.share, secondsLeft: tracker.secondsLeft))
      }
      if index == 0 {
        report(0)
        try scan()
        tracker.add(scanWork)
      }
      let exactWork = exactWork(pass(of: configuration))
      let batchWork = cost.batchWork(plan(of: configuration))
      let isNewSeed = seeds.insert(configuration.seed).inserted
      try withoutActuallyEscaping(report) { report in
        let measurement = FeatureMeasurement(
          configuration: configuration, source: source, engine: source.engine,
          spreadLimit: spreadLimit, allDraws: allDraws(sharedBy: configuration),
          part: part ?? .whole
        ) { work in
          switch work {
          case .batches(let share): tracker.add(share * batchWork)
          case .spread:
            if cost.spreadCount(configuration) > 0 || isFirstSpread { tracker.add(cost.spreadWork) }
            isFirstSpread = false
          case .exact(let share): tracker.add(share * exactWork)
          case .accuracies: if isNewSeed { tracker.add(cost.accuracyWork * cost.share) }
          }
          report(index + 1)
        }
        try body(measurement)
      }
    }
  }
}

/// How much of some work is done, and how long the rest will take at the same rate.
private final class WorkTracker {
  private let total: Double
  private var done = 0.0
  private let start = ContinuousClock.now

  init(total: Double) { self.total = total }

  func add(_ work: Double) { done += work }

  var share: Double { min(1, done / total) }

  var secondsLeft: Double? {
    guard done > 0 else { return nil }
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return (Double(seconds) + 1e-18 * Double(attoseconds)) * max(0, total - done) / done
  }
}
