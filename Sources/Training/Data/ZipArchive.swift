// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CZlib

/// The members of a zip archive, as `numpy.savez` writes them: stored or deflated, of any size.
///
/// Reference: PKWARE, *.ZIP File Format Specification*, version 6.3.10, sections 4.3 to 4.5.
struct ZipArchive {
  /// A member as the directory at the archive's end describes it.
  struct Member {
    let name: String
    /// 0 for stored, 8 for deflated.
    let method: Int
    let isEncrypted: Bool
    let checksum: UInt
    /// Bytes in the archive, and of the member.
    let compressedCount, count: Int
    /// Where its own header begins.
    let offset: Int
  }

  /// No directory is longer; each member takes some hundred bytes.
  private static let directoryLimit = 1 << 24

  private let file: RandomAccessFile

  /// The members in the order of the directory.
  let members: [Member]

  /// Whether bytes begin as a zip archive does.
  static func isArchive(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6])
  }

  /// Reads the directory of an archive.
  init(_ file: RandomAccessFile) throws(DataError) {
    func failure(_ problem: String) -> DataError { DataError(source: file.name, problem: problem) }
    let damaged = failure("it is not a whole zip archive")
    // The end record has 22 bytes and a comment of at most 65,535, before it a locator of 20.
    let tailStart = max(0, file.count - 22 - 65_535 - 20)
    let tail = Fields(try file.bytes(at: tailStart, atMost: file.count - tailStart))
    guard let end = tail.last([0x50, 0x4B, 5, 6]), let shortCount = tail.number(end + 10, 2),
      let shortSize = tail.number(end + 12, 4), let shortStart = tail.number(end + 16, 4)
    else { throw damaged }
    var (count, size, start) = (shortCount, shortSize, shortStart)
    if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF {
      guard end >= 20, tail.has([0x50, 0x4B, 6, 7], at: end - 20),
        let place = tail.number(end - 12, 8)
      else { throw damaged }
      let record = Fields(try file.bytes(at: place, atMost: 56))
      guard record.has([0x50, 0x4B, 6, 6], at: 0), let longCount = record.number(32, 8),
        let longSize = record.number(40, 8), let longStart = record.number(48, 8)
      else { throw damaged }
      (count, size, start) = (longCount, longSize, longStart)
    }
    guard size <= Self.directoryLimit, start <= file.count - size else { throw damaged }
    let directory = Fields(try file.bytes(at: start, atMost: size))
    var members: [Member] = []
    var position = 0
    while members.count < count {
      guard let (member, length) = Self.member(directory, at: position) else { throw damaged }
      members.append(member)
      position += length
    }
    self.file = file
    self.members = members
  }

  /// The member that is described at a place of the directory, and how long that is.
  private static func member(_ fields: Fields, at start: Int) -> (Member, length: Int)? {
    guard fields.has([0x50, 0x4B, 1, 2], at: start), let flags = fields.number(start + 8, 2),
      let method = fields.number(start + 10, 2), let checksum = fields.number(start + 16, 4),
      var compressed = fields.number(start + 20, 4), var count = fields.number(start + 24, 4),
      let nameCount = fields.number(start + 28, 2), let extraCount = fields.number(start + 30, 2),
      let commentCount = fields.number(start + 32, 2), var offset = fields.number(start + 42, 4),
      let name = fields.text(start + 46, nameCount)
    else { return nil }
    // Numbers that four bytes cannot hold follow in a field of their own, in this order.
    var extra = start + 46 + nameCount
    let end = extra + extraCount
    while extra + 4 <= end {
      guard let kind = fields.number(extra, 2), let size = fields.number(extra + 2, 2) else {
        return nil
      }
      var place = extra + 4
      func long(_ short: inout Int) -> Bool {
        guard short == 0xFFFF_FFFF else { return true }
        guard let value = fields.number(place, 8) else { return false }
        (short, place) = (value, place + 8)
        return true
      }
      if kind == 1 {
        guard long(&count), long(&compressed), long(&offset) else { return nil }
      }
      extra += 4 + size
    }
    let member = Member(
      name: name, method: method, isEncrypted: flags & 1 == 1, checksum: UInt(checksum),
      compressedCount: compressed, count: count, offset: offset)
    return (member, 46 + nameCount + extraCount + commentCount)
  }

  /// The bytes of a member, those of a deflated one in a copy; no more than the directory says.
  func open(_ member: Member, name: String) throws(DataError) -> RandomAccessFile {
    func failure(_ problem: String) -> DataError { DataError(source: name, problem: problem) }
    let header = Fields(try file.bytes(at: member.offset, atMost: 30))
    guard header.has([0x50, 0x4B, 3, 4], at: 0), let nameCount = header.number(26, 2),
      let extraCount = header.number(28, 2)
    else { throw failure("it is not a whole zip archive") }
    let start = member.offset + 30 + nameCount + extraCount
    guard !member.isEncrypted, [0, 8].contains(member.method) else {
      throw failure("it is encrypted, or not compressed as numpy.savez_compressed does")
    }
    guard member.compressedCount <= file.count - start,
      member.method == 8 || member.compressedCount == member.count
    else { throw failure("it is not a whole zip archive") }
    let stored = RandomAccessFile(file, name: name, from: start, count: member.compressedCount)
    if member.method == 0 { return stored }
    return try RandomAccessFile(copying: name) { append throws(DataError) in
      try Inflation.raw(stored, count: member.count, checksum: member.checksum, append: append)
    }
  }

  /// Numbers and texts in the bytes of an archive, least significant byte first.
  private struct Fields {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func has(_ signature: [UInt8], at place: Int) -> Bool {
      place >= 0 && place <= bytes.count && bytes[place...].starts(with: signature)
    }

    /// Where a signature stands last.
    func last(_ signature: [UInt8]) -> Int? {
      bytes.indices.reversed().first { has(signature, at: $0) }
    }

    /// A number of at most eight bytes; nil if they are not there, or it is larger than any file.
    func number(_ place: Int, _ size: Int) -> Int? {
      guard place >= 0, place + size <= bytes.count else { return nil }
      let value = bytes[place..<place + size].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return value < 1 << 62 ? Int(value) : nil
    }

    func text(_ place: Int, _ count: Int) -> String? {
      guard place + count <= bytes.count else { return nil }
      return String(decoding: bytes[place..<place + count], as: UTF8.self)
    }
  }
}
