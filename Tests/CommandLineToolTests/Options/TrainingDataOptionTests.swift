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
  }

  @Test(arguments: [
    ("digit", "must be digits, fashion-mnist:FOLDER, mnist:FOLDER or idx:IMAGES,LABELS"),
    ("digits:x", "must be digits, fashion-mnist:FOLDER, mnist:FOLDER or idx:IMAGES,LABELS"),
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
    for option: TrainingDataOption in [.digits, .mnist(folder: "x"), .fashionMNIST(folder: "x")] {
      #expect(option.drawCounts.allSatisfy { $0 >= 2 } && option.epochs > 0)
    }
    #expect(TrainingDataOption.fashionMNIST(folder: "x").augmentation.isFlipped)
    #expect(!TrainingDataOption.mnist(folder: "x").augmentation.isFlipped)
    #expect(TrainingDataOption.digits.drawCounts.max() ?? 0 <= ImageDataSet.digits.validation.count)
  }
}
