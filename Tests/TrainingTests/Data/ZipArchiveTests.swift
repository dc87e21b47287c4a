// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import Training

@Suite struct ZipArchiveTests {
  private let folder = TemporaryFolder()

  private func open(_ bytes: [UInt8]) throws -> ZipArchive {
    try ZipArchive(RandomAccessFile(path: folder.write(bytes, to: "a.npz")))
  }

  /// Two members, one of which is longer than what is expanded at a time.
  private static let members: [(name: String, bytes: [UInt8])] = [
    ("a.npy", [1, 2, 3]), ("b.npy", (0..<200_000).map { UInt8($0 * $0 % 251) }), ("c", []),
  ]

  @Test(arguments: [(false, false), (false, true), (true, false), (true, true)])
  func `members are read, stored or deflated, with short sizes or long ones`(
    isDeflated: Bool, isLong: Bool
  ) throws {
    let file = Zip.archive(Self.members, isDeflated: isDeflated, isLong: isLong)
    #expect(ZipArchive.isArchive(file))
    let archive = try open(file)
    #expect(archive.members.map(\.name) == ["a.npy", "b.npy", "c"])
    for (member, expected) in zip(archive.members, Self.members) {
      let opened = try archive.open(member, name: "x")
      #expect(try opened.bytes(at: 0, atMost: .max / 2) == expected.bytes)
      #expect(try opened.bytes(at: 2, atMost: 5) == Array(expected.bytes.dropFirst(2).prefix(5)))
    }
  }

  @Test func `no more is expanded than the directory says, and no less`() throws {
    for difference in [-1, 1] {
      var file = Zip.archive([("b.npy", [UInt8](repeating: 7, count: 1000))], isDeflated: true)
      // The size is the last of four bytes before the lengths of name and extra field.
      let directory = try #require(
        file.indices.first { file[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
      let size = 1000 + difference
      (file[directory + 24], file[directory + 25]) = (UInt8(size & 0xFF), UInt8(size >> 8))
      let archive = try open(file)
      #expect(
        failure { _ = try archive.open(archive.members[0], name: "x") }
          == "x: its compressed bytes are damaged")
    }
  }

  @Test func `damaged archives are refused or read, and never trap`() throws {
    var generator = SplitMix64(seed: RandomTests.seed)
    let small: [(name: String, bytes: [UInt8])] = [("a.npy", [1, 2, 3]), ("b.npy", [4])]
    for index in 0..<RandomTests.count(400) {
      var file = Zip.archive(
        small, isDeflated: index.isMultiple(of: 2), isLong: index.isMultiple(of: 3))
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: file.indices, using: &generator)
        file[place] = UInt8.random(in: 0...255, using: &generator)
      }
      if index.isMultiple(of: 5) {
        file.removeLast(Int.random(in: 0...file.count, using: &generator))
      }
      do {
        let archive = try open(file)
        for member in archive.members {
          _ = try archive.open(member, name: "x").bytes(at: 0, atMost: 100)
        }
      } catch is DataError {
      }
    }
  }

  @Test func `what is no archive is called one that is not whole`() throws {
    for bytes in [[], [0x50, 0x4B, 3, 4], [UInt8](repeating: 0, count: 100)] {
      #expect(
        failure { _ = try open(bytes) } == "\(folder.file("a.npz")): it is not a whole zip archive")
    }
  }
}
