// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool
@testable import Training

@Suite struct FeatureOptionsTests {
  private func options(_ line: String) throws -> FeatureOptions {
    let words = line.split(separator: " ").map(String.init)
    return try FeatureOptions(
      parse(words, by: specification(FeatureOptions.specifications)))
  }

  private func problem(_ line: String) -> String {
    do {
      _ = try options(line)
      return "no problem"
    } catch {
      return (error as? UsageError)?.message ?? "\(error)"
    }
  }

  @Test func `files are taken as given, and name the data set`() throws {
    let found = try options(
      "--features f/a.npy,b.npy --labels y.npy --plain p.npy --training-features t.npy "
        + "--training-plain u.npy --training-labels z.npy")
    var files = FeatureFileSet(views: ["f/a.npy", "b.npy"], labels: "y.npy")
    files.plain = "p.npy"
    files.trainingViews = ["t.npy"]
    files.trainingPlain = "u.npy"
    files.trainingLabels = "z.npy"
    #expect(try found.files() == files)
    #expect(found.name == "a")
    #expect(try options("--features a --labels y --name imagenet").name == "imagenet")
    #expect(try options("--dump x/epoch_1-cifar.pt").name == "epoch_1-cifar.pt")
  }

  @Test func `what is missing or too much is said`() {
    #expect(
      problem("") == "Missing one of: '--features <files>', '--dump <prefix>'")
    #expect(problem("--features a") == "Missing expected argument '--labels <file>'")
    #expect(
      problem("--features a,,b --labels y")
        == "The value 'a,,b' is invalid for '--features <files>': must be files joined by commas")
    #expect(problem("--dump d --labels y") == "'--labels' cannot be combined with '--dump'")
    #expect(
      problem("--features a --labels y --training-features t")
        == "'--training-features' needs '--training-labels'")
    #expect(
      problem("--features a --labels y --training-plain t")
        == "'--training-plain' needs '--training-labels'")
    #expect(
      problem("--features a --labels y --training-labels z")
        == "'--training-labels' needs '--training-features' or '--training-plain'")
    #expect(
      problem("--dump=") == "The value '' is invalid for '--dump <prefix>': must not be empty")
  }
}
