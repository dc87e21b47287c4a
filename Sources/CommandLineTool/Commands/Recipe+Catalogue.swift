// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension Recipe {
  /// Everything in tables/, each file after those that its command reads.
  static let all = recipes(training: "--draws 16,32,64,128,256,512 --seeds 7,11,13")

  /// The same with a small training, for a first look.
  static let quick = recipes(training: "--draws 32,512 --seeds 7 --epochs 30")

  /// What takes data that are not part of the project, below a folder DATA.
  static let ofData =
    (measured(
      "fashion-mnist", data: "fashion-mnist:DATA/fashion-mnist",
      training: "--draws 64,256 --epochs 5 --passes 4 --views 4")
    + measured("ag-news", data: "ag-news:DATA/ag-news-test/test.csv", training: "--epochs 40")
    + measured("banking77", data: "banking77:DATA/banking77", training: "--epochs 40")).map {
      Recipe(command: "upsilon " + $0)
    }

  private static func recipes(training: String) -> [Recipe] {
    var commands = coverage
    for dataset in ["cifar-10", "cifar-100", "ag-news"] { commands += published(dataset) }
    for classCount in [10, 100, 1000] { commands += theory(classCount) }
    commands.append("bounds --few-negatives --output tables/small-k.csv")
    commands += digits(training: training)
    return commands.map { Recipe(command: "upsilon " + $0) }
  }

  private static let coverage = [
    "waiting --dataset all --both-samplings --output tables/waiting.csv",
    """
    coverage --dataset cifar-10 --draws 10..128 --both-samplings \
    --output tables/coverage-cifar-10.csv
    """,
    """
    coverage --dataset cifar-100 --draws 128..1024:+32 --both-samplings \
    --output tables/coverage-cifar-100.csv
    """,
    """
    coverage --dataset imagenet-1k --draws 1024..131072:+1024 --both-samplings \
    --output tables/coverage-imagenet-1k.csv
    """,
    "coverage --published --output tables/published-versus-exact.csv",
    """
    plot tables/coverage-cifar-10.csv,tables/coverage-cifar-100.csv,tables/coverage-imagenet-1k.csv \
    --output tables/coverage.svg
    """,
  ]

  private static func published(_ dataset: String) -> [String] {
    [
      "bounds --published \(dataset) --output tables/bounds-published-\(dataset).csv",
      """
      bounds --published \(dataset) --recipe published \
      --output tables/bounds-notebook-\(dataset).csv
      """,
      """
      plot tables/bounds-published-\(dataset).csv \
      --output tables/bounds-published-\(dataset).svg
      """,
    ]
  }

  private static func theory(_ classCount: Int) -> [String] {
    [
      """
      bounds --theory --classes \(classCount) --temperature 0.5 --negatives 1..65536:*2 \
      --output tables/bounds-theory-\(classCount).csv
      """,
      """
      plot tables/bounds-theory-\(classCount).csv --kind trade-off \
      --output tables/bounds-theory-\(classCount).svg
      """,
    ]
  }

  private static func digits(training: String) -> [String] {
    measured("digits", data: "digits", training: training)
  }

  private static func measured(_ name: String, data: String, training: String) -> [String] {
    [
      "train --data \(data) \(training) --output tables/measurements-\(name).csv",
      "bounds --measurements tables/measurements-\(name).csv --output tables/bounds-\(name).csv",
      """
      plot tables/bounds-\(name).csv --measurements tables/measurements-\(name).csv \
      --output tables/bounds-\(name).svg
      """,
    ]
  }
}
