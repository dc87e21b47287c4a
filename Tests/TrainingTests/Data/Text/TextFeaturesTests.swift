// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct TextFeaturesTests {
  private func features(_ hashes: [UInt64]) -> [Float] {
    let row = FloatVector(count: TextFeatures.rowWidth(wordCount: 5))
    row.fill(-1)
    TextFeatures.write(hashes, into: row)
    return row.elements
  }

  @Test func `features are words and pairs of neighbours, whole numbers of 24 bits`() {
    let row = features([5, 7 << 40, 5])
    #expect(row[0] == 5 && row[1] == 5 && row[3] == 5)
    #expect(row[6...].allSatisfy { $0 == -1 })
    #expect(row[1...5].allSatisfy { $0 >= 0 && $0 < 16_777_216 && $0 == $0.rounded() })
    // Pairs differ by their order.
    #expect(row[4] != row[5] && features([5, 7 << 40])[3] == row[4])
    #expect(features([]) == [0] + [Float](repeating: -1, count: 9))
    #expect(features([9])[0] == 1)
  }

  @Test func `few of many pairs have the feature of another`() {
    var seen: Set<Float> = []
    var random = RandomNumbers(620)
    for _ in 0..<200 {
      let hashes = (0..<5).map { _ in UInt64(random.index(in: 0...1 << 60)) }
      for feature in features(hashes)[6...9] { seen.insert(feature) }
    }
    // Of 800 in 2^24, 0.02 are expected to meet.
    #expect(seen.count >= 797)
  }

  @Test func `rows hold the longest text, cut after 256 words`() {
    #expect([0, 1, 2, 256, 900].map(TextFeatures.rowWidth) == [2, 2, 4, 512, 512])
  }
}
