// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension Recipe {
  /// Everything in tables/, each file after those that its command reads.
  static let all = recipes(
    trained: "--draws 16,32,64,128,256,512 --seeds 7,11,13",
    frozen: "--draws 64 --seeds 7 --with-replacement --passes 1 --measured-draws 2..65536:*2",
    longTailed: "--draws 16 --with-replacement --measured-draws 2..16384:*2",
    temperatures: "--draws 64 --with-replacement --measured-draws 16,64,256,1024,65536")

  /// The same with a small training, for a first look.
  static let quick = recipes(
    trained: "--draws 32,512 --seeds 7 --epochs 30",
    frozen: "--draws 512 --seeds 7 --epochs 30 --with-replacement --measured-draws 2..65536:*2",
    longTailed: "--draws 256 --seeds 7 --epochs 30 --with-replacement --measured-draws 2..1024:*2",
    temperatures: "--draws 512 --seeds 7 --epochs 30 --with-replacement --measured-draws 16,1024")

  /// What takes data that are not part of the project, below a folder DATA.
  static let ofData =
    (measured(
      "fashion-mnist", data: "fashion-mnist:DATA/fashion-mnist",
      training: "--draws 64,256 --epochs 5 --passes 4 --views 4")
    + measured("ag-news", data: "ag-news:DATA/ag-news-test/test.csv", training: "--epochs 40")
    + measured(
      "banking77", data: "banking77:DATA/banking77",
      training: "--draws 1024 --epochs 40 --with-replacement --measured-draws 128..65536:*2",
      showsAccuracy: false)).map { Recipe(command: "upsilon " + $0) }

  private static func recipes(
    trained: String, frozen: String, longTailed: String, temperatures: String
  ) -> [Recipe] {
    var commands = coverage
    for dataset in ["cifar-10", "cifar-100", "ag-news"] { commands += published(dataset) }
    for classCount in [10, 100, 1000] { commands += theory(classCount) }
    commands += [
      "bounds --few-negatives --output tables/small-k.csv",
      "plot tables/small-k.csv --output tables/small-k.svg",
    ]
    commands += measured("digits", data: "digits", training: trained)
    commands += measured("digits-frozen", data: "digits", training: frozen, showsAccuracy: false)
    commands.append(bounds("digits-frozen-exact", of: "digits-frozen", options: "--gap exact "))
    commands += measured(
      "digits-lt-10", data: "digits --imbalance 10", training: longTailed, showsAccuracy: false)
    commands.append(
      train("temperature", data: "digits", "--temperature 0.05,0.1,0.2,0.5 " + temperatures))
    for gap in ["convex", "exact"] {
      commands.append(
        bounds("temperature-" + gap, of: "temperature", options: "--gap \(gap) --over-seeds "))
    }
    return commands.map { Recipe(command: "upsilon " + $0) }
  }

  private static let coverage = [
    "waiting --dataset all --both-samplings --output tables/waiting.csv",
    """
    coverage --dataset cifar-10 --draws 10..128 --both-samplings \
    --output tables/coverage-cifar-10.csv
    """,
    """
    coverage --dataset cifar-100 --draws 128..1024:+8 --both-samplings \
    --output tables/coverage-cifar-100.csv
    """,
    """
    coverage --dataset imagenet-1k --draws 1024..16384:+128,32768..131072:*2 --both-samplings \
    --output tables/coverage-imagenet-1k.csv
    """,
    "coverage --published --output tables/published-versus-exact.csv",
    "plot tables/published-versus-exact.csv --output tables/published-versus-exact.svg",
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

  /// Eight numbers in each octave of 2 to 65,536, and 32 where the bounds of so many classes turn,
  /// so that curves have no kinks.
  private static func octaves(_ classCount: Int) -> String {
    let ranges = (5...15).map { exponent in
      let start = 1 << exponent
      let turns = 2 * classCount < start && start < 10 * classCount
      let step = turns ? start / 32 : start / 8
      return ",\(start + step)..\(2 * start):+\(step)"
    }
    return "2..32" + ranges.joined()
  }

  private static func theory(_ classCount: Int) -> [String] {
    [
      """
      bounds --theory --classes \(classCount) --temperature 0.5 --draws \(octaves(classCount)) \
      --output tables/bounds-theory-\(classCount).csv
      """,
      """
      plot tables/bounds-theory-\(classCount).csv --kind trade-off \
      --output tables/bounds-theory-\(classCount).svg
      """,
    ]
  }

  /// Measurements of data, bounds from them, and a figure.
  ///
  /// - Parameter showsAccuracy: Whether encoders differ from row to row, and so in accuracy.
  private static func measured(
    _ name: String, data: String, training: String, showsAccuracy: Bool = true
  ) -> [String] {
    let accuracies = showsAccuracy ? "--measurements tables/measurements-\(name).csv " : ""
    return [
      train(name, data: data, training), bounds(name, of: name),
      "plot tables/bounds-\(name).csv \(accuracies)--output tables/bounds-\(name).svg",
    ]
  }

  private static func train(_ name: String, data: String, _ options: String) -> String {
    "train --data \(data) \(options) --output tables/measurements-\(name).csv"
  }

  private static func bounds(_ name: String, of measurements: String, options: String = "")
    -> String
  {
    """
    bounds --measurements tables/measurements-\(measurements).csv \(options)\
    --output tables/bounds-\(name).csv
    """
  }
}
