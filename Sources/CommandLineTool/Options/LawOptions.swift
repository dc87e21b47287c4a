// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Occupancy

/// The options that choose a label law: exactly one of four, two of which take a companion.
struct LawOptions: Sendable {
  static let classes = ArgumentSpecification.option(
    "classes", "Number of equally likely classes.")
  static let perClass = ArgumentSpecification.option(
    "per-class", "Number of items in each of the '--classes', for a finite set.")
  static let dataset = dataset(all: false)
  static let counts = ArgumentSpecification.option(
    "counts", value: "file", values: .file,
    "CSV file of class sizes with the columns label and count, or count and classes, and "
      + "optionally copies, how often these classes must come ('-': standard input). Labels are "
      + "compared byte by byte.")
  static let probabilities = ArgumentSpecification.option(
    "probabilities", value: "file", values: .file,
    "CSV file with the columns label and probability, decimals or fractions that sum to 1, and "
      + "optionally copies ('-': standard input).")
  static let normalize = ArgumentSpecification.flag(
    "normalize", "Divide the '--probabilities' by their sum.")

  static let blank = ArgumentSpecification.flag(
    "blank",
    "Take what the '--probabilities' fall short of 1 by as the probability that a draw shows no "
      + "class.")

  /// The name that stands for all built-in laws, where a command takes several.
  static let allName = "all"

  private static func dataset(all: Bool) -> ArgumentSpecification {
    let names = BuiltInLaw.all.map(\.name)
    return .option(
      "dataset", values: .suggestions(all ? names + [allName] : names),
      "Built-in label law, see 'upsilon datasets'" + (all ? ", or 'all' of them." : "."))
  }

  /// The options in the order of the help; `all` if the command takes `--dataset all`, `blank` if
  /// draws may show no class.
  static func specifications(
    all: Bool = false, blank: Bool = false
  ) -> [ArgumentSpecification] {
    [classes, perClass, dataset(all: all), counts, probabilities, normalize]
      + (blank ? [Self.blank] : [])
  }

  /// Exactly one law must be chosen, or none with the flag `unless`.
  static func alternatives(unless: ArgumentSpecification? = nil) -> Alternatives {
    Alternatives([classes, dataset, counts, probabilities], unless: unless)
  }

  /// What was chosen; files have not been read yet.
  enum Choice: Equatable, Sendable {
    case uniform(classCount: Int)
    case balanced(classCount: Int, itemsPerClass: Int)
    case builtIn(BuiltInLaw)
    case everyBuiltIn
    case counts(file: String)
    case probabilities(file: String, rest: ProbabilitiesFile.Rest)
  }

  let choice: Choice

  /// Reads the options; `all` and `blank` as for `specifications`.
  init(
    _ arguments: ParsedArguments, all: Bool = false, blank: Bool = false
  ) throws(UsageError) {
    let itemsPerClass = try arguments.integer(Self.perClass, in: 1...Int.max)
    if itemsPerClass != nil, !arguments.has(Self.classes) {
      throw .needless(Self.perClass, without: [Self.classes])
    }
    let rests = blank ? [Self.normalize, Self.blank] : [Self.normalize]
    for option in rests where arguments.has(option) && !arguments.has(Self.probabilities) {
      throw .needless(option, without: [Self.probabilities])
    }
    if blank, arguments.has(Self.blank), arguments.has(Self.normalize) {
      throw .conflict(Self.blank, Self.normalize)
    }
    if let classCount = try arguments.integer(Self.classes, in: 1...Int.max) {
      choice =
        itemsPerClass.map { .balanced(classCount: classCount, itemsPerClass: $0) }
        ?? .uniform(classCount: classCount)
    } else if let name = arguments.text(Self.dataset) {
      choice = try Self.builtIn(name, all: all)
    } else if let file = arguments.text(Self.counts) {
      choice = .counts(file: file)
    } else if let file = arguments.text(Self.probabilities) {
      choice = .probabilities(
        file: file,
        rest: arguments.has(Self.normalize)
          ? .normalized
          : blank && arguments.has(Self.blank) ? .blank : .refused(blankExists: blank))
    } else {
      throw .missing(oneOf: Self.alternatives().members)
    }
  }

  private static func builtIn(_ name: String, all: Bool) throws(UsageError) -> Choice {
    if name == allName {
      if all { return .everyBuiltIn }
      throw .invalid(name, for: dataset, "only 'upsilon waiting' takes all data sets at once")
    }
    if let law = BuiltInLaw.named(name) { return .builtIn(law) }
    let suggestion = EditDistance.suggestion(for: name, among: BuiltInLaw.all.map(\.name))
    let advice = UsageError.didYouMean(suggestion)
    throw .invalid(
      name, for: dataset,
      "there is no such data set" + (advice.isEmpty ? "." : advice)
        + " 'upsilon datasets' lists them.")
  }

  /// The laws chosen, one unless all built-in laws are meant, read from their files.
  ///
  /// - Throws: `UsageError`, `FileError`, `TableError` or `LawFileError`.
  func resolve() throws -> [NamedLaw] {
    switch choice {
    case .uniform(let classCount):
      return [NamedLaw(name: "uniform", distribution: try .uniform(classCount: classCount))]
    case .balanced(let classCount, let itemsPerClass):
      do {
        let distribution = try LabelDistribution.balanced(
          classCount: classCount, itemsPerClass: itemsPerClass)
        return [NamedLaw(name: "uniform-\(itemsPerClass)", distribution: distribution)]
      } catch {
        throw UsageError.invalid("\(itemsPerClass)", for: Self.perClass, "\(error)")
      }
    case .builtIn(let law):
      return [NamedLaw(law)]
    case .everyBuiltIn:
      return BuiltInLaw.all.map { NamedLaw($0) }
    case .counts(let file):
      return [try CountsFile.law(of: file, name: Self.baseName(file))]
    case .probabilities(let file, let rest):
      return [try ProbabilitiesFile.law(of: file, name: Self.baseName(file), rest: rest)]
    }
  }

  /// The last component of a path; `stdin` for standard input.
  static func baseName(_ path: String) -> String {
    path == "-" ? "stdin" : path.split(separator: "/").last.map(String.init) ?? path
  }
}
