// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import TestSupport
import Testing

@testable import Training

@Suite struct FirstPassTests {
  private let folder = TemporaryFolder()

  @Test(arguments: [1, 2, 3, 9])
  func `sums in parts are those of all rows to the last bit`(count: Int) throws {
    var random = RandomNumbers(78)
    let source = try GivenFeatures(
      items: MemoryFeatures(
        views: (0..<2 * 300 * 3).map { _ in random.next() }, labels: (0..<300).map { $0 % 5 % 4 },
        width: 3),
      training: nil, name: "test", sampling: .withReplacement, classMeansOrigin: nil,
      engine: Engine())
    var paths: [String] = []
    for number in 1...count {
      let part = MeasuringPart(number: number, count: count)
      paths.append(folder.file("sums-\(number)"))
      try BinaryFile.write(
        try FirstPass.file(of: source, part: part).bytes, to: paths[number - 1])
    }
    let pass = try FirstPass(files: paths.reversed())
    var hashes: ClassHashes? = ClassHashes(classCount: 4)
    let sums = try source.classSums(&hashes)
    #expect(pass.hashes == hashes?.values)
    for label in 0..<4 { #expect(pass.sums[label] == sums[label]) }
    #expect(try pass.sums.means.elements.elements == source.classMeans().elements.elements)
    #expect(try pass.fingerprint == source.fingerprint())
  }
}
