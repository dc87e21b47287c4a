// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import CZlib

@testable import Training

/// Makes headers, lengths and checksums of mutated files right again: without it nearly all of them
/// are refused by their first bytes, and nothing behind is tried.
enum FuzzRepair {
  /// The most bytes of elements that a repaired header promises.
  private static let elementLimit = 1 << 14

  /// The bytes with what their format says of itself put right, where there is such a thing.
  static func repaired(_ bytes: [UInt8], for target: FuzzTarget) -> [UInt8] {
    switch target {
    case .npy: npy(bytes)
    case .npz: npz(bytes)
    case .idx: idx(bytes)
    case .gzip: gzip(bytes)
    case .checkpoint: sealed(bytes)
    case .cifar: Gzip.isCompressed(bytes) ? gzip(bytes) : bytes
    default: bytes
    }
  }

  /// The magic number, the length of the header up to its line's end, and as many elements as it
  /// promises.
  static func npy(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes + [UInt8](repeating: 0x20, count: max(0, 12 - bytes.count))
    let magic = [0x93] + Array("NUMPY".utf8)
    if !bytes.starts(with: magic) { bytes.replaceSubrange(0..<6, with: magic) }
    if !(1...3).contains(bytes[6]) || bytes[7] != 0 { bytes.replaceSubrange(6..<8, with: [1, 0]) }
    let start = bytes[6] == 1 ? 10 : 12
    let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
    for (index, place) in (8..<start).enumerated() {
      bytes[place] = UInt8(truncatingIfNeeded: (end - start) >> (8 * index))
    }
    guard let header = try? NPYHeader(bytes, source: ""), let type = NPYType(header.type),
      let promised = try? header.elementBytes(size: type.size, source: ""),
      promised <= elementLimit
    else { return bytes }
    return resized(bytes, to: header.byteCount + promised)
  }

  /// The checksum of the first member if it is stored, itself repaired if its size is kept, in its
  /// own header and in the directory.
  static func npz(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let local: [UInt8] = [0x50, 0x4B, 3, 4]
    guard bytes.count > 30 else { return bytes }
    bytes.replaceSubrange(0..<4, with: local)
    let start = 30 + number(bytes, 26, 2) + number(bytes, 28, 2)
    let count = number(bytes, 18, 4)
    guard bytes[8] == 0, start + count <= bytes.count else { return bytes }
    let member = npy(Array(bytes[start..<start + count]))
    if member.count == count { bytes.replaceSubrange(start..<start + count, with: member) }
    let sum = UInt32(truncatingIfNeeded: unsafe crc32(0, member, UInt32(member.count)))
    let directory = bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) }
    for place in [14, directory.map { $0 + 16 }].compactMap(\.self) where place + 4 <= bytes.count {
      bytes.replaceSubrange(place..<place + 4, with: littleEndian(sum))
    }
    return bytes
  }

  /// Two zeros, the type of bytes, one or three dimensions that are small, and all elements; of a
  /// compressed file what `gzip` repairs.
  static func idx(_ bytes: [UInt8]) -> [UInt8] {
    if Gzip.isCompressed(bytes) { return gzip(bytes) }
    var bytes = resized(bytes, to: max(16, bytes.count))
    let dimensionCount = bytes[3] & 2 == 0 ? 1 : 3
    bytes.replaceSubrange(0..<4, with: [0, 0, 8, UInt8(dimensionCount)])
    var count = 1
    for index in 0..<dimensionCount {
      let low = 4 + 4 * index + 3
      bytes.replaceSubrange(low - 3..<low, with: [0, 0, 0])
      bytes[low] = max(1, bytes[low] & 31)
      count *= Int(bytes[low])
    }
    return resized(bytes, to: 4 + 4 * dimensionCount + count)
  }

  /// Of what cannot be expanded, the header, and the checksum and length of what the rest expands
  /// to.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    if (try? Gzip.decompress(bytes, source: "", limit: 1 << 16)) != nil { return bytes }
    let header: [UInt8] = [0x1F, 0x8B, 8, 0]
    var bytes = resized(bytes, to: max(18, bytes.count))
    bytes.replaceSubrange(0..<4, with: header)
    guard let (content, end) = expanded(bytes, from: 10) else { return bytes }
    let sum = UInt32(truncatingIfNeeded: unsafe crc32(0, content, UInt32(content.count)))
    let trailer = littleEndian(sum) + littleEndian(UInt32(truncatingIfNeeded: content.count))
    return Array(bytes[..<end]) + trailer
  }

  /// The word for the kind, and the checksum at the end.
  static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = resized(bytes, to: max(24, bytes.count))
    let kind: SealedFile.Kind = bytes[7] == UInt8(ascii: "M") ? .measurements : .checkpoint
    bytes.replaceSubrange(0..<8, with: kind.rawValue.utf8)
    // The length of the fingerprint, within the file.
    for place in 10..<16 { bytes[place] = 0 }
    let sum = bytes.dropLast(8).reduce(into: FNV1a()) { $0.add($1) }.value
    return Array(bytes.dropLast(8)) + (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) }
  }

  // MARK: - Bytes

  /// What deflated bytes expand to, at most 64 KB of it, and where they end; nil if they are none.
  private static func expanded(
    _ bytes: [UInt8], from start: Int
  ) -> (content: [UInt8], end: Int)? {
    var stream = unsafe z_stream()
    guard unsafe upsilon_inflate_raw_init(&stream) == Z_OK else { return nil }
    defer { unsafe inflateEnd(&stream) }
    var content = [UInt8](repeating: 0, count: 1 << 16)
    let (status, produced, left) = unsafe bytes.withUnsafeBufferPointer { input in
      unsafe content.withUnsafeMutableBufferPointer { output in
        unsafe stream.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress.map { unsafe $0 + start })
        unsafe stream.avail_in = UInt32(input.count - start)
        unsafe stream.next_out = output.baseAddress
        unsafe stream.avail_out = UInt32(output.count)
        let status = unsafe inflate(&stream, Z_FINISH)
        return unsafe (status, output.count - Int(stream.avail_out), Int(stream.avail_in))
      }
    }
    guard status == Z_STREAM_END else { return nil }
    return (Array(content[..<produced]), bytes.count - left)
  }

  private static func resized(_ bytes: [UInt8], to count: Int) -> [UInt8] {
    Array(bytes.prefix(count)) + [UInt8](repeating: 0, count: max(0, count - bytes.count))
  }

  private static func number(_ bytes: [UInt8], _ place: Int, _ size: Int) -> Int {
    bytes[place..<place + size].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private static func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
