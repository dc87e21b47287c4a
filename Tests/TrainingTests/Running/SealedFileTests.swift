// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct SealedFileTests {
  private let file = SealedFile(kind: .measurements, fingerprint: "draws 3 é", content: [1, 2, 0])

  @Test func `a file comes back from its bytes`() throws {
    #expect(try SealedFile(.measurements, file.bytes, source: "m") == file)
    let empty = SealedFile(kind: .checkpoint, fingerprint: "", content: [])
    #expect(try SealedFile(.checkpoint, empty.bytes, source: "c") == empty)
  }

  @Test func `damage anywhere is found`() {
    let bytes = file.bytes
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << bit
        #expect(throws: DataError.self, "byte \(index)") {
          try SealedFile(.measurements, changed, source: "m")
        }
      }
    }
    for end in 0..<bytes.count {
      #expect(throws: DataError.self) {
        try SealedFile(.measurements, Array(bytes[..<end]), source: "m")
      }
    }
    var changed = bytes
    changed[20] ^= 1
    #expect(throws: DataError(source: "m", problem: "the file of measurements is damaged")) {
      try SealedFile(.measurements, changed, source: "m")
    }
  }

  @Test func `a fingerprint that is no text is damage, whatever the checksum says`() {
    var bytes = Array(file.bytes.dropLast(8))
    bytes[24] = 0xFF
    bytes.append(word: bytes.reduce(into: FNV1a()) { $0.add($1) }.value)
    #expect(throws: DataError(source: "m", problem: "the file of measurements is damaged")) {
      try SealedFile(.measurements, bytes, source: "m")
    }
  }

  @Test func `another kind, or another file, is called that`() {
    let problem = "this is not a checkpoint of this version"
    for bytes in [file.bytes, Array("some other file, long enough".utf8), []] {
      #expect(throws: DataError(source: "c", problem: problem)) {
        try SealedFile(.checkpoint, bytes, source: "c")
      }
    }
  }
}
