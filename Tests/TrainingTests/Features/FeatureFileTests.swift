// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct FeatureFileTests {
  private let folder = TemporaryFolder()

  @Test func `rows are as they are in the file, in the order asked for`() throws {
    let matrix = Matrix(FloatVector([3, 4, 0, -2, 0.5, 0, 5, 12]), rows: 4, columns: 2)
    let path = try folder.write(NPY.features(matrix), to: "x.npy")
    let file = try FeatureFile(path: path)
    #expect(file.count == 4 && file.width == 2 && file.rowByteCount == 8)
    var rows = [Double](repeating: 7, count: 12)
    try file.read([3, 0, 1, 2, 1], into: &rows)
    #expect(rows == [5, 12, 3, 4, 0, -2, 0.5, 0, 0, -2, 7, 7])
  }

  @Test func `other elements are refused`() throws {
    let path = try folder.write(
      NPY.file(NPY.header("<i4", [1, 1]), [0, 0, 0, 0]), to: "i.npy")
    #expect(
      failure { _ = try FeatureFile(path: path) }
        == "\(path): its elements must be floating-point numbers of 16, 32 or 64 bits, but have "
        + "the type '<i4'")
  }
}
