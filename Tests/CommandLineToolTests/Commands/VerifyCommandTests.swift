// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct VerifyCommandTests {
  private let folder = TemporaryFolder()

  /// The table that a command prints, in a file.
  private func table(_ line: String) throws -> String {
    let outcome = upsilon(line + " --format csv")
    try #require(outcome.status == 0, "\(outcome.error)")
    return try folder.write(outcome.output, to: "t.csv")
  }

  private func counts(_ path: String, _ options: String = "") -> String {
    let outcome = upsilon("verify \(path)\(options) --format csv")
    #expect(outcome.lines.first == "file,rows,two_methods,more_digits,unchecked,wrong")
    return (outcome.lines.last ?? "").withoutPrefix(path + ",")
  }

  @Test(
    "Every number of every exact table is found right",
    arguments: [
      ("coverage --classes 10 --draws 10..20", "11,44,0,0,0"),
      ("coverage --classes 7 --per-class 3 --draws 9,12 --both-samplings --exact", "4,16,4,0,0"),
      ("coverage --dataset cifar-10-lt-100 --draws 259 --copies 2 --at-least 9", "1,4,0,0,0"),
      ("coverage --classes 150 --required 2 --draws 100,184 --digits 40", "2,8,0,0,0"),
      ("coverage --classes 67 --pack 5 --draws 70", "1,0,4,0,0"),
      ("collision --dataset cifar-10-lt-100 --negatives 1,64 --both-samplings", "4,0,20,0,0"),
      ("distinct --classes 12 --draws 9", "9,18,0,0,0"),
      ("distinct --dataset cifar-10 --draws 9,20 --summary", "2,0,4,0,0"),
      ("duplicates --classes 365 --draws 23,50", "2,0,6,0,0"),
      ("duplicates --classes 365 --quantiles 0.5,1e-9", "1,0,2,0,0"),
      ("waiting --classes 6 --quantiles 0.5,0.99,1e-6", "1,3,2,0,0"),
      ("waiting --dataset cifar-10-lt-100 --copies 2 --at-least 3 --both-samplings", "2,6,4,0,0"),
      ("waiting --classes 67 --pack 5", "1,0,5,0,0"),
      ("table --classes 20 --draws 16,64", "2,4,10,0,0"),
    ])
  func right(line: String, expected: String) throws { #expect(counts(try table(line)) == expected) }

  @Test("A digit that is wrong is told, wherever it stands")
  func wrong() throws {
    let path = try table("coverage --classes 10 --draws 16,40")
    let text = try folder.text(of: "t.csv")
    let lines = text.split(separator: "\n").map(String.init)
    let fields = lines[2].split(separator: ",").map(String.init)
    for column in 4..<8 {
      var changed = fields
      let digit = try #require(Int(String(changed[column].removeLast())))
      changed[column] += "\((digit + 3) % 10)"
      _ = try folder.write(
        (lines[..<2] + [changed.joined(separator: ",")]).joined(separator: "\n"), to: "t.csv")
      let outcome = upsilon("verify \(path) --format csv")
      #expect(outcome.status == 1 && outcome.lines.last == "\(path),2,7,0,0,1")
      let name = lines[0].split(separator: ",")[column]
      #expect(outcome.error.hasPrefix("Wrong: \(path):3: \(name): digit 1"))
      #expect(outcome.error.contains(" of \(changed[column]) differs: it is "))
      #expect(outcome.diagnostics.hasSuffix("Error: 1 number is wrong\n"))
    }
  }

  @Test("A quantile one too large or too small is told")
  func wrongQuantile() throws {
    let path = try table("waiting --classes 6 --quantiles 0.5")
    let text = try folder.text(of: "t.csv")
    #expect(text.hasSuffix(",13\n"))
    for wrong in [12, 14] {
      _ = try folder.write(text.replacing(",13\n", with: ",\(wrong)\n"), to: "t.csv")
      let outcome = upsilon("verify \(path) --format csv")
      #expect(outcome.status == 1)
      #expect(
        outcome.error
          == "Wrong: \(path):2: quantile_0.5: \(wrong) is not the least number of draws")
    }
  }

  @Test("A law of a file is named again; without it, and of other tables, nothing is said right")
  func unknown() throws {
    let sizes = try folder.write("count,classes\n3,5\n2,4\n", to: "sizes.csv")
    let path = try table("coverage --counts \(sizes) --draws 20,25")
    #expect(counts(path, " --counts \(sizes)") == "2,8,0,0,0")
    let outcome = upsilon("verify \(path) --format csv")
    #expect(outcome.status == 0 && outcome.lines.last == "\(path),2,0,0,8,0")
    #expect(outcome.error.hasPrefix("Note: \(path): the law 'sizes.csv' is not in the table"))
    let other = try folder.write("a,b\n1,2\n", to: "o.csv")
    #expect(counts(other) == "1,0,0,2,0")
    let missing = upsilon("verify \(folder.file("none.csv"))")
    #expect(missing.status == 1 && missing.error.hasSuffix("No such file or directory"))
  }
}
