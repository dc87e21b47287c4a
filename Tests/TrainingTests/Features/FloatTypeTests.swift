// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct FloatTypeTests {
  private func convert(_ type: String, _ bytes: [UInt8]) throws -> [Double] {
    let float = try #require(FloatType(type))
    var values = [Double](repeating: 0, count: bytes.count / float.size)
    unsafe bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe float.convert(base, count: values.count, into: &values)
    }
    return values
  }

  @Test func `numbers of both orders of bytes are the same`() throws {
    // -1.5 and 0.15625 are exact in all three formats.
    #expect(try convert("<f2", [0x00, 0xBE, 0x00, 0x31]) == [-1.5, 0.15625])
    #expect(try convert(">f2", [0xBE, 0x00, 0x31, 0x00]) == [-1.5, 0.15625])
    #expect(try convert("<f4", [0, 0, 0xC0, 0xBF, 0, 0, 0x20, 0x3E]) == [-1.5, 0.15625])
    #expect(try convert(">f4", [0xBF, 0xC0, 0, 0, 0x3E, 0x20, 0, 0]) == [-1.5, 0.15625])
    #expect(try convert("<f8", [0, 0, 0, 0, 0, 0, 0xF8, 0xBF]) == [-1.5])
    #expect(try convert(">f8", [0x3F, 0xC4, 0, 0, 0, 0, 0, 0]) == [0.15625])
  }

  @Test func `halves include subnormal numbers and those that are not finite`() {
    #expect(FloatType.half(0x0001) == 0x1p-24 && FloatType.half(0x03FF) == 1023 * 0x1p-24)
    #expect(FloatType.half(0x0400) == 0x1p-14 && FloatType.half(0x7BFF) == 65504)
    #expect(FloatType.half(0x8000) == 0 && FloatType.half(0x8000).sign == .minus)
    #expect(FloatType.half(0x7C00) == .infinity && FloatType.half(0xFC00) == -.infinity)
    #expect(FloatType.half(0x7E00).isNaN)
    #if !(os(macOS) && arch(x86_64))
      for bits in UInt16.min...UInt16.max {
        let exact = Double(Float16(bitPattern: bits))
        #expect(FloatType.half(bits) == exact || exact.isNaN && FloatType.half(bits).isNaN)
      }
    #endif
  }

  @Test(arguments: ["<f16", "|f4", "=f4", "<i4", "<c8", "f4", ""])
  func `other types are refused`(type: String) { #expect(FloatType(type) == nil) }
}
