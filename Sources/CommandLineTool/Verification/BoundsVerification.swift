// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Bounds
internal import Labels
internal import Measurements
internal import Tables

/// A table of bounds, recomputed row by row from what it was computed from.
struct BoundsVerification {
  /// Columns that say what is asked; of these `classes` and `class_means` are compared as well.
  private static let keys: Set<String> = [
    "dataset", "classes", "draws", "seed", "temperature", "sampling", "class_means", "recipe",
  ]
  /// Columns without which nobody can tell what a row was computed from.
  private static let required = ["dataset", "draws", "temperature", "sampling"]

  private(set) var counts = TableVerification.Counts()
  private(set) var notes: [String] = []
  private let file: String
  private let columns: [String]
  /// The significant digits of numbers, and the bits of the arithmetic: more than twice as many.
  private let (digits, precision): (Int, Int)
  private var origins: BoundOrigins
  private var laws: FrameLaws?
  /// Data sets whose measurements are not among the files.
  private var unknown: Set<String> = []
  private var (isTooLarge, isTooLong) = (false, false)
  /// Columns with numbers that were not checked, and those that were only compared.
  private var open: Set<String> = []
  private var given: Set<String> = []

  /// Whether a table is one of bounds.
  static func covers(_ columns: [String]) -> Bool {
    let names = BoundRow.names.map(\.rawValue)
    return columns.contains { names.contains($0) } && !BoundOrigins.isOfMeasurements(columns)
  }

  /// A table about to be checked.
  ///
  /// - Parameter rows: All of them, which tell how many digits its numbers have.
  init(file: String, columns: [String], rows: [CSVRow], origins: BoundOrigins) {
    (self.file, self.columns, self.origins) = (file, columns, origins)
    // Zeros of whole numbers may stand for digits, and standard errors have fewer.
    let numbers = columns.indices.filter { !columns[$0].hasSuffix("_se") }
    let counts = rows.lazy.flatMap { row in numbers.lazy.map { row.fields[$0] } }
      .filter { $0.contains(".") }.compactMap { PrintedNumber($0)?.digits.utf8.count }
    digits = min(1000, counts.max() ?? 17)
    precision = max(192, 8 * digits)
    let missing = Self.required.filter { !columns.contains($0) }
    if !missing.isEmpty {
      notes.append(
        "\(file): nothing is recomputed without the column\(missing.count == 1 ? "" : "s") "
          + missing.joined(separator: ", "))
    }
  }

  /// Checks all rows, some at a time on all cores.
  mutating func check(_ rows: [CSVRow], _ report: (String) throws -> Void) throws {
    counts.rows = rows.count
    guard Self.required.allSatisfy(columns.contains) else {
      counts.unchecked = rows.count * columns.count { !Self.keys.contains($0) }
      return
    }
    var known: [Request: BoundRow] = [:]
    for start in stride(from: 0, to: rows.count, by: Self.batch) {
      let batch = rows[start..<min(start + Self.batch, rows.count)]
      let fields = batch.map { Recomputation.named($0, columns) }
      let requests = fields.map { request($0) }
      // Rows of one origin are recomputed once.
      var open: [(request: Request, seeds: [BoundMeans])] = []
      for request in requests {
        guard let request, known[request] == nil, !open.contains(where: { $0.request == request })
        else { continue }
        guard
          let seeds = request.origin.means(gap: request.gap, laws: &laws, precision: precision)
        else {
          isTooLong = true
          continue
        }
        open.append((request, seeds))
      }
      let (needsProofs, precision) = (needsProofs, precision)
      let recomputed = Parallel.map(open.count, isWorthwhile: true) { [open] index in
        open[index].request.row(open[index].seeds, needsProofs: needsProofs, precision: precision)
      }
      for (one, row) in zip(open, recomputed) { known[one.request] = row }
      for ((row, fields), request) in zip(zip(batch, fields), requests) {
        guard let request, var content = known[request] else {
          counts.unchecked += columns.count { !Self.keys.contains($0) }
          continue
        }
        content.printed = fields
        try check(row, content, report)
      }
      // The next rows may be of the same origin as the last.
      known = requests.last.flatMap { $0 }.flatMap { last in known[last].map { [last: $0] } } ?? [:]
    }
  }

  /// How many rows are recomputed before the next are.
  private static let batch = 16

  private mutating func check(
    _ row: CSVRow, _ recomputed: BoundRow, _ report: (String) throws -> Void
  ) throws {
    for column in columns {
      guard let content = recomputed.content(of: column) else {
        if !Self.keys.contains(column) { leaveOpen(column) }
        continue
      }
      let problem = problem(recomputed.printed[column] ?? "", content)
      if case .wrong(let text) = problem {
        counts.wrong += 1
        try report("\(file):\(row.line): \(column): \(text)")
      } else if Self.keys.contains(column) {
        continue
      } else if problem == .unchecked {
        leaveOpen(column)
      } else if case .given = content {
        counts.unchecked += 1
        given.insert(column)
      } else {
        counts.byTwoMethods += 1
      }
    }
  }

  /// Remarks on the whole.
  mutating func finish() {
    for name in unknown.sorted() {
      notes.append(
        "\(file): the measurements of '\(name)' are not among the files; bounds are recomputed "
          + "from them")
    }
    if isTooLarge {
      notes.append(
        "\(file): bounds of draws without replacement are recomputed for up to 2^21 items")
    }
    if isTooLong {
      notes.append("\(file): sums of more than 4 million collisions are not gone through")
    }
    for (columns, text) in [(given, "measured, not recomputed"), (open, "not recomputed")]
    where !columns.isEmpty {
      let names = self.columns.filter(columns.contains).joined(separator: ", ")
      notes.append("\(file): \(names): \(text)")
    }
  }

  private mutating func leaveOpen(_ column: String) {
    counts.unchecked += 1
    open.insert(column)
  }

  // MARK: - Rows

  /// Whether any column rests on certificates, or on a comparison of all bounds.
  private var needsProofs: Bool {
    columns.contains { column in
      ["best_upper", "best_bound", "verdict", "violated", "stand_ins"].contains(column)
        || BoundProver.names.contains { $0.rawValue == column || $0.rawValue + "_se" == column }
    }
  }

  /// What a row was computed from, and how.
  private struct Request: Hashable, Sendable {
    let origin: BoundOrigin
    let gap: GapChoice?
    let recipe: BoundRecipe

    func row(_ seeds: [BoundMeans], needsProofs: Bool, precision: Int) -> BoundRow {
      let none = seeds.map { _ in [BoundName: Recomputed]() }
      let proven = needsProofs ? try? BoundProver.proven(origin, seeds, gap: gap) : nil
      return BoundRow(
        origin, seeds, recipe: recipe, precision: precision, proven: proven ?? none)
    }
  }

  private mutating func request(_ fields: [String: String]) -> Request? {
    guard let origin = origins.origin(of: fields) else {
      unknown.insert(fields["dataset"] ?? "")
      return nil
    }
    guard origin.setting.isWithinReach else {
      isTooLarge = true
      return nil
    }
    return Request(
      origin: origin, gap: gapChoice(origin, fields),
      recipe: fields["recipe"].flatMap(BoundRecipe.init(rawValue:)) ?? .exact)
  }

  /// The form of the gap that is nearest to what a row has; nil for the default.
  private func gapChoice(_ origin: BoundOrigin, _ fields: [String: String]) -> GapChoice? {
    guard let found = fields["gap"].flatMap({ Double($0) }) else { return nil }
    let choices = [GapChoice.convex, .published, .exact].compactMap { choice in
      let values = origin.measurements.compactMap { $0[choice.mean]?.value }
      return values.count == origin.measurements.count && !values.isEmpty
        ? (choice: choice, distance: abs(values.reduce(0, +) / Double(values.count) - found)) : nil
    }
    return choices.min { $0.distance < $1.distance }?.choice
  }

  // MARK: - Comparison

  private enum Finding: Equatable {
    case right, unchecked
    case wrong(String)
  }

  private func problem(_ found: String, _ content: BoundRow.Content) -> Finding {
    switch content {
    case .unknown, .number(.beyond), .given(.beyond): .unchecked
    case .number(.unproven(let value, _)), .given(.unproven(let value, _)):
      difference(found, value) == .right ? .unchecked : difference(found, value)
    case .number(.refuted), .given(.refuted):
      .wrong("'\(found.excerpt)' is no bound: its certificate does not hold")
    case .number(.value(let value, _)), .given(.value(let value, _)): difference(found, value)
    case .number(.infinite), .given(.infinite): expect("inf", found)
    case .number(.absent), .given(.absent): expect("", found)
    case .error(let error): difference(found, error)
    case .text(let texts):
      texts.contains(found) ? .right : expect(texts[0], found)
    }
  }

  private func expect(_ text: String, _ found: String) -> Finding {
    found == text ? .right : .wrong("'\(found.excerpt)' is '\(text)'")
  }

  /// Compares all digits of a number with one that is enclosed.
  private func difference(_ found: String, _ value: Interval) -> Finding {
    let spare = digits + Recomputation.spareDigits
    if value.enclosure.lower.signum * value.enclosure.upper.signum <= 0 {
      // 0, or a number that nothing tells from it.
      if found == "0" { return .right }
      return value.isZero ? .wrong("'\(found.excerpt)' is '0'") : .unchecked
    }
    // log2(10) < 3.3220; six digits beyond the last are more than enough to round it.
    guard value.enclosure.isWithin(relativePrecision: Int(saturating: 3.322 * Double(digits + 4))),
      let text = try? ComputableReal(value.enclosure.lower.rational)
        .decimal(significantDigits: spare)
    else { return .unchecked }
    return TableVerification.difference(found, text, digits).map(Finding.wrong) ?? .right
  }

  /// Compares the digits of a standard error, an estimate of few.
  private func difference(_ found: String, _ error: Double?) -> Finding {
    guard let error else { return expect("", found) }
    guard let text = try? ComputableReal(Real(error).rational).decimal(significantDigits: 17) else {
      return .unchecked
    }
    return TableVerification.difference(found, text, BoundTable.errorDigits)
      .map(Finding.wrong) ?? .right
  }
}
