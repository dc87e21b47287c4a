// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing
import Training

@testable import CommandLineTool

@Suite struct TrainingDataOptionTests {
  private func option(_ text: String) throws(UsageError) -> TrainingDataOption {
    try TrainingDataOption(
      parse(["--data", text], by: specification([TrainingDataOption.data])))
  }

  @Test func `data are named by a word, a folder or two files`() throws {
    #expect(try option("digits") == .digits)
    #expect(try option("fashion-mnist:a/b") == .fashionMNIST(folder: "a/b"))
    #expect(try option("mnist:a:b") == .mnist(folder: "a:b"))
    #expect(try option("idx:d/i.gz,l") == .idx(images: "d/i.gz", labels: "l"))
    #expect(try option("idx:d/i.gz,l").name == "i.gz")
    #expect(try option("cifar-10:d") == .cifar10(folder: "d"))
    #expect(try option("cifar-100:d") == .cifar100(folder: "d"))
    #expect(try option("ag-news:a.csv") == .agNews(files: ["a.csv"]))
    #expect(try option("ag-news:a.csv").name == "ag-news")
    #expect(try option("text-csv:d/a.csv,b.csv") == .textCSV(files: ["d/a.csv", "b.csv"]))
    #expect(try option("text-csv:d/a.csv,b.csv").name == "a.csv")
    #expect(try option("banking77:d") == .banking77(folder: "d"))
    #expect(try option("clinc150:d/f.json") == .clinc150(file: "d/f.json"))
  }

  private static let forms =
    "must be digits, fashion-mnist:FOLDER, mnist:FOLDER, idx:IMAGES,LABELS, cifar-10:FOLDER, "
    + "cifar-100:FOLDER, ag-news:FILE, text-csv:FILE, banking77:FOLDER or clinc150:FILE"

  @Test(arguments: [
    ("digit", Self.forms), ("digits:x", Self.forms), ("", Self.forms),
    ("cifar-10:", "'cifar-10:' takes a folder"), ("clinc150:", "'clinc150:' takes a file"),
    ("banking77", "'banking77:' takes a folder"),
    ("ag-news:", "'ag-news:' takes a file, or two files joined by a comma"),
    ("text-csv:a,b,c", "'text-csv:' takes a file, or two files joined by a comma"),
    ("mnist", "'mnist:' takes a folder"), ("fashion-mnist:", "'fashion-mnist:' takes a folder"),
    ("idx:a", "'idx:' takes two files joined by a comma"),
    ("idx:a,", "'idx:' takes two files joined by a comma"),
    ("idx:a,b,c", "'idx:' takes two files joined by a comma"),
  ])
  func `other texts are refused`(text: String, problem: String) {
    do throws(UsageError) {
      _ = try option(text)
      Issue.record("accepted")
    } catch {
      #expect(error.message == "The value '\(text)' is invalid for '--data <data>': \(problem)")
    }
  }

  @Test func `every kind of data has defaults that its images can serve`() {
    let options: [TrainingDataOption] = [
      .digits, .mnist(folder: "x"), .fashionMNIST(folder: "x"), .agNews(files: ["x"]),
      .banking77(folder: "x"), .clinc150(file: "x"),
      .cifar10(folder: "x"), .cifar100(folder: "x"),
    ]
    for option in options {
      #expect(option.drawCounts.allSatisfy { $0 >= 2 } && option.epochs > 0)
      #expect((option.shape.embedding != nil) == (option.kind == .texts))
      #expect((option.augmentation.words.erasure > 0) == (option.kind == .texts))
    }
    #expect(TrainingDataOption.fashionMNIST(folder: "x").augmentation.isFlipped)
    #expect(!TrainingDataOption.mnist(folder: "x").augmentation.isFlipped)
    #expect(TrainingDataOption.digits.drawCounts.max() ?? 0 <= ImageDataSet.digits.validation.count)
  }
}
