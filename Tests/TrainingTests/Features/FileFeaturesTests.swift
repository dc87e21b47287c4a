// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct FileFeaturesTests {
  private let folder = TemporaryFolder()

  /// A file of texts.
  private func texts(_ texts: [String], to name: String) throws -> String {
    let width = texts.map(\.unicodeScalars.count).max() ?? 1
    let bytes = texts.flatMap { text -> [UInt8] in
      let scalars = text.unicodeScalars.map(\.value)
      let filled = scalars + [UInt32](repeating: 0, count: width - scalars.count)
      return filled.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      }
    }
    return try folder.write(
      NPY.file(NPY.header("<U\(width)", [texts.count]), bytes), to: name)
  }

  private func features(_ count: Int, to name: String) throws -> String {
    try folder.write(
      NPY.file(NPY.header("<f4", [count, 2]), [UInt8](repeating: 0x40, count: 8 * count)), to: name)
  }

  @Test func `labels that are texts have one number in both parts`() throws {
    var files = FeatureFileSet(
      views: [try features(3, to: "v.npy")], labels: try texts(["b", "d", "b"], to: "l.npy"))
    files.trainingViews = [try features(4, to: "t.npy")]
    files.trainingLabels = try texts(["a", "d", "b", "c"], to: "tl.npy")
    let (items, training) = try files.open()
    #expect(items.labels == [1, 3, 1] && training?.labels == [0, 3, 1, 2])
    #expect(items.classNames == ["a", "b", "c", "d"] && training?.classNames == items.classNames)
    #expect(items.className(2) == "'c'")
    let alone = try FileFeatures(views: files.views, plain: nil, labels: files.labels)
    #expect(alone.labels == [0, 1, 0] && alone.classNames == ["b", "d"])
    let path = try folder.write(NPY.labels([0, 1, 0, 1]), to: "tl.npy")
    #expect(
      failure { _ = try files.open() }
        == "\(path): its labels are numbers, but those of '\(files.labels)' are texts")
  }

  @Test func `what headers show is found before anything is read or takes memory`() throws {
    // Files with holes, far larger than any memory.
    func sparse(_ header: String, bytes: Int, to name: String) throws -> String? {
      let path = try folder.write(NPY.file(header, []), to: name)
      var status = stat()
      guard unsafe stat(path, &status) == 0,
        unsafe truncate(path, status.st_size + off_t(bytes)) == 0
      else { return nil }
      return path
    }
    let two = try folder.write(NPY.labels([0, 1]), to: "two.npy")
    let items = try #require(try sparse(NPY.header("|u1", [1 << 26]), bytes: 1 << 26, to: "l.npy"))
    let view = try features(2, to: "v.npy")
    #expect(
      failure { _ = try FileFeatures(views: [view], plain: nil, labels: items) }
        == "\(items): it has 67108864 labels, but '\(view)' has 2 items")
    for isFortranOrder in [false, true] {
      let header = NPY.header("<f4", [2, 1 << 33], isFortranOrder: isFortranOrder)
      guard let wide = try sparse(header, bytes: 1 << 36, to: "wide.npy") else {
        return  // This file system has no files of this size.
      }
      let source = try FileFeatures(views: [wide], plain: nil, labels: two)
      let message = failure {
        _ = try FeatureExperiment(
          items: source, name: "wide", configurations: [MeasuringConfiguration(draws: 2, seed: 0)])
      }
      #expect(
        message.hasPrefix("wide: measuring needs ") && message.contains(" MB of memory, but the"))
    }
  }
}
