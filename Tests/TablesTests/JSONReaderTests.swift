// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Tables

@Suite struct JSONReaderTests {
  private func read(_ text: String) throws(TableError) -> JSONValue {
    try JSONReader.read(Array(text.utf8), file: "f.json")
  }

  private func problem(_ text: String) -> String {
    do throws(TableError) {
      _ = try read(text)
      return "accepted"
    } catch {
      return error.description
    }
  }

  @Test func `values of every kind are read with their places`() throws {
    let value = try read(
      "{\"a\": [1, -2.5e+3, true],\n  \"b\": {\"c\": null, \"\": false}, \"d\": \"x\"}\n")
    let list = try #require(value["a"]?.array)
    #expect(list.map(\.content) == [.number("1"), .number("-2.5e+3"), .boolean(true)])
    #expect(list[1].line == 1 && list[1].column == 11)
    #expect(value["b"]?["c"]?.content == .null && value["b"]?[""]?.content == .boolean(false))
    #expect(value["b"]?.line == 2 && value["b"]?.column == 8)
    #expect(value["d"]?.string == "x" && value["e"] == nil && value.string == nil)
    #expect(try read(" [ ] ").array == [] && read("{}").content == .object([]))
    for text in ["0", "-0", "0.5", "1E5", "10", "1e-07"] {
      #expect(try read(text).content == .number(text))
    }
  }

  @Test func `escapes are undone`() throws {
    let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\uD83D\uDE00 é""#
    #expect(try read(text).string == "\"\\/\u{8}\u{C}\n\r\tAé€😀 é")
  }

  @Test(arguments: [
    ("", "f.json:1: column 1: expected a value, found the end of the file"),
    ("\n [1,\n  ", "f.json:3: column 3: expected a value, found the end of the file"),
    ("[1,]", "f.json:1: column 4: expected a value"),
    ("tru", "f.json:1: column 1: expected a value"),
    ("[1 2]", "f.json:1: column 4: expected ',' or ']' in an array"),
    ("{\"a\" 1}", "f.json:1: column 6: expected ':' after a name"),
    ("{\"a\": 1 \"b\"}", "f.json:1: column 9: expected ',' or '}' in an object"),
    ("{\"a\": 1,}", "f.json:1: column 9: expected a name in quotes"),
    ("{a: 1}", "f.json:1: column 2: expected a name in quotes"),
    ("{\"a\": 1, \"a\": 2}", "f.json:1: column 10: the name 'a' appears twice in an object"),
    ("1 2", "f.json:1: column 3: expected the end of the file after the value"),
    ("01", "f.json:1: column 2: expected the end of the file after the value"),
    ("-", "f.json:1: column 2: expected a digit"), ("1.", "f.json:1: column 3: expected a digit"),
    ("1e", "f.json:1: column 3: expected a digit"), ("+1", "f.json:1: column 1: expected a value"),
    ("\"abc", "f.json:1: column 1: quote never closed"),
    ("\"a\nb\"", "f.json:1: column 3: control characters in strings must be escaped"),
    (#""\x""#, "f.json:1: column 3: unknown escape in a string"),
    (#""\u12g4""#, "f.json:1: column 4: expected four hexadecimal digits"),
    (#""\u12"#, "f.json:1: column 4: expected four hexadecimal digits"),
    (#""\u+123""#, "f.json:1: column 4: expected four hexadecimal digits"),
    (#""\uD83D""#, "f.json:1: column 8: lone surrogate in a string"),
    (#""\uDE00""#, "f.json:1: column 8: lone surrogate in a string"),
    (#""\uD83D\u0041""#, "f.json:1: column 14: lone surrogate in a string"),
  ])
  func `what the grammar does not allow gives one line with its place`(
    text: String, expected: String
  ) {
    #expect(problem(text) == expected)
  }

  @Test func `nesting has a limit, and bytes must be UTF-8`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
    }
    #expect(problem(nested(64)) == "accepted")
    #expect(problem(nested(65)) == "f.json:1: column 66: values are nested deeper than 64")
    #expect(throws: TableError(file: "f", line: 2, column: 3, problem: "invalid UTF-8")) {
      try JSONReader.read(Array("[\n \"".utf8) + [0xC3, 0x28], file: "f")
    }
  }

  @Test func `many members take no longer each than few`() throws {
    let count = 50_000
    let members = (0..<count).map { "\"name\($0)\":\($0)" }.joined(separator: ",")
    guard case .object(let found) = try read("{\(members)}").content else {
      Issue.record("no object")
      return
    }
    #expect(found.count == count && found[count - 1].name == "name\(count - 1)")
    #expect(
      problem("{\(members),\"name7\":0}").hasSuffix("the name 'name7' appears twice in an object"))
  }

  @Test func `names are compared byte by byte`() throws {
    let value = try read("{\"\u{E9}\":1,\"e\u{301}\":2}")
    #expect(value["\u{E9}"]?.content == .number("1"))
    #expect(value["e\u{301}"]?.content == .number("2"))
  }

  @Test func `every cut of a text is refused`() {
    let text = #"{"a": [1, "b\n", {"c": null}], "d": -1.5e3}"#
    for length in 0..<text.utf8.count {
      #expect(problem(String(text.prefix(length))) != "accepted", "\(length) bytes")
    }
  }
}
