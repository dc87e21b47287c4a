// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct TextDataSetLoadingTests {
  private let folder = TemporaryFolder()

  private func write(_ text: String, _ name: String = "t.csv") throws -> String {
    try folder.write(Array(text.utf8), to: name)
  }

  /// The problem with a file, without the path of its folder.
  private func problem(_ load: () throws -> TextDataSet) -> String {
    do {
      _ = try load()
      return "accepted"
    } catch let error as DataError {
      return error.description.split(separator: "/").last.map(String.init) ?? ""
    } catch {
      return "another error: \(error)"
    }
  }

  @Test func `classes stand in the first field of a CSV file, texts in the others`() throws {
    let one = try write(
      "\"3\",\"A \"\"title\"\"\",\"some\nlines\"\n1,b,c\n3,d,e\n1,\"f, g\",h\n", "a.csv")
    let data = try TextDataSet.csv(training: one, name: "n")
    #expect(data.classNames == ["1", "3"] && data.name == "n")
    #expect(data.training.count == 2 && data.validation.count == 2)
    let twice = try TextDataSet.csv(
      training: one, validation: try write("3,x\n1,y\n\n"), name: "n")
    #expect(twice.validation.count == 2)
    let two = try TextDataSet.csv(training: one, validation: try write("3,x\n1,y\n"), name: "n")
    #expect(two.training.labels == [1, 0, 1, 0] && two.validation.labels == [1, 0])
    // a title some lines; b c; d e; f g h.
    #expect(two.training[0].count == 4 && two.training[3].count == 3)
    let compressed = try folder.write(gzipped(Array("1,a\n1,b\n2,c\n2,d\n".utf8)), to: "z.csv.gz")
    #expect(try TextDataSet.csv(training: compressed, name: "n").training.count == 2)
  }

  @Test(arguments: [
    ("", "t.csv:1: the file is empty"),
    ("1\n2\n", "t.csv:1: expected at least 2 fields, a class and a text, found 1"),
    ("1,a\n2\n", "t.csv:2: expected 2 fields, found 1"),
    ("1,a\n2,b,c\n", "t.csv:2: expected 2 fields, found 3"),
    ("1,a\n\n2,b\n", "t.csv:2: expected 2 fields, found an empty line: remove it"),
    ("1,a\n,b\n", "t.csv:2: column 1: expected the name of a class, found ''"),
    ("1,a\n2,\"b\n", "t.csv:2: column 2: quote never closed"),
    ("1,a\n2,\"b\"c\n", "t.csv:2: column 2: text after the closing quote"),
    (
      "1,a\n2,b\"c\n",
      "t.csv:2: column 2: quote inside a field that is not quoted: put the field in quotes, and "
        + "double those in it"
    ),
    (
      "sentiment,words\n1,a\n1,b\n",
      "t.csv:1: class 'sentiment' has one text only; if this line is a header, remove it, or call "
        + "its columns label and text"
    ),
    (
      "label,category,text\n1,2,a\n",
      "t.csv:1: the columns 'label' and 'category' can all be the class: keep one of them"
    ),
    ("1,a\u{0}\n", "t.csv:1: invalid character NUL"),
  ])
  func `a malformed CSV file gives one line`(text: String, expected: String) throws {
    let path = try write(text)
    #expect(problem { try TextDataSet.csv(training: path, name: "n") } == expected)
  }

  @Test(arguments: [
    "label,text\n1,b a\n2,c\n1,d\n2,e\n", "Text , LABEL \nb a,1\nc,2\nd,1\ne,2\n\n",
    "id;Class Index;Title;x;Description\n7;1;b;y;a\n8;2;c;y;\n9;1;d;y;\n10;2;e;y;\n",
    "sentence\tlabel\nb a\t1\nc\t2\nd\t1\ne\t2\n", "1;b a\n2;c\n1;d\n2;e\n",
  ])
  func `a header is known by the names of its columns, alone and in pairs`(text: String) throws {
    let path = try write(text)
    let one = try TextDataSet.csv(training: path, name: "n")
    #expect(one.classNames == ["1", "2"] && one.training.count == 2)
    let pair = try TextDataSet.csv(training: path, validation: path, name: "n")
    #expect(pair.classNames == ["1", "2"] && pair.training.labels == [0, 1, 0, 1])
    #expect(pair.validation[0].count == 2 && pair.validation[1].count == 1)
  }

  @Test func `in pairs of files, a header that is not known as one is refused by its line`() throws
  {
    let path = try write("sentiment,words\n1,a\n2,b\n1,c\n2,d\n")
    #expect(
      problem { try TextDataSet.csv(training: path, validation: path, name: "n") }
        == "t.csv:1: class 'sentiment' has one text only; if this line is a header, remove it, or "
        + "call its columns label and text")
  }

  @Test func `classes are the same if the bytes of their names are`() throws {
    let marks = String(repeating: "\u{301}", count: 100_000)
    let names = ["\u{E9}", "e\u{301}", "e" + marks]
    let path = try write((names + names).map { "\($0),a\n" }.joined())
    #expect(try TextDataSet.csv(training: path, name: "n").classNames.count == 3)
  }

  @Test func `bytes that are no UTF-8, and files that are not there, give one line`() throws {
    let path = try folder.write(Array("1,a\n2,".utf8) + [0xFF, 10], to: "t.csv")
    #expect(
      problem { try TextDataSet.csv(training: path, name: "n") }
        == "t.csv:2: invalid UTF-8 (byte 0xFF)")
    #expect(
      problem { try TextDataSet.csv(training: folder.file("none"), name: "n") }
        == "none: No such file or directory")
  }

  @Test func `Banking77 is divided from its training file`() throws {
    _ = try write("text,category\nA b?,x\n\"c, d\",y\ne,x\nf,y\n", "train.csv")
    for path in [folder.path, folder.path + "/"] {
      let data = try TextDataSet.banking77(folder: path, name: "banking77")
      #expect(data.classNames == ["x", "y"])
      #expect(data.training.count == 2 && data.validation.count == 2)
    }
  }

  @Test(arguments: [
    ("x,a\n", "train.csv:1: the columns 'category', 'text' are missing"),
    ("text,label\na,x\n", "train.csv:1: the column 'category' is missing"),
    ("text,category\na,x\nb,\n", "train.csv:3: column 2: expected the name of a class, found ''"),
    ("text,category\na\n", "train.csv:2: expected 2 fields, found 1"),
  ])
  func `a malformed file of Banking77 gives one line`(text: String, expected: String) throws {
    _ = try write(text, "train.csv")
    #expect(problem { try TextDataSet.banking77(folder: folder.path, name: "n") } == expected)
  }

  @Test func `CLINC150 is trained on its train and measured on its test`() throws {
    let path = try write(
      """
      {"oos_train": [["no class", "oos"]], "val": [],
       "train": [["what \\u0069s", "a"], ["b c", "z"]], "test": [["d", "z"], ["e", "a"]]}
      """, "c.json")
    let data = try TextDataSet.clinc150(file: path, name: "clinc150")
    #expect(data.classNames == ["a", "z"])
    #expect(data.training.labels == [0, 1] && data.validation.labels == [1, 0])
    #expect(data.training[0].count == 2)
  }

  @Test(arguments: [
    ("", "c.json:1: column 1: expected a value, found the end of the file"),
    ("[]", "c.json:1: column 1: expected an object with an array 'train'"),
    (
      "{\"train\": [],\n \"test\": {}}",
      "c.json:2: column 10: expected an object with an array 'test'"
    ),
    (
      "{\"train\": [[\"a\", \"b\"],\n [\"a\"]], \"test\": []}",
      "c.json:2: column 2: expected an array of two strings, a text and its class"
    ),
    (
      "{\"train\": [[\"a\", 3]], \"test\": []}",
      "c.json:1: column 12: expected an array of two strings, a text and its class"
    ),
    ("{\"train\": [[\"a\", \"\"]]}", "c.json:1: column 18: expected the name of a class, found ''"),
    ("{\"train\": [[\"a\" \"b\"]]}", "c.json:1: column 17: expected ',' or ']' in an array"),
  ])
  func `a malformed file of CLINC150 gives one line`(text: String, expected: String) throws {
    let path = try write(text, "c.json")
    #expect(problem { try TextDataSet.clinc150(file: path, name: "n") } == expected)
  }
}
