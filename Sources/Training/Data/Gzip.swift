// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CZlib

/// Files compressed by gzip.
///
/// Reference: P. Deutsch, *GZIP file format specification version 4.3*, RFC 1952, 1996.
enum Gzip {
  /// Whether bytes begin as a gzip file does.
  static func isCompressed(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
  }

  /// The content of a gzip file of one or more members, their checksums verified.
  ///
  /// Zeros after the last member, with which some programs fill blocks, are not part of it.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - source: Its name, for messages.
  ///   - limit: The most bytes that it may expand to.
  /// - Throws: `DataError` if it is not whole, or expands to more: no more than that is kept.
  static func decompress(
    _ bytes: [UInt8], source: String, limit: Int = BinaryFile.textLimit
  ) throws(DataError) -> [UInt8] {
    var result: [UInt8] = []
    var start = 0
    repeat {
      start += try member(bytes, from: start, into: &result, source: source, limit: limit)
      guard result.count <= limit else {
        throw DataError(source: source, problem: "it expands to more than \(limit) bytes")
      }
    } while !bytes[start...].allSatisfy { $0 == 0 }
    return result
  }

  /// The first bytes of the content of a gzip file, or all if it has fewer.
  static func prefix(
    _ count: Int, of bytes: [UInt8], source: String
  ) throws(DataError) -> [UInt8] {
    var result: [UInt8] = []
    _ = try member(bytes, from: 0, into: &result, source: source, limit: count)
    return Array(result.prefix(count))
  }

  /// Expands one member, or so much of it that `result` has more than `limit` bytes; the number of
  /// compressed bytes that it took.
  private static func member(
    _ bytes: [UInt8], from start: Int, into result: inout [UInt8], source: String, limit: Int
  ) throws(DataError) -> Int {
    var stream = unsafe z_stream()
    guard unsafe upsilon_inflate_gzip_init(&stream) == Z_OK else {
      throw DataError(source: source, problem: "no memory to decompress")
    }
    defer { unsafe inflateEnd(&stream) }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var status = Z_OK
    var consumed = 0
    while status != Z_STREAM_END {
      let end = min(bytes.count, start + consumed + 1 << 24)
      let available = end - start - consumed
      let produced = unsafe bytes.withUnsafeBufferPointer { input in
        unsafe chunk.withUnsafeMutableBufferPointer { output in
          // zlib does not write to its input.
          unsafe stream.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress.map { unsafe $0 + (start + consumed) })
          unsafe stream.avail_in = UInt32(available)
          unsafe stream.next_out = output.baseAddress
          unsafe stream.avail_out = UInt32(output.count)
          status = unsafe inflate(&stream, Z_NO_FLUSH)
          return unsafe output.count - Int(stream.avail_out)
        }
      }
      consumed += unsafe available - Int(stream.avail_in)
      result += chunk[..<produced]
      if result.count > limit { return consumed }
      if status == Z_OK && start + consumed == bytes.count && produced < chunk.count
        || status == Z_BUF_ERROR
      {
        throw DataError(source: source, problem: "the compressed file ends early")
      }
      guard status == Z_OK || status == Z_STREAM_END else {
        throw DataError(source: source, problem: "the file is not valid gzip data")
      }
    }
    return consumed
  }
}
