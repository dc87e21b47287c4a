// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Labels

@Suite struct LabelCountsTests {
  private let table = LabelCounts(
    bytes: Array("law,count,classes\na,3,2\na,5,1\nab,7,4\n".utf8))

  @Test func `only the rows of the law asked for are read`() throws {
    #expect(
      try table.groups(named: "a") == [
        LabelDistribution.ClassGroup(size: 3, classCount: 2),
        LabelDistribution.ClassGroup(size: 5, classCount: 1),
      ])
    #expect(
      try table.groups(named: "ab") == [LabelDistribution.ClassGroup(size: 7, classCount: 4)])
    #expect(try table.groups(named: "b").isEmpty)
  }

  @Test func `a malformed row of another law does no harm`() throws {
    let table = LabelCounts(bytes: Array("a,3,2\nb,nonsense\n".utf8))
    #expect(try table.groups(named: "a").count == 1)
  }

  @Test(arguments: ["", "3", "3,", ",3", "3,2,1", "3,x", "3.0,1", "3, 1", "9223372036854775808,1"])
  func `a row that is not two integers is refused`(row: String) {
    let table = LabelCounts(bytes: Array("a,3,2\na,\(row)\n".utf8))
    let error = #expect(throws: LabelError.self) { try table.groups(named: "a") }
    #expect(error?.description == "row of a must be count,classes, but is '\(row)'")
  }

  @Test func `the embedded table holds the tabulated laws and no others`() {
    let lines = LabelCounts.embedded.bytes.split(separator: UInt8(ascii: "\n"))
    let names = lines.map { String(decoding: $0.prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self) }
    #expect(names.first == "law")
    let tabulated = BuiltInLaw.all.filter { $0.sizes == .tabulated }
    #expect(Set(names.dropFirst()) == Set(tabulated.map(\.name)))
  }
}
