// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct FeatureFileSetTests {
  private let folder = TemporaryFolder()

  private func touch(_ names: String...) throws {
    for name in names { try folder.write([], to: "key.pt.\(name).npy") }
  }

  private func path(_ name: String) -> String { folder.file("key.pt.\(name).npy") }

  private func find() throws -> FeatureFileSet {
    try FeatureFileSet(publishedPrefix: folder.file("key.pt"))
  }

  @Test func `all files of a dump are found by their names`() throws {
    try touch("label.val", "feature.val", "feature.0.val", "feature.1.val", "feature.3.val")
    try touch("label.train", "feature.train", "feature.0.train", "feature.1.train")
    let files = try find()
    #expect(files.views == [path("feature.0.val"), path("feature.1.val")])
    #expect(files.labels == path("label.val") && files.plain == path("feature.val"))
    #expect(files.trainingViews == [path("feature.0.train"), path("feature.1.train")])
    #expect(files.trainingLabels == path("label.train"))
    #expect(files.trainingPlain == path("feature.train"))
  }

  @Test func `a dump without augmentation has one view, and training files may be absent`() throws {
    try touch("label.val", "feature.val")
    let files = try find()
    #expect(files.views == [path("feature.val")] && files.plain == path("feature.val"))
    #expect(files.trainingViews.isEmpty && files.trainingLabels == nil)
    // Without labels, training features are of no use.
    try touch("feature.0.train")
    #expect(try find().trainingViews.isEmpty)
  }

  @Test func `what is missing is named`() throws {
    #expect(failure { _ = try find() } == "\(path("label.val")): there is no such file")
    try touch("label.val")
    #expect(failure { _ = try find() } == "\(path("feature.0.val")): there is no such file")
  }
}
