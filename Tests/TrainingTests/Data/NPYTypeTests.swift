// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct NPYTypeTests {
  @Test(arguments: [
    ("|b1", NPYType.Kind.truth, 1), ("<i8", .signed, 8), (">u2", .unsigned, 2),
    ("|u1", .unsigned, 1),
    ("<f2", .floating, 2), (">f8", .floating, 8), ("|S5", .bytes, 5), ("<U3", .scalars, 12),
  ])
  func `types of numbers and texts are known`(text: String, kind: NPYType.Kind, size: Int) throws {
    let type = try #require(NPYType(text))
    #expect(type.kind == kind && type.size == size && type.text == text)
    #expect(type.isBigEndian == text.hasPrefix(">"))
  }

  @Test(arguments: [
    "", "<", "<f", "<f16", "<i3", "=i4", "|i4", "|O", "|V2", "<c8", "<M8[ns]", "|S0", "<U0", "|U1",
    "|b2", "<U99999999999", "f4",
  ])
  func `others are not`(text: String) { #expect(NPYType(text) == nil) }
}
