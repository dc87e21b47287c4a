// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import TestSupport
import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct FeatureExperimentTests {
  private let data = FeatureFolder()

  private func configurations(
    _ draws: [Int], _ seeds: [UInt64] = [7], _ sampling: SamplingScheme = .withoutReplacement
  ) -> [MeasuringConfiguration] {
    draws.flatMap { draws in
      seeds.map { seed in
        var configuration = MeasuringConfiguration(draws: draws, seed: seed)
        configuration.passes = 2
        configuration.sampling = sampling
        return configuration
      }
    }
  }

  private func experiment(
    _ configurations: [MeasuringConfiguration], threadCount: Int = 1,
    _ files: FeatureFileSet? = nil
  ) throws -> FeatureExperiment {
    let (items, training) = try (files ?? data.files()).open()
    return try FeatureExperiment(
      items: items, training: training, name: "test", configurations: configurations,
      threadCount: threadCount)
  }

  private func results(_ experiment: FeatureExperiment) throws -> [ContrastiveMeasurement] {
    var results: [ContrastiveMeasurement] = []
    try experiment.run { results.append($0) }
    return results
  }

  @Test(arguments: SamplingScheme.allCases)
  func `rows are those of runs by themselves, whatever the number of threads`(
    sampling: SamplingScheme
  ) throws {
    // 4 divides 8 and not 9.
    let all = configurations([4, 9, 8], [7, 11], sampling)
    let together = try results(experiment(all))
    #expect(together.map(\.draws) == [4, 4, 9, 9, 8, 8])
    #expect(together.map(\.seed) == [7, 11, 7, 11, 7, 11])
    for threadCount in [2, 3, 8, 64] {
      #expect(try results(experiment(all, threadCount: threadCount)) == together)
    }
    for (configuration, expected) in zip(all, together) {
      #expect(try results(experiment([configuration])) == [expected])
    }
  }

  @Test func `progress reaches the end and never goes back`() throws {
    var files = try data.files()
    try data.addTraining(to: &files)
    for sampling in SamplingScheme.allCases {
      let experiment = try experiment(configurations([4, 9], [7, 11], sampling), files)
      var shares: [Double] = []
      var runs: [Int] = []
      try experiment.run(progress: { progress in
        shares.append(progress.share)
        runs.append(progress.run)
      }) { _ in }
      #expect(shares == shares.sorted() && shares.first == 0)
      #expect(try #require(shares.last) > 0.9999)
      #expect(runs == runs.sorted() && Set(runs) == [0, 1, 2, 3, 4])
    }
  }

  @Test func `what cannot be served is refused with an estimate`() throws {
    #expect(
      failure { _ = try experiment(configurations([22])) }
        == "test: 22 draws without replacement exceed the 21 items")
    #expect(try results(experiment(configurations([22], [7], .withReplacement))).count == 1)
    let small = try experiment(configurations([4]))
    #expect(
      failure { try small.check(memory: 1_000_000) }
        .hasPrefix("test: measuring needs \(Int((small.memory / 1e6).rounded(.up))) MB of memory,"))
    var heavy = configurations([2], [7], .withReplacement)[0]
    heavy.draws = 1_000_000_000
    let message = failure { _ = try experiment([heavy]) }
    #expect(message.contains("MB of memory, but the machine has"))
    #expect(
      failure { try small.check(memory: .max, workLimit: 1000) }
        .hasSuffix(
          "floating-point operations, and the limit is 1000.0; ask for fewer draws, seeds or "
            + "passes"))
  }

  /// A file of features of which only some rows are there; all others are a hole, which reads as
  /// zeros but takes no space.
  @Test func `a file much larger than memory use is measured where it has features`() throws {
    let (items, width) = (3_000_000, 1024)
    let header = NPY.file(NPY.header("<f4", [items, width]), [])
    let path = try data.folder.write(header, to: "sparse.npy")
    let size = header.count + 4 * items * width
    #expect(unsafe truncate(path, off_t(size)) == 0)
    let file = try FeatureFile(path: path)
    #expect(file.count == items && file.bufferByteCount < 2 << 20)
    // 12 GB of zeros: the first row is refused, not all of them read.
    let labels = try data.folder.write(
      NPY.file(NPY.header("|u1", [items]), []), to: "sparse-labels.npy")
    #expect(unsafe truncate(labels, off_t(128 + items)) == 0)
    let source = try FileFeatures(views: [path], plain: nil, labels: labels)
    let rows = UnitRows(source, .view(0))
    #expect(failure { _ = try rows.gathering([items - 1]) } == "\(path): row 2999999 is zero")
  }
}
