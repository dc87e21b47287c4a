// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import CommandLineTool
@testable import Training

/// The seeds of the fuzzers, what fuzzing has found, and some mutations of both, without libFuzzer.
@Suite struct CorpusTests {
  /// The folder of this file.
  private static let folder =
    "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/")

  /// The files of a folder, with their names.
  private static func files(_ name: String) throws -> [(name: String, bytes: [UInt8])] {
    try Folder.names(in: "\(folder)/\(name)").map { file in
      (file, try Self.content("\(folder)/\(name)/\(file)"))
    }
  }

  /// The content of a file as it is: `FileDescriptor.contents` would decompress it.
  private static func content(_ path: String) throws -> [UInt8] { try BinaryFile.read(path) }

  @Test(arguments: FuzzTarget.allCases)
  func `every seed is a file that is taken`(target: FuzzTarget) throws {
    let seeds = try Self.files("Corpus/\(target)")
    #expect(!seeds.isEmpty)
    for (name, bytes) in seeds {
      #expect(target.takes(bytes), "\(target)/\(name)")
      // What has its header right keeps it.
      #expect(target.takes(FuzzRepair.repaired(bytes, for: target)), "\(target)/\(name), repaired")
    }
  }

  @Test(arguments: FuzzTarget.allCases)
  func `what fuzzing has found is refused or taken`(target: FuzzTarget) throws {
    for (_, bytes) in try Self.files("Findings/\(target)") { _ = target.takes(bytes) }
  }

  @Test(arguments: FuzzTarget.allCases)
  func `mutated seeds are refused or taken`(target: FuzzTarget) throws {
    var numbers = SplitMix64(seed: RandomTests.seed)
    let seeds = try Self.files("Corpus/\(target)").map(\.bytes)
    var takenCount = 0
    let count = RandomTests.count(400)
    for number in 0..<count {
      var bytes = seeds[number % seeds.count]
      for _ in 0..<(1 + numbers.index(below: 4)) { Self.mutate(&bytes, seeds, &numbers) }
      if number % 4 != 0 { bytes = FuzzRepair.repaired(bytes, for: target) }
      if target.takes(bytes) { takenCount += 1 }
    }
    // Were all refused, then by their first bytes.
    #expect(takenCount > 0, "seed \(RandomTests.seed)")
  }

  /// A byte changed, some removed, repeated, or put in from another seed.
  private static func mutate(
    _ bytes: inout [UInt8], _ seeds: [[UInt8]], _ numbers: inout SplitMix64
  ) {
    guard !bytes.isEmpty else { return }
    let place = numbers.index(below: bytes.count)
    let end = min(bytes.count, place + 1 + numbers.index(below: 8))
    switch numbers.index(below: 5) {
    case 0: bytes[place] ^= 1 << UInt8(numbers.index(below: 8))
    case 1: bytes[place] = [0, 0x7F, 0x80, 0xFF, 0x2C, 0x30, 0x22, 0x0A][numbers.index(below: 8)]
    case 2: bytes.removeSubrange(place..<end)
    case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
    default:
      let other = seeds[numbers.index(below: seeds.count)]
      let from = numbers.index(below: max(1, other.count))
      bytes.insert(contentsOf: other[from...].prefix(8), at: place)
    }
  }
}
