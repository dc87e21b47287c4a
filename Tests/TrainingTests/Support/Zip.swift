// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import CZlib

/// Zip archives made for tests, as `numpy.savez` and `numpy.savez_compressed` write them.
enum Zip {
  /// An archive of some members.
  ///
  /// - Parameters:
  ///   - isDeflated: Whether members are compressed.
  ///   - isLong: Whether sizes are in fields of eight bytes, as NumPy writes those it does not know.
  static func archive(
    _ members: [(name: String, bytes: [UInt8])], isDeflated: Bool = false, isLong: Bool = false
  ) -> [UInt8] {
    var (file, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, bytes) in members {
      let stored = isDeflated ? deflated(bytes) : bytes
      let sum = Int(unsafe crc32(0, bytes, UInt32(bytes.count)))
      let method = isDeflated ? 8 : 0
      let extra =
        isLong
        ? number(1, 2) + number(24, 2) + number(bytes.count, 8) + number(stored.count, 8)
          + number(file.count, 8) : []
      let sizes =
        isLong
        ? number(0xFFFF_FFFF, 4) + number(0xFFFF_FFFF, 4)
        : number(stored.count, 4) + number(bytes.count, 4)
      let common =
        number(0, 2) + number(method, 2) + number(0, 4) + number(sum, 4) + sizes
        + number(name.utf8.count, 2) + number(extra.count, 2)
      directory += [0x50, 0x4B, 1, 2] + number(45, 2) + number(45, 2) + common + number(0, 10)
      directory += number(isLong ? 0xFFFF_FFFF : file.count, 4) + Array(name.utf8) + extra
      file += [0x50, 0x4B, 3, 4] + number(45, 2) + common + Array(name.utf8) + extra + stored
    }
    let start = file.count
    file += directory
    let count = members.count
    if isLong {
      let place = file.count
      file += [0x50, 0x4B, 6, 6] + number(44, 8) + number(45, 4) + number(0, 8)
      file += number(count, 8) + number(count, 8) + number(directory.count, 8) + number(start, 8)
      file += [0x50, 0x4B, 6, 7] + number(0, 4) + number(place, 8) + number(1, 4)
    }
    file += [0x50, 0x4B, 5, 6] + number(0, 4) + number(count, 2) + number(count, 2)
    file += number(directory.count, 4) + number(isLong ? 0xFFFF_FFFF : start, 4) + number(3, 2)
    return file + Array("end".utf8)
  }

  private static func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }

  /// Compressed bytes without a header.
  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    // Those of a gzip file are between a header of 10 bytes and a trailer of 8.
    Array(gzipped(bytes).dropFirst(10).dropLast(8))
  }
}
