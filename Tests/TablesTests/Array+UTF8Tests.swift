// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import Tables

@Suite struct ArrayUTF8Tests {
  /// The first place at which no encoded scalar begins, by encoding all candidates of 1 to 4 bytes.
  private func firstInvalid(_ bytes: [UInt8]) -> Int? {
    var offset = 0
    while offset < bytes.count {
      let length = (1...4).first { length in
        guard offset + length <= bytes.count else { return false }
        let part = Array(bytes[offset..<offset + length])
        let text = String(decoding: part, as: UTF8.self)
        return text.unicodeScalars.count == 1 && Array(text.utf8) == part
      }
      guard let length else { return offset }
      offset += length
    }
    return nil
  }

  @Test func `what is invalid is found where it begins`() {
    let cases: [(bytes: [UInt8], invalid: Int?)] = [
      ([], nil), (Array("a\u{E9}\u{20AC}\u{1F600}\0".utf8), nil), ([0x61, 0x80], 1),
      ([0xC3], 0), ([0x61, 0xE2, 0x82], 1), ([0xC0, 0xAF], 0), ([0xED, 0xA0, 0x80], 0),
      ([0x61, 0x62, 0xF5, 0x61], 2), ([0xF0, 0x9F, 0x98, 0x61], 0),
    ]
    for (bytes, invalid) in cases {
      #expect(bytes.firstInvalidUTF8 == invalid, "\(bytes)")
      #expect(firstInvalid(bytes) == invalid, "\(bytes)")
    }
  }

  @Test func `random bytes are judged scalar by scalar`() {
    var random = SplitMix64(seed: RandomTests.seed)
    let scalars: [Unicode.Scalar] = ["a", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{10FFFF}"]
    for _ in 0..<RandomTests.count(2000) {
      var text = String.UnicodeScalarView()
      for _ in 0..<random.index(below: 6) { text.append(scalars[random.index(below: 6)]) }
      var bytes = Array(String(text).utf8)
      if !bytes.isEmpty && random.index(below: 4) > 0 {
        bytes[random.index(below: bytes.count)] = UInt8(random.index(below: 256))
      }
      #expect(bytes.firstInvalidUTF8 == firstInvalid(bytes), "\(bytes), seed \(RandomTests.seed)")
    }
  }
}
