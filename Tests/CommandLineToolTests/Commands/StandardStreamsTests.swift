// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

/// `-` is standard input where a command reads a file, and standard output where it writes one.
@Suite struct StandardStreamsTests {
  private let folder = TemporaryFolder()

  private static let references = Repository.root + "/Tests/CommandLineToolTests/References/measure"
  private static let tables = Repository.root + "/tables/"

  /// Commands and arguments that name folders or the beginnings of names.
  private static let folders = [
    "train --checkpoints", "measure --dump", "reproduce --output", "reproduce --data-root",
  ]

  /// The first two rows of a published table, as a file.
  private func beginning(of table: String) throws -> String {
    let lines = try Repository.lines(of: "tables/" + table).prefix(3)
    return try folder.write(lines.joined(separator: "\n") + "\n", to: table)
  }

  /// Every argument that names a file, with a command line in which `@` stands for one.
  private func requests() throws -> [String: (line: String, file: String)] {
    var requests: [String: (line: String, file: String)] = [:]
    // The name that a law of standard input has.
    let law = try folder.write("label,count,probability\na,3,1/4\nb,5,3/4\n", to: "stdin")
    for name in ["coverage", "collision", "distinct", "duplicates", "waiting", "table"] {
      let question = name == "waiting" ? name : "\(name) --draws 3"
      requests["\(name) --counts"] = ("\(question) --counts @", law)
      requests["\(name) --probabilities"] = ("\(question) --probabilities @", law)
    }
    let ofCounts = Subprocess.upsilon("coverage --draws 3..5 --counts \(law)").output
    let ofShares = Subprocess.upsilon("coverage --draws 3..5 --probabilities \(law)").output
    let table = try folder.write(ofCounts, to: "t.csv")
    let other = try folder.write(ofShares, to: "u.csv")
    let only = "--columns rows,two_methods,unchecked,wrong"
    requests["verify tables"] = ("verify @ --counts \(law) \(only)", table)
    requests["verify --counts"] = ("verify \(table) --counts @ \(only)", law)
    requests["verify --probabilities"] = ("verify \(other) --probabilities @", law)

    let measured = try beginning(of: "measurements-digits.csv")
    let bounds = try beginning(of: "bounds-digits.csv")
    requests["bounds --measurements"] = ("bounds --measurements @", measured)
    requests["plot tables"] = ("plot @ --script", bounds)
    requests["plot --measurements"] = ("plot \(bounds) --script --measurements @", measured)

    let arrays = [
      "features": "val-0", "labels": "val-labels", "plain": "val-1",
      "training-features": "train-0", "training-labels": "train-labels",
      "training-plain": "train-1",
    ].mapValues { "\(Self.references)/\($0).npy" }
    func measure(_ option: String) -> String {
      let words = arrays.sorted { $0.key < $1.key }.map { name, file in
        "--\(name) \(name == option ? "@" : file)"
      }
      return "measure \(words.joined(separator: " ")) --draws 4 --passes 1 --name n --quiet"
    }
    for (option, file) in arrays { requests["measure --\(option)"] = (measure(option), file) }
    let (sums, part) = (folder.file("sums"), folder.file("part"))
    for options in ["--first-pass --output \(sums)", "--output \(part)"] {
      #expect(Subprocess.upsilon("\(measure("")) --part 1/1 \(options)").end == .exit(0))
    }
    requests["measure --sums"] = ("\(measure("")) --part 1/1 --output - --sums @", sums)
    requests["merge parts"] = ("merge @", part)
    return requests
  }

  @Test func `every argument that names a file to read takes a dash`() throws {
    let requests = try requests()
    var names: Set<String> = []
    for command in UpsilonCommand.commands {
      let specification = command.specification
      for argument in specification.options + specification.positionals
      where argument.values == .file && (argument.name != "output" || argument.form == .positional)
      {
        names.insert(
          "\(specification.name) "
            + (argument.form == .positional ? argument.name : argument.dashedName))
      }
    }
    #expect(Set(requests.keys) == names.subtracting(Self.folders))
    for (name, request) in requests {
      let named = Subprocess.upsilon(request.line.replacing("@", with: request.file))
      let piped = Subprocess.upsilon(
        request.line.replacing("@", with: "-"), inputPath: request.file)
      #expect(named.end == .exit(0) && !named.output.isEmpty, "\(name): \(named.diagnostics)")
      let (expected, found) = (named.diagnostics, piped.diagnostics)
      #expect(piped.end == .exit(0) && piped.output == named.output, "\(name): \(found)")
      #expect(found.split(separator: "\n").count == expected.split(separator: "\n").count)
    }
  }

  @Test func `every command that writes a file writes to standard output for a dash`() throws {
    let requests = try requests()
    let before = folder.names
    var lines: [String: String] = [
      "datasets": "datasets", "bounds": "bounds --published cifar-10",
      "plot": "plot \(Self.tables)small-k.csv --script",
      "train": "train --data digits --seeds 7 --epochs 1 --passes 1 --views 1 --draws 256 "
        + "--encoder mlp:8-8 --quiet --checkpoints \(folder.file("checkpoints"))",
    ]
    for (name, request) in requests {
      let command = String(name.prefix { $0 != " " })
      if lines[command] == nil && !name.hasSuffix("--sums") {
        lines[command] = request.line.replacing("@", with: request.file)
      }
    }
    for command in UpsilonCommand.commands.map({ $0.specification })
    where command.options.contains(where: { $0.name == "output" }) && command.name != "reproduce" {
      let line = try #require(lines[command.name], "\(command.name)")
      let dash = Subprocess.upsilon("\(line) --output -")
      #expect(dash.end == .exit(0) && !dash.output.isEmpty, "\(line): \(dash.diagnostics)")
      if command.name != "train" { #expect(Subprocess.upsilon(line).output == dash.output) }
    }
    #expect(folder.names.filter { $0 != "checkpoints" } == before)
    let screen = Subprocess.upsilon("measure \(Self.part) --output -", isTerminal: true)
    #expect(screen.end == .exit(64) && screen.output == "")
  }

  private static let part =
    "--features \(references)/val-0.npy --labels \(references)/val-labels.npy --part 1/2"
}
