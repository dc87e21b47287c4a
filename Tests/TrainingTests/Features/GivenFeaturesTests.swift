// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import TestSupport
import Testing

@testable import Training

@Suite struct GivenFeaturesTests {
  private let data = FeatureFolder()

  private func open(
    _ files: FeatureFileSet, _ sampling: SamplingScheme = .withoutReplacement,
    _ origin: ClassMeansOrigin? = nil
  ) throws -> GivenFeatures {
    let (items, training) = try files.open()
    return try GivenFeatures(
      items: items, training: training, name: "test", sampling: sampling,
      classMeansOrigin: origin, engine: Engine())
  }

  private func unit(_ view: Int, _ item: Int) -> [Double] {
    let row = data.views[view][row: item].elements.map(Double.init)
    let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return row.map { $0 / length }
  }

  private func mean(_ rows: [[Double]]) -> [Double] {
    (0..<4).map { k in rows.reduce(0) { $0 + $1[k] } / Double(rows.count) }
  }

  private func isClose(_ found: FloatVector, _ exact: [Double]) -> Bool {
    zip(found.elements, exact).allSatisfy { abs(Double($0) - $1) < 1e-6 }
  }

  @Test func `without replacement the anchor is in no mean of its item`() throws {
    let source = try open(data.files())
    #expect(source.views(pass: 0).count == 2 && !source.hasFreshViews)
    let means = try source.itemMeans([5, 0])
    #expect(isClose(means[row: 0], mean([unit(1, 5), unit(2, 5)])))
    let classMeans = try source.classMeans()
    let items = stride(from: 1, to: 21, by: 3)
    #expect(isClose(classMeans[row: 1], mean(items.flatMap { [unit(1, $0), unit(2, $0)] })))
  }

  @Test func `with replacement means are over all views`() throws {
    let source = try open(data.files(), .withReplacement)
    #expect(source.views(pass: 0).count == 3)
    #expect(isClose(try source.itemMeans([7])[row: 0], mean((0..<3).map { unit($0, 7) })))
    let items = stride(from: 2, to: 21, by: 3)
    let exact = mean(items.flatMap { item in (0..<3).map { unit($0, item) } })
    #expect(isClose(try source.classMeans()[row: 2], exact))
  }

  @Test func `class means are of training items where that is usual or asked for`() throws {
    var files = try data.files()
    #expect(try open(files).classMeansOrigin == .validation)
    #expect(
      failure { _ = try open(files, .withoutReplacement, .training) }
        == "test: class means of training features need views of training items")
    try data.addTraining(to: &files)
    #expect(try open(files).classMeansOrigin == .training)
    #expect(try open(files, .withReplacement).classMeansOrigin == .validation)
    #expect(try open(files, .withReplacement, .training).classMeansOrigin == .training)
    #expect(try open(files, .withoutReplacement, .validation).classMeansOrigin == .validation)
    let items = stride(from: 0, to: 21, by: 3)
    let exact = mean(items.flatMap { item in (0..<3).map { unit($0, item) } })
    #expect(isClose(try open(files).classMeans()[row: 0], exact))
  }

  @Test func `one view is anchor and key and its own mean`() throws {
    var files = try data.files()
    files.views = [files.views[1]]
    let source = try open(files)
    let views = source.views(pass: 3)
    #expect(views.count == 2)
    let (anchors, keys) = try (views[0].gathering([4]), views[1].gathering([4]))
    #expect(anchors.elements.elements == keys.elements.elements)
    #expect(isClose(try source.itemMeans([4])[row: 0], unit(1, 4)))
  }

  @Test func `classes are the labels that occur, in ascending order`() throws {
    var files = try data.files()
    let values = data.labels.map { [40, 7, 19][$0] }
    files.labels = try data.folder.write(NPY.labels(values), to: "sparse.npy")
    let source = try open(files)
    #expect(
      source.classCount == 3 && source.labels == values.map { [7, 19, 40].firstIndex(of: $0) })
    #expect(source.classSizes == [7, 7, 7])
  }

  @Test func `files that do not belong together are refused by name`() throws {
    let folder = data.folder
    func problem(_ change: (inout FeatureFileSet) throws -> Void) throws -> String {
      var files = try data.files()
      try data.addTraining(to: &files)
      try change(&files)
      return failure { _ = try open(files) }.replacing(folder.path + "/", with: "")
    }
    let narrow = try folder.write(NPY.features(Matrix(rows: 21, columns: 3)), to: "narrow.npy")
    let short = try folder.write(NPY.features(Matrix(rows: 20, columns: 4)), to: "short.npy")
    #expect(
      try problem { $0.views[2] = narrow }
        == "narrow.npy: it has 3 features per item, but 'val-0.npy' has 4")
    #expect(
      try problem { $0.views[1] = short }
        == "val-labels.npy: it has 21 labels, but 'short.npy' has 20 items")
    #expect(
      try problem { $0.plain = short }
        == "val-labels.npy: it has 21 labels, but 'short.npy' has 20 items")
    #expect(
      try problem { $0.trainingViews = [narrow] }
        == "narrow.npy: it has 3 features per item, but 'val-0.npy' has 4")
    #expect(
      try problem {
        $0.labels = try folder.write(NPY.labels(data.labels.map { 1 + $0 }), to: "other.npy")
      } == "other.npy: it lacks the label 0, which the other labels have")
  }

  @Test func `a bad row anywhere is found before the first batch`() throws {
    var files = try data.files()
    try data.addTraining(to: &files)
    let bad = Matrix(rows: 21, columns: 4)
    for item in 0..<21 where item != 17 { bad[item, 0] = 1 }
    let path = try data.folder.write(NPY.features(bad), to: "bad.npy")
    let changes: [(inout FeatureFileSet) -> Void] = [
      { $0.views[0] = path }, { $0.views[2] = path }, { $0.plain = path },
      { $0.trainingViews[1] = path }, { $0.trainingPlain = path },
    ]
    for change in changes {
      var files = files
      change(&files)
      for origin in ClassMeansOrigin.allCases {
        let source = try open(files, .withoutReplacement, origin)
        #expect(failure { _ = try source.classMeans() } == "\(path): row 17 is zero")
      }
    }
  }
}
