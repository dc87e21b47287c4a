// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import Testing

@testable import Training

@Suite struct TextDataSetTests {
  private func texts(_ labels: [String]) -> [LabelledText] {
    labels.enumerated().map { LabelledText(text: "t \($0)", label: $1, line: $0 + 1) }
  }

  @Test
  func `classes that are all whole numbers are in their order, others in that of their bytes`()
    throws
  {
    func names(_ labels: [String]) throws -> [String] {
      try TextDataSet(name: "x", training: texts(labels), validation: texts(labels)).classNames
    }
    #expect(try names(["10", "9", "1"]) == ["1", "9", "10"])
    #expect(try names(["10", "9", "b", "a"]) == ["10", "9", "a", "b"])
    let data = try TextDataSet(
      name: "x", training: texts(["b", "a", "b"]), validation: texts(["a", "b"]))
    #expect(data.training.labels == [1, 0, 1] && data.validation.labels == [0, 1])
    #expect(DataSet(data).trainingSizes == [1, 2] && DataSet(data).classCount == 2)
    #expect(DataSet(data).kind == .texts && DataSet(data).validationSizes == [1, 1])
  }

  @Test func `a class that is not in both parts is named`() {
    #expect(throws: DataError(source: "x", problem: "class 'b' has no training texts")) {
      try TextDataSet(name: "x", training: texts(["a"]), validation: texts(["a", "b"]))
    }
    #expect(throws: DataError(source: "x", problem: "class 'b' has no validation texts")) {
      try TextDataSet(name: "x", training: texts(["a", "b"]), validation: texts(["a"]))
    }
    let problem =
      "class 'b' has one text only, on line 3; a class needs one to train on and one to measure on"
    #expect(throws: DataError(source: "x", problem: problem)) {
      try TextDataSet(name: "x", dividing: texts(["a", "a", "b"]))
    }
  }

  @Test func `a fifth of each class is for validation, at least one text`() throws {
    let data = try TextDataSet(
      name: "x", dividing: texts((0..<28).map { $0 % 2 == 0 ? "a" : "b" } + ["c", "c"]))
    #expect(data.training.classSizes(classCount: 3) == [12, 12, 1])
    #expect(data.validation.classSizes(classCount: 3) == [2, 2, 1])
  }

  @Test func `rows hold the longest text of either part, and all words are known`() throws {
    let long = LabelledText(
      text: (0..<300).map { "w\($0)" }.joined(separator: " "), label: "a", line: 1)
    let data = DataSet(
      try TextDataSet(name: "x", training: texts(["a"]), validation: [long]))
    #expect(data.inputWidth == 512)
    let row = FloatVector(count: 512)
    data.validation.write(0, into: row)
    #expect(row[0] == 511)
    data.training.write(0, into: row)
    #expect(row[0] == 3)
    // Without augmentation a view is the item.
    let view = FloatVector(count: 512)
    var generator = SplitMix64(seed: 1)
    data.training.writeView(
      of: 0, augmentation: Augmentation(), generator: &generator, into: view)
    #expect(view.elements[0..<4] == row.elements[0..<4])
  }

  @Test func `fingerprints differ where words, labels or parts differ`() throws {
    func fingerprint(_ training: [(String, String)], _ validation: [(String, String)]) throws
      -> UInt64
    {
      func texts(_ pairs: [(String, String)]) -> [LabelledText] {
        pairs.map { LabelledText(text: $0.0, label: $0.1, line: 1) }
      }
      return try DataSet(
        TextDataSet(name: "x", training: texts(training), validation: texts(validation))
      ).fingerprint
    }
    let base = [("u v", "a"), ("w", "b")]
    let all = try [
      fingerprint(base, base), fingerprint([("u", "a"), ("v w", "b")], base),
      fingerprint([("u v", "b"), ("w", "a")], base), fingerprint([("u x", "a"), ("w", "b")], base),
      fingerprint(base + [("u", "a")], base),
    ]
    #expect(Set(all).count == 5)
    #expect(try fingerprint([("U V", "a"), ("w!", "b")], base) == all[0])
  }
}
