// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

/// Checks that the documentation speaks of what there is.
@Suite struct DocumentationTests {
  /// A type of the sources.
  private struct Declaration: Hashable {
    let type: String
    let file: String
    let isPublic: Bool
  }

  private static let declarations = Repository.files(in: "Sources", endingIn: ".swift").flatMap {
    file in
    ((try? Repository.lines(of: file)) ?? []).compactMap { declaration(in: $0, of: file) }
  }

  private static let keywords: Set<Substring> = [
    "struct", "class", "enum", "protocol", "typealias", "actor", "associatedtype",
  ]

  private static func declaration(in line: String, of file: String) -> Declaration? {
    let words = line.split(separator: " ", maxSplits: 5)
    guard let keyword = words.prefix(4).firstIndex(where: keywords.contains),
      keyword + 1 < words.count, !words[0].hasPrefix("/")
    else { return nil }
    let name = words[keyword + 1].prefix { $0.isLetter || $0.isNumber }
    return Declaration(type: String(name), file: file, isPublic: line.hasPrefix("public "))
  }

  private static let articles =
    Repository.files(in: "docs", endingIn: ".md")
    + Repository.files(in: "Sources", endingIn: ".md")

  /// The text of an article on one line, without its fenced blocks: what stands between the marks
  /// of code at even places, code at odd ones.
  private static func pieces(of article: String) throws -> [Substring] {
    let parts = try Repository.lines(of: article).joined(separator: " ").split(
      separator: "```", omittingEmptySubsequences: false)
    let text = stride(from: 0, to: parts.count, by: 2).map { parts[$0] }.joined()
    return text.split(separator: "``", omittingEmptySubsequences: false).joined(separator: "`")
      .split(separator: "`", omittingEmptySubsequences: false).map { Substring($0) }
  }

  private static func code(of article: String) throws -> [Substring] {
    let pieces = try pieces(of: article)
    return stride(from: 1, to: pieces.count, by: 2).map { pieces[$0] }
  }

  @Test(arguments: articles)
  func `every type that an article names is declared`(article: String) throws {
    let known = Set(Self.declarations.map(\.type)).union(Repository.modules).union(["Double"])
    for code in try Self.code(of: article) {
      // A name, or one with that of a member, which may have arguments.
      let names = code.prefix { $0 != "(" }.split { ".:/".contains($0) }.map(String.init)
      guard names.count <= 2, let type = names.first, type.first?.isUppercase == true,
        names.allSatisfy({ $0.allSatisfy { $0.isLetter || $0.isNumber } })
      else { continue }
      #expect(known.contains(type), "\(article) names \(code)")
      guard names.count == 2 else { continue }
      let files = Self.declarations.filter { $0.type == type }.map(\.file)
      let extensions = Repository.files(in: "Sources", endingIn: ".swift").filter {
        $0.contains("/\(type)+")
      }
      let isThere = try (files + extensions).contains { file in
        try Repository.lines(of: file).contains { $0.contains(names[1]) }
      }
      #expect(isThere, "\(article) names \(code)")
    }
  }

  @Test func `the walkthrough names each type once, with the file that declares it`() throws {
    let pieces = try Self.pieces(of: "docs/walkthrough.md")
    var counts: [Substring: Int] = [:]
    var stepCount = 0
    for index in stride(from: 1, to: pieces.count, by: 2) {
      let type = pieces[index]
      counts[type, default: 0] += 1
      guard pieces[index + 1].hasPrefix(" (Sources/") else { continue }
      let file = pieces[index + 1].dropFirst(2).prefix { $0 != ")" }
      stepCount += 1
      #expect(
        Self.declarations.contains { $0.type == type && $0.file == file }, "\(type) in \(file)")
    }
    #expect(stepCount > 100)
    for (type, count) in counts { #expect(count == 1, "\(type)") }
  }

  @Test(arguments: ["ArbitraryPrecision", "Bounds", "Occupancy", "Training"])
  func `the page of a module lists all of its public types`(module: String) throws {
    let page = try Repository.lines(of: "Sources/\(module)/\(module).docc/\(module).md")
    let listed = page.drop { $0 != "## Topics" }.filter { $0.hasPrefix("- ``") }
      .map { String($0.dropFirst(4).dropLast(2)) }
    let types = Self.declarations.filter {
      $0.isPublic && $0.file.hasPrefix("Sources/\(module)/")
    }
    #expect(listed.sorted() == Set(types.map(\.type)).sorted())
  }

  @Test(arguments: articles)
  func `lines of articles have at most 100 columns, but for tables and what is printed`(
    article: String
  ) throws {
    let printed = Set(try Repository.blocks("console", of: article).flatMap(\.self))
    let long = try Repository.lines(of: article).filter {
      $0.count > 100 && !$0.hasPrefix("|") && !printed.contains($0)
    }
    #expect(long == [])
  }
}
