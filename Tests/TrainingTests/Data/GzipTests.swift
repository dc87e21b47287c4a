// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import CZlib
import Randomness
import TestSupport
import Testing

@testable import Training

/// A gzip file with the given content.
func gzipped(_ bytes: [UInt8]) -> [UInt8] {
  var stream = unsafe z_stream()
  let size = unsafe Int32(MemoryLayout<z_stream>.size)
  let begun = unsafe deflateInit2_(
    &stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
  precondition(begun == Z_OK)
  defer { unsafe deflateEnd(&stream) }
  var (input, output) = (bytes, [UInt8](repeating: 0, count: bytes.count + 1000))
  let count = unsafe input.withUnsafeMutableBufferPointer { source in
    unsafe output.withUnsafeMutableBufferPointer { destination in
      unsafe stream.next_in = source.baseAddress
      unsafe stream.avail_in = UInt32(source.count)
      unsafe stream.next_out = destination.baseAddress
      unsafe stream.avail_out = UInt32(destination.count)
      precondition(unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END)
      return unsafe destination.count - Int(stream.avail_out)
    }
  }
  return Array(output[..<count])
}

@Suite struct GzipTests {
  private func problem(_ bytes: [UInt8]) -> String {
    do throws(DataError) {
      _ = try Gzip.decompress(bytes, source: "a.gz")
      return ""
    } catch {
      return error.description
    }
  }

  @Test(arguments: [0, 1, 100, 65_535, 65_536, 65_537, 300_000])
  func `what was compressed comes back, in one member or several`(count: Int) throws {
    var random = SplitMix64(seed: RandomTests.seed)
    let bytes = (0..<count).map { _ in UInt8(random.index(below: 5)) }
    let file = gzipped(bytes)
    #expect(Gzip.isCompressed(file) && !Gzip.isCompressed([0, 0]) && !Gzip.isCompressed([0x1F]))
    #expect(try Gzip.decompress(file, source: "a") == bytes)
    #expect(try Gzip.decompress(file + file, source: "a") == bytes + bytes)
    // Blocks of tapes are filled with zeros.
    let zeros = [UInt8](repeating: 0, count: 300)
    #expect(try Gzip.decompress(file + zeros, source: "a") == bytes)
    #expect(problem(file + zeros + [1]) == "a.gz: the file is not valid gzip data")
    #expect(try Gzip.prefix(100, of: file, source: "a") == Array(bytes.prefix(100)))
  }

  @Test func `no more is expanded than may be`() throws {
    let file = gzipped([UInt8](repeating: 0, count: 1 << 24))
    #expect(file.count < 20_000)
    let error = #expect(throws: DataError.self) {
      try Gzip.decompress(file, source: "a.gz", limit: 1 << 20)
    }
    #expect(error?.description == "a.gz: it expands to more than 1048576 bytes")
    #expect(try Gzip.decompress(file, source: "a.gz", limit: 1 << 24).count == 1 << 24)
    let twice = #expect(throws: DataError.self) {
      try Gzip.decompress(file + file, source: "a.gz", limit: 1 << 24)
    }
    #expect(twice == DataError(source: "a.gz", problem: "it expands to more than 16777216 bytes"))
    #expect(try Gzip.prefix(5, of: file, source: "a") == [0, 0, 0, 0, 0])
  }

  @Test func `a file that ends early is refused wherever it ends`() {
    let file = gzipped((0..<2000).map { UInt8(truncatingIfNeeded: $0 * $0) })
    for end in Array(2..<30) + [file.count / 2, file.count - 8, file.count - 1] {
      #expect(problem(Array(file[..<end])) == "a.gz: the compressed file ends early", "\(end)")
    }
  }

  @Test func `damaged data, a wrong checksum and what is no gzip data are refused`() {
    let file = gzipped((0..<2000).map { UInt8(truncatingIfNeeded: $0 * $0) })
    let invalid = "a.gz: the file is not valid gzip data"
    var changed = file
    changed[file.count - 5] ^= 1
    #expect(problem(changed) == invalid)
    changed = file
    changed[file.count - 8] ^= 1
    #expect(problem(changed) == invalid)
    changed = file
    changed[2] = 7
    #expect(problem(changed) == invalid)
    #expect(problem(file + [1, 2, 3]) == invalid)
  }
}
