// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import Tables
import TestSupport
import Testing

@Suite struct CSVReaderTests {
  private func rows(_ text: String) throws -> [[String]] {
    var reader = try CSVReader(text, file: "t.csv")
    return try [reader.header.fields] + reader.remainingRows().map(\.fields)
  }

  @Test(arguments: [
    ("a", [["a"]]),
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("\u{FEFF}\"a\",b\n", [["a", "b"]]),
    ("a,b\n,\n1,2\n", [["a", "b"], ["", ""], ["1", "2"]]),
    ("a,b\n1,2\n,\n , \r\n\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2\n\n\r\n  ", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,\n", [["a", "b"], ["1", ""]]),
    ("a,b\n1,", [["a", "b"], ["1", ""]]),
    ("a\n\nb\n", [["a"], [""], ["b"]]),
    ("a\n\"\"\n", [["a"], [""]]),
    ("\"\"", [[""]]),
    (" a , b c \n\t1\t, \" 2 \" \n", [["a", "b c"], ["1", " 2 "]]),
    ("a;b\n1,5;\"2;3\"\n", [["a", "b"], ["1,5", "2;3"]]),
    ("a\tb\n \"1\" \t2;3,4\n", [["a", "b"], ["1", "2;3,4"]]),
    ("\"a;\"\t b\n\t\n1\t\n", [["a;", "b"], ["", ""], ["1", ""]]),
    ("a,b;c\td\n", [["a", "b;c\td"]]),
    ("\"a,b\",c\n", [["a,b", "c"]]),
    ("\"a\nb\",c\n", [["a\nb", "c"]]),
    ("\"a\r\nb\rc\",d\n", [["a\r\nb\rc", "d"]]),
    ("\"a \"\"b\"\"\",c\n", [["a \"b\"", "c"]]),
    ("\"\"\"\",c\n", [["\"", "c"]]),
    ("é,漢,😀\n", [["é", "漢", "😀"]]),
  ])
  func `well-formed text is read field by field`(text: String, fields: [[String]]) throws {
    #expect(try rows(text) == fields)
  }

  private static let quoteInside =
    "quote inside a field that is not quoted: put the field in quotes, and double those in it"

  /// Text, the line and column of its fault, and the fault.
  static let malformed: [(String, Int, Int?, String)] = [
    ("", 1, nil, "the file is empty"),
    ("\u{FEFF}", 1, nil, "the file is empty"),
    ("\n\n , \n", 1, nil, "the file is empty"),
    ("a,b\n1\n", 2, nil, "expected 2 fields, found 1"),
    ("a,b\n1,2,3\n", 2, nil, "expected 2 fields, found 3"),
    ("a\n1,2\n", 2, nil, "expected 1 field, found 2"),
    ("a,b\n1,2\n\n3,4\n", 3, nil, "expected 2 fields, found an empty line: remove it"),
    ("a,b\n\"x\ny\",2\n3\n", 4, nil, "expected 2 fields, found 1"),
    ("a,b\r\n1,2\r\n3\r\n", 3, nil, "expected 2 fields, found 1"),
    ("a,b\n1,\"2\n3,4\n", 2, 2, "quote never closed"),
    ("\"", 1, 1, "quote never closed"),
    ("a\n\"b\"\"", 2, 1, "quote never closed"),
    ("a,b\n1,x\"y\"\n", 2, 2, quoteInside),
    ("a \"b\"\n", 1, 1, quoteInside),
    ("a,b\n\"1\"x,2\n", 2, 1, "text after the closing quote"),
    ("a,b\n\"1\" x,2\n", 2, 1, "text after the closing quote"),
    ("a,b\n1,2\r3,4\r", 2, 2, "carriage return without a line feed"),
    ("a\r", 1, 1, "carriage return without a line feed"),
    ("a,b\n1,\0\n", 2, nil, "invalid character NUL"),
    ("a\n\"\0\"\n", 2, nil, "invalid character NUL"),
  ]

  @Test(arguments: malformed)
  func `malformed text is refused with its line`(
    text: String, line: Int, column: Int?, problem: String
  ) {
    let error = #expect(throws: TableError.self) { try rows(text) }
    #expect(error == TableError(file: "t.csv", line: line, column: column, problem: problem))
  }

  static let notText: [([UInt8], Int, String)] = [
    ([0xFF, 0xFE, 0x61, 0x00], 1, "this is UTF-16: save it as UTF-8"),
    ([0xFE, 0xFF, 0x00, 0x61], 1, "this is UTF-16: save it as UTF-8"),
    ([0xFF, 0x61], 1, "invalid UTF-8 (byte 0xFF)"),
    ([0x61, 0x0A, 0x62, 0x0A, 0xE9, 0x0A], 3, "invalid UTF-8 (byte 0xE9)"),
    ([0x61, 0x0A, 0xC0, 0x80], 2, "invalid UTF-8 (byte 0xC0)"),
    ([0x61, 0xED, 0xA0, 0x80], 1, "invalid UTF-8 (byte 0xED)"),
    ([0x61, 0xF0, 0x9F, 0x98], 1, "invalid UTF-8 (byte 0xF0)"),
    ([0x61, 0x00, 0x0A, 0xFF], 1, "invalid character NUL"),
  ]

  @Test(arguments: notText)
  func `bytes that are not text are refused before any row is read`(
    bytes: [UInt8], line: Int, problem: String
  ) {
    let error = #expect(throws: TableError.self) { try CSVReader(bytes, file: "t.csv") }
    #expect(error == TableError(file: "t.csv", line: line, problem: problem))
  }

  @Test func `rows know the line they begin on`() throws {
    var reader = try CSVReader("a,b\n\"1\n\n\",2\n3,4\r\n5,\"6\n\"", file: "t.csv")
    #expect(reader.header.line == 1)
    #expect(try reader.remainingRows().map(\.line) == [2, 5, 6])
    #expect(try reader.nextRow() == nil)
  }

  @Test func `rows before a malformed one can be read`() throws {
    var reader = try CSVReader("a,b\n1,2\n3\n", file: "t.csv")
    #expect(try reader.nextRow()?.fields == ["1", "2"])
    #expect(throws: TableError.self) { try reader.nextRow() }
  }

  @Test func `what the writer writes the reader reads back`() throws {
    var generator = SplitMix64(seed: RandomTests.seed)
    let alphabet = ["a", ",", "\"", "\n", "\r", "\r\n", " ", "é", "\u{301}", "1"]
    for _ in 0..<RandomTests.count(200) {
      let width = Int.random(in: 1...4, using: &generator)
      let table = (0..<5).map { _ in
        (0..<width).map { _ in
          (0..<Int.random(in: 0...4, using: &generator))
            .map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] }.joined()
        }
      }
      let text = try printed(
        columns: table[0], rows: table.dropFirst().map { $0.map(TableField.text) }
      ) { CSVWriter(sink: $0) }
      // Compared as bytes, since equality of strings is up to canonical equivalence.
      let bytes = { (rows: [[String]]) in rows.map { $0.map { Array($0.utf8) } } }
      #expect(try bytes(rows(text)) == bytes(table), "seed \(RandomTests.seed)")
    }
  }

  @Test func `any bytes are either read or refused`() {
    var generator = SplitMix64(seed: RandomTests.seed)
    let alphabet: [UInt8] = Array("a,\"\n\r1".utf8) + [0, 0xC3, 0xA9, 0xEF, 0xBB, 0xBF]
    for _ in 0..<RandomTests.count(2_000) {
      let bytes = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        alphabet[Int.random(in: alphabet.indices, using: &generator)]
      }
      do throws(TableError) {
        var reader = try CSVReader(bytes, file: "t.csv")
        let count = try reader.remainingRows().count
        #expect(count < bytes.count, "seed \(RandomTests.seed)")
      } catch {
        #expect(error.line >= 1, "seed \(RandomTests.seed)")
      }
    }
  }
}
