// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport

@testable import Training

/// A folder of random features in three classes, in files.
final class FeatureFolder {
  let folder = TemporaryFolder()
  /// Views as they are in the files, (items, 4), not of unit length.
  let views: [Matrix]
  let labels: [Int]

  /// - Parameter count: How many items there are; item i has class i modulo 3.
  init(count: Int = 21, viewCount: Int = 3) {
    var random = RandomNumbers(630)
    labels = (0..<count).map { $0 % 3 }
    views = (0..<viewCount).map { _ in
      let view = random.matrix(count, 4)
      for item in 0..<count { view[item, item % 3] += 1 }
      return view
    }
  }

  /// Writes views and labels, and says where they are.
  func files(prefix: String = "val") throws -> FeatureFileSet {
    let paths = try views.indices.map { index in
      try folder.write(NPY.features(views[index]), to: "\(prefix)-\(index).npy")
    }
    let labels = try folder.write(NPY.labels(self.labels), to: "\(prefix)-labels.npy")
    return FeatureFileSet(views: paths, labels: labels)
  }

  /// Writes the same items as training items.
  func addTraining(to files: inout FeatureFileSet) throws {
    let training = try self.files(prefix: "train")
    files.trainingViews = training.views
    files.trainingLabels = training.labels
  }
}
