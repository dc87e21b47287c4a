// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// `upsilon reproduce`: makes everything in tables/ again.
struct ReproduceCommand: Command {
  static let output = ArgumentSpecification.option(
    "output", value: "folder", default: Recipe.folder, values: .file,
    "Folder to write to, created if it does not exist.")
  static let quick = ArgumentSpecification.flag(
    "quick", "Train with one seed and few numbers of draws: a first look within a minute.")
  static let all = ArgumentSpecification.flag(
    "all", "Train on other data as well; needs '--data-root'.")
  static let dataRoot = ArgumentSpecification.option(
    "data-root", value: "folder", values: .file,
    "With '--all': the folder of data that tables/README.md calls DATA.")
  static let resume = ArgumentSpecification.flag(
    "resume", "Continue the training of an interrupted command; the results have the same bytes.")

  static let specification = CommandSpecification(
    name: "reproduce",
    abstract: "Generate all tables and figures again.",
    discussion: """
      Runs the commands that tables/README.md lists, one after another, and shows each. The same \
      program writes the same bytes; trained results depend on the instruction set, which their \
      rows record. Figures need gnuplot.
      """,
    arguments: [output, quick, all, dataRoot, resume],
    examples: [
      WorkedExample(
        "Generate everything again in another folder.", arguments: "reproduce --output my-tables")
    ])

  private let folder: String
  private let recipes: [Recipe]
  private let dataRoot: String
  private let resumes: Bool

  init(_ arguments: ParsedArguments) throws(UsageError) {
    folder = arguments.text(Self.output) ?? Recipe.folder
    if folder.isEmpty || folder == "-" {
      throw .invalid(folder, for: Self.output, "must name a folder")
    }
    dataRoot = arguments.text(Self.dataRoot) ?? ""
    let needsData = arguments.has(Self.all)
    if needsData && dataRoot.isEmpty {
      throw UsageError("'--all' needs '--data-root <folder>'", help: Self.dataRoot.helpLine)
    }
    if !needsData && arguments.has(Self.dataRoot) {
      throw .needless(Self.dataRoot, without: [Self.all])
    }
    recipes =
      (arguments.has(Self.quick) ? Recipe.quick : Recipe.all) + (needsData ? Recipe.ofData : [])
    resumes = arguments.has(Self.resume)
  }

  func run(output: any TextOutput, diagnostics: any TextOutput) throws {
    if !dataRoot.isEmpty && Folder.names(in: dataRoot).isEmpty {
      throw FileError(operation: "read", file: dataRoot, reason: "no folder with data sets in it")
    }
    try Folder.make(folder)
    for (index, recipe) in recipes.enumerated() {
      var words = recipe.words(folder: folder, dataRoot: dataRoot)
      if recipe.trains && resumes { words.append("--resume") }
      try diagnostics.write(
        "[\(index + 1)/\(recipes.count)] upsilon \(words.joined(separator: " "))\n")
      try diagnostics.flush()
      guard case .run(let command, let arguments) = try Invocation(words) else {
        preconditionFailure("'\(recipe.command)' makes a file")
      }
      try command.init(arguments).run(output: output, diagnostics: diagnostics)
    }
    // What a training continues from is of no use once its file is there.
    for recipe in recipes where recipe.trains {
      Folder.remove("\(folder)/\(recipe.file).checkpoints")
    }
  }
}
