// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

/// Answers to requests of rows, each by several methods.
struct Recomputation {
  /// A table with the names of its columns.
  typealias Answer = [[String: String]]

  /// Digits beyond those of the table: enough to tell what they round to, and more than the
  /// arithmetic of fixed size holds that a table of 17 digits is made with.
  static let spareDigits = 10

  /// What '--method' offers besides the choice between them.
  private static let methods = ["contour", "inclusion-exclusion", "stirling"]

  /// What standard input has for every one of them; nil if none reads it.
  let input: [UInt8]?

  init(input: [UInt8]?) { self.input = input }

  /// Requests but for their draws, with the method that refused them. In a table they come with
  /// more and more draws: what the recurrence refused once it refuses again, and what
  /// inclusion-exclusion did will soon be less work than the refusal was.
  private var refusals: [[String]: Int] = [:]

  /// Answers by two different methods, of which one at least is not the table's; or by one method
  /// alone; or none if the request is refused.
  ///
  /// - Parameters:
  ///   - request: What is asked.
  ///   - digits: The digits of the table; answers have more.
  mutating func answers(_ request: RowRequest, digits: Int) -> [Answer] {
    let digits = min(1000, digits + Self.spareDigits)
    var answers: [Answer] = []
    if !request.kind.columnsByMethod.isEmpty && !request.setting.contains("--pack") {
      for method in Self.methods where answers.count < 2 {
        let setting = [request.kind.rawValue, method] + request.setting
        let limit = method == "stirling" ? 1 : 8
        if refusals[setting, default: 0] >= limit { continue }
        if let answer = answer(request.words(digits: digits, method: method)) {
          answers.append(answer)
        } else {
          refusals[setting, default: 0] += 1
        }
      }
    }
    if answers.isEmpty, let answer = answer(request.words(digits: digits)) {
      answers.append(answer)
    }
    return answers
  }

  /// What a command prints; nil if it refuses.
  func answer(_ words: [String]) -> Answer? {
    let (output, diagnostics) = (MemoryOutput(), MemoryOutput())
    let status =
      if let input {
        UpsilonCommand.run(words, input: input, output: output, diagnostics: diagnostics)
      } else {
        UpsilonCommand.run(words, output: output, diagnostics: diagnostics)
      }
    guard status == 0,
      var reader = try? CSVReader(output.text, file: "answer"),
      let rows = try? reader.remainingRows()
    else { return nil }
    return rows.map { Self.named($0, reader.header.fields) }
  }

  /// The fields of a row by their columns.
  static func named(_ row: CSVRow, _ columns: [String]) -> [String: String] {
    Dictionary(zip(columns, row.fields)) { first, _ in first }
  }
}
