// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Occupancy
import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct CountsFileTests {
  let folder = TemporaryFolder()

  private func problem(_ text: String) throws -> String {
    let path = try folder.write(text, to: "counts.csv")
    let error = #expect(throws: (any Error).self) {
      try CountsFile.law(of: path, name: "counts.csv")
    }
    return error.map { "\($0)" }?.withoutPrefix(folder.path + "/") ?? "no error"
  }

  @Test("Classes with labels and sizes with numbers of classes give the same law")
  func bothForms() throws {
    let labels = try folder.write("label,count\na,5\nb,3\n\"c,d\",5\n", to: "labels.csv")
    let sizes = try folder.write("count,classes\r\n3,1\r\n5,2\r\n", to: "sizes.csv")
    for path in [labels, sizes] {
      let law = try CountsFile.law(of: path, name: "a law")
      #expect(law.name == "a law" && law.copies == nil)
      #expect(law.law.itemCount == 13 && law.law.classCount == 3)
      // Each draw is of one class with the chance 5/13, 5/13 or 3/13.
      let once = try CoverageProbability(
        law: law.law, sampling: .withReplacement, drawCount: 3
      ).exactValue()
      #expect(once == Rational(6 * 5 * 5 * 3, 13 * 13 * 13))
    }
  }

  @Test("A column says how often classes must come, in the order of the rows")
  func copies() throws {
    let labels = try folder.write("label,count,copies\na,5,2\nb,3,0\nc,5,1\n", to: "labels.csv")
    let law = try CountsFile.law(of: labels, name: "labels")
    #expect(law.copies?.map(\.copies) == [2, 0, 1])
    #expect(law.copies?.map(\.classCount) == [1, 1, 1])
    let sizes = try folder.write("count,classes,copies\n5,2,1\n3,4,0\n", to: "sizes.csv")
    let groups = try #require(try CountsFile.law(of: sizes, name: "sizes").copies)
    #expect(groups.map(\.copies) == [1, 0] && groups.map(\.classCount) == [2, 4])
  }

  @Test(
    "Files of other programs are read, whatever they write numbers and names as",
    arguments: [
      "label,count\na,5\nb,3\n\n\n", "Label , COUNT\n a , 5 \nb,3.0\n , \n",
      "count,x,label\n5,1,a\n3e0,\"2\",b\n", "label;count\na;5\nb;3.0\n;\n",
      "label\tcount\r\na\t5\r\nb\t0.3e1\r\n", "count,CLASSES,comment\n3,1.0,x\n5,1e0,\n",
    ])
  func forms(text: String) throws {
    let law = try CountsFile.law(of: folder.write(text, to: "c.csv"), name: "c")
    #expect(law.law.classCount == 2 && law.law.itemCount == 8 && law.notes == [])
  }

  @Test("Commas group digits")
  func groups() throws {
    let path = try folder.write("label,count\na,\"1,234,567\"\n", to: "c.csv")
    #expect(try CountsFile.law(of: path, name: "c").law.itemCount == 1_234_567)
  }

  @Test("A class that is never drawn is left out with a note, unless it must come")
  func zeros() throws {
    let path = try folder.write(
      "label,count,copies\na,0,0\nb,3,1\n\"c,d\",0.0,0\n", to: "c.csv")
    let law = try CountsFile.law(of: path, name: "c")
    #expect(law.law.classCount == 1 && law.copies?.map(\.copies) == [1])
    #expect(law.notes == ["\(path): 2 classes with a count of 0 left out: 'a', 'c,d'"])
    let sizes = try folder.write("count,classes\n0,7\n3,1\n4,0\n", to: "s.csv")
    #expect(
      try CountsFile.law(of: sizes, name: "s").notes
        == ["\(sizes): 7 classes with a count of 0 left out"])
    let many = (1...7).map { "z\($0),0\n" }.joined()
    let path7 = try folder.write("label,count\na,1\n" + many, to: "m.csv")
    #expect(
      try CountsFile.law(of: path7, name: "m").notes
        == [
          "\(path7): 7 classes with a count of 0 left out: 'z1', 'z2', 'z3', 'z4', 'z5' and others"
        ])
  }

  @Test("Labels are the same if their bytes are")
  func normalForms() throws {
    let path = try folder.write("label,count\n\u{E9},2\ne\u{301},3\n", to: "c.csv")
    #expect(try CountsFile.law(of: path, name: "c").law.classCount == 2)
  }

  @Test(
    "A bad file is refused with its line and column",
    arguments: [
      ("", "counts.csv:1: the file is empty"),
      ("label,count\n", "counts.csv: there are no classes below the header"),
      (
        "name,size\na,1\n",
        "counts.csv:1: expected the columns label,count or count,classes, found 'name,size'"
      ),
      (
        "a,1\nb,2\n",
        "counts.csv:1: expected the columns label,count or count,classes, found 'a,1': the first "
          + "line must name the columns, and has numbers"
      ),
      (
        "label,count,classes\na,1,2\n",
        "counts.csv:1: the columns can be read as label,count and as count,classes: remove one that "
          + "is not meant"
      ),
      ("label,count,Count\na,1,1\n", "counts.csv:1: column 3: the column 'count' appears twice"),
      ("label,count\na,0\n", "counts.csv: no class is ever drawn"),
      (
        "label,count,copies\na,0,2\nb,1,1\n",
        "counts.csv:2: column 3: the class must come 2 times, but is never drawn"
      ),
      (
        "label;count\na;1.000\n",
        "counts.csv:2: column 2: '1.000' can mean a thousand times as much where semicolons "
          + "separate fields: write the number without groups, or with one digit after the point"
      ),
      (
        "label,count\na,1\nb,-2\n",
        "counts.csv:3: column 2: expected a whole number as count, found '-2'"
      ),
      (
        "label,count\na,2.5\n",
        "counts.csv:2: column 2: expected a whole number as count, found '2.5': shares that are not "
          + "whole go to --probabilities, with --normalize"
      ),
      ("label,count\na,\n", "counts.csv:2: column 2: expected a whole number as count, found ''"),
      ("label,count\na\n", "counts.csv:2: expected 2 fields, found 1"),
      ("label,count\n\n", "counts.csv: there are no classes below the header"),
      ("label,count\n\na,1\n", "counts.csv:2: expected 2 fields, found an empty line: remove it"),
      ("label,count\na,1,\n", "counts.csv:2: expected 2 fields, found 3"),
      (
        "label,count\na,1\nb,2\na,3\n",
        "counts.csv:4: column 1: the label 'a' is on line 2 already"
      ),
      ("label,count\na,\"1\n", "counts.csv:2: column 2: quote never closed"),
      (
        "label,count,copies\na,1,-1\n",
        "counts.csv:2: column 3: expected how often the class must come, from 0 to 100, found '-1'"
      ),
      (
        "label,count,copies\na,1,101\n",
        "counts.csv:2: column 3: expected how often the class must come, from 0 to 100, found '101'"
      ),
      ("label,count,copies\na,1,0\n", "counts.csv: the column copies asks for no class"),
      (
        "label,count\na,9223372036854775808\n",
        "counts.csv:2: column 2: the count 9223372036854775808 exceeds 9223372036854775807"
      ),
      ("count,classes\n3,0\n", "counts.csv: there are no classes below the header"),
      (
        "label,count\na,9223372036854775807\nb,1\n",
        "counts.csv: itemCount must be at most 9223372036854775807, but is larger"
      ),
    ])
  func refused(text: String, expected: String) throws {
    #expect(try problem(text) == expected)
  }

  @Test("A file that is not there is named")
  func absent() {
    let path = folder.file("none.csv")
    #expect(
      throws: FileError(operation: "read", file: path, reason: "No such file or directory")
    ) {
      try CountsFile.law(of: path, name: "none")
    }
  }
}
