// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct RecipeTests {
  @Test("The commands are those of tables/README.md, in order")
  func documented() throws {
    let shown = try Repository.lines(of: "tables/README.md").compactMap { line -> String? in
      let parts = line.split(separator: "`")
      guard parts.count == 5, parts[0] == "| ", parts[3].hasPrefix("upsilon ") else { return nil }
      #expect(parts[3].hasSuffix(" --output tables/" + parts[1]))
      return String(parts[3])
    }
    #expect(shown == (Recipe.all + Recipe.ofData).map(\.command))
  }

  @Test("Every command is a valid one", arguments: Recipe.all + Recipe.quick + Recipe.ofData)
  func valid(recipe: Recipe) throws {
    guard case .run(let command, let arguments) = try Invocation(recipe.words(folder: "a")) else {
      Issue.record("no run: \(recipe.command)")
      return
    }
    _ = try command.init(arguments)
  }

  @Test("Files are committed, made once, and after what they are made of")
  func files() throws {
    var made: Set<String> = []
    let committed = Folder.names(in: Repository.root + "/tables")
    for recipe in Recipe.all + Recipe.ofData {
      #expect(committed.contains(recipe.file))
      let inputs = recipe.words(folder: "a").dropLast().flatMap { $0.split(separator: ",") }
      for input in inputs where input.hasPrefix("a/") {
        #expect(made.contains(String(input.dropFirst(2))), "\(recipe.command)")
      }
      #expect(made.insert(recipe.file).inserted)
    }
    #expect(committed == (made + ["README.md"]).sorted())
  }

  @Test("A quick run makes the same files")
  func quick() { #expect(Recipe.quick.map(\.file) == Recipe.all.map(\.file)) }

  @Test("Another folder takes the place of tables")
  func folder() {
    let recipe = Recipe(command: "upsilon plot tables/a.csv,tables/c.csv --output tables/b.svg")
    #expect(recipe.words(folder: "x") == ["plot", "x/a.csv,x/c.csv", "--output", "x/b.svg"])
    #expect(recipe.file == "b.svg")
    let data = Recipe(command: "upsilon train --data text-csv:DATA/a.csv --output tables/m.csv")
    #expect(data.words(folder: "x", dataRoot: "/d")[2] == "text-csv:/d/a.csv")
    #expect(!recipe.trains)
    #expect(Recipe(command: "upsilon train --data digits --output tables/m.csv").trains)
  }
}
