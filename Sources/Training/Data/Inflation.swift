// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CZlib

/// Deflated bytes made longer again piece by piece, in bounded memory.
///
/// Reference: P. Deutsch, *DEFLATE Compressed Data Format Specification version 1.3*, RFC 1951,
/// 1996.
enum Inflation {
  private static let pieceCount = 1 << 16

  /// Hands on the bytes that a file without a header of its own expands to.
  ///
  /// - Parameters:
  ///   - file: The deflated bytes, and nothing else.
  ///   - count: How many bytes it must expand to: no more are made.
  ///   - checksum: Their CRC-32.
  /// - Throws: `DataError` if it expands to anything else, and what `append` throws.
  static func raw(
    _ file: RandomAccessFile, count: Int, checksum: UInt,
    append: ([UInt8]) throws(DataError) -> Void
  ) throws(DataError) {
    func failure(_ problem: String) -> DataError { DataError(source: file.name, problem: problem) }
    var stream = unsafe z_stream()
    guard unsafe upsilon_inflate_raw_init(&stream) == Z_OK else {
      throw failure("no memory to decompress")
    }
    defer { unsafe inflateEnd(&stream) }
    var input: [UInt8] = []
    var (position, used, total) = (0, 0, 0)
    var sum = crc32(0, nil, 0)
    var status = Z_OK
    while status != Z_STREAM_END {
      if used == input.count {
        input = try file.bytes(at: position, atMost: pieceCount)
        (position, used) = (position + input.count, 0)
      }
      var output = [UInt8](repeating: 0, count: pieceCount)
      let produced = unsafe input.withUnsafeBufferPointer { input in
        unsafe output.withUnsafeMutableBufferPointer { output in
          // zlib does not write to its input.
          unsafe stream.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress.map { unsafe $0 + used })
          unsafe stream.avail_in = UInt32(input.count - used)
          unsafe stream.next_out = output.baseAddress
          unsafe stream.avail_out = UInt32(output.count)
          status = unsafe inflate(&stream, Z_NO_FLUSH)
          let produced = unsafe output.count - Int(stream.avail_out)
          sum = unsafe crc32(sum, output.baseAddress, UInt32(produced))
          return produced
        }
      }
      used = unsafe input.count - Int(stream.avail_in)
      total += produced
      let isStuck = status == Z_BUF_ERROR && input.isEmpty
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR, !isStuck,
        total <= count
      else { throw failure("its compressed bytes are damaged") }
      try append(Array(output.prefix(produced)))
    }
    guard total == count, sum == checksum else {
      throw failure("its compressed bytes are damaged")
    }
  }
}
