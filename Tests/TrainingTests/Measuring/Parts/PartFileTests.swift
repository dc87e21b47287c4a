// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct PartFileTests {
  private let folder = TemporaryFolder()

  private func file(_ number: Int = 1, of count: Int = 1) -> PartFile {
    var values = PartValues()
    values.keep([1.5, -.infinity], from: 2 * number - 2, of: 2 * count, as: "a list")
    values.keep([], from: 3, of: 3, as: "an empty share")
    return PartFile(
      kind: .part, fingerprint: "data x", part: MeasuringPart(number: number, count: count),
      common: [1, 2, 3], values: values)
  }

  private func read(_ bytes: [UInt8], _ name: String = "file") throws -> PartFile {
    let path = folder.file(name)
    try BinaryFile.write(bytes, to: path)
    return try PartFile(.part, path: path)
  }

  @Test func `a file is read as it was written`() throws {
    #expect(try read(file(2, of: 3).bytes) == file(2, of: 3))
  }

  @Test func `content that is none is refused, however it is sealed`() throws {
    let content = try SealedFile(.part, file().bytes, source: "file").content
    func isRefused(_ content: [UInt8]) -> Bool {
      let bytes = SealedFile(kind: .part, fingerprint: "data x", content: content).bytes
      do {
        _ = try read(bytes)
        return false
      } catch {
        return "\(error)".contains("the part of a measurement is damaged")
      }
    }
    #expect(!isRefused(content))
    for length in 0..<content.count { #expect(isRefused(Array(content.prefix(length)))) }
    #expect(isRefused(content + [0]))
    // Numbers of parts, bytes, lists and values that are far too large; part 0, and 0 parts.
    for start in stride(from: 0, to: 24, by: 8) {
      for byte: UInt8 in [0x7F, 0xFF] {
        var changed = content
        changed[start + 7] = byte
        #expect(isRefused(changed))
      }
    }
    for start in [0, 8] {
      var changed = content
      changed.replaceSubrange(start..<start + 8, with: [UInt8](repeating: 0, count: 8))
      #expect(isRefused(changed))
    }
  }

  @Test func `parts are joined, and their paths are named where they are not`() throws {
    let paths = (1...3).map { folder.file("part-\($0)") }
    for number in 1...3 { try BinaryFile.write(file(number, of: 3).bytes, to: paths[number - 1]) }
    let (first, values) = try PartFile.joined(.part, paths: [paths[2], paths[0], paths[1]])
    #expect(first == file(3, of: 3))
    let listed: [Double] = [1.5, -.infinity, 1.5, -.infinity, 1.5, -.infinity]
    #expect(values["a list"] == listed)
    // The empty shares are of a list that nobody has.
    #expect(values["an empty share"] == nil)
    #expect(throws: DataError.self) { try PartFile.joined(.part, paths: [paths[0], paths[0]]) }
    #expect(throws: DataError.self) { try PartFile.joined(.part, paths: [paths[0], paths[1]]) }
    #expect(throws: DataError.self) { try PartFile.joined(.sums, paths: paths) }
  }
}
