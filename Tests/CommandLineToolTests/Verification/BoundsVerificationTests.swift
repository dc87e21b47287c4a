// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Bounds
import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct BoundsVerificationTests {
  private let folder = TemporaryFolder()

  /// The tables of bounds that are committed, with those that they were computed from.
  static let tables: [(bounds: String, measurements: String?)] =
    Repository.files(in: "tables", endingIn: ".csv").filter { $0.hasPrefix("tables/bounds-") }
    .sorted()
    .map { path in
      let name = path.withoutPrefix("tables/bounds-").dropLast(4)
      let isMeasured = !["notebook", "published", "theory"].contains { name.hasPrefix($0) }
      let set =
        name.hasPrefix("temperature")
        ? "temperature" : name.hasSuffix("-exact") ? String(name.dropLast(6)) : String(name)
      return (path, isMeasured ? "\(Repository.root)/tables/measurements-\(set).csv" : nil)
    }

  /// A table of the first rows of another.
  ///
  /// - Parameter leavingOut: Columns that are not taken over.
  private func table(
    _ path: String, rows: Int, leavingOut: (String) -> Bool = { _ in false }
  ) throws -> String {
    let lines = try Repository.lines(of: path)[...rows]
    let columns = lines[0].split(separator: ",").map(String.init)
    let kept = lines.map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      return columns.indices.filter { !leavingOut(columns[$0]) }.map { fields[$0] }
        .joined(separator: ",")
    }
    return try folder.write(kept.joined(separator: "\n") + "\n", to: "bounds.csv")
  }

  @Test("Rows of every table of bounds are found right", arguments: tables)
  func right(path: String, measurements: String?) throws {
    // Certificates of many unequal classes take long without optimization.
    let isUnequal = path.contains("lt-10") || path.contains("banking77")
    let rows = try min(RandomTests.count(2), Repository.lines(of: path).count - 1)
    let bounds = try table(path, rows: rows) { column in
      let names =
        BoundProver.names.map(\.rawValue) + ["best_", "verdict", "violated", "stand_ins"]
      return isUnequal && names.contains { column.hasPrefix($0) }
    }
    let files = bounds + (measurements.map { " " + $0 } ?? "")
    let result = Subprocess.upsilon("verify \(files) --format csv")
    let line = try #require(result.output.split(separator: "\n").first { $0.hasPrefix(bounds) })
    let counts = line.split(separator: ",").compactMap { Int($0) }
    let columns = try folder.text(of: "bounds.csv").split(separator: "\n")[0].split(separator: ",")
    #expect(result.end == .exit(0) && counts[4] == 0, "\(result.diagnostics)")
    // Eight columns say what is asked, four are measured.
    #expect(counts[0] == rows && counts[1] + counts[3] == rows * (columns.count - 8))
    // At t = 0.05 two certificates of the first row take more triangles than there may be.
    let open = path.contains("temperature-convex") ? 2 : 0
    #expect(
      counts[3] == (path.contains("theory") ? 0 : rows * 4 + open), "\(result.diagnostics)")
  }

  /// One digit more, or another text.
  static func changed(_ field: String) -> String {
    guard let digit = field.lastIndex(where: { "0123456789".contains($0) }),
      PrintedNumber(field) != nil, !field.contains("e")
    else { return field.isEmpty ? "1.5" : field == "inf" ? "12.5" : field + "x" }
    let value = field[digit].wholeNumberValue ?? 0
    return field[..<digit] + "\((value + 3) % 10)" + field[field.index(after: digit)...]
  }

  @Test(
    "A digit that is changed is found in every column that is checked",
    arguments: [
      ("digits", 3), ("digits-frozen-exact", 3), ("digits-lt-10", 1), ("temperature-exact", 1),
      ("published-cifar-10", 1), ("notebook-cifar-100", 1), ("notebook-ag-news", 1),
      ("theory-10", 9),
    ])
  func wrong(name: String, row: Int) throws {
    let path = "tables/bounds-\(name).csv"
    let lines = try Repository.lines(of: path)
    let columns = lines[0].split(separator: ",").map(String.init)
    let fields = lines[row].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    // A row for each column, with that one changed; of theory the classes are what is asked.
    var keys: Set<String> = ["dataset", "draws", "seed", "temperature", "sampling", "recipe"]
    if name.hasPrefix("theory") { keys.insert("classes") }
    let indices = columns.indices.filter { !keys.contains(columns[$0]) }
    let rows = indices.map { index in
      var changed = fields
      changed[index] = Self.changed(fields[index])
      return changed.joined(separator: ",")
    }
    let file = try folder.write(([lines[0]] + rows).joined(separator: "\n"), to: "changed.csv")
    let measurements = Self.tables.first { $0.bounds == path }?.measurements
    let outcome = upsilon("verify \(file)\(measurements.map { " " + $0 } ?? "") --format csv")
    #expect(outcome.status == 1)
    let told = outcome.diagnostics.split(separator: "\n").filter { $0.hasPrefix("Wrong: ") }
    for (line, index) in indices.enumerated() {
      let start = "Wrong: \(file):\(line + 2): \(columns[index]): "
      let found = told.filter { $0.hasPrefix("Wrong: \(file):\(line + 2): ") }
      #expect(
        found.count == 1 && found.first?.hasPrefix(start) == true, "\(start)\(rows[line]): \(found)"
      )
      // Long texts are cut.
      #expect(found.first?.contains(Self.changed(fields[index]).prefix(20)) == true)
    }
    #expect(told.count == indices.count)
  }

  @Test("Columns that are missing, and measurements that are not given, are named")
  func missing() throws {
    let measurements = "\(Repository.root)/tables/measurements-digits.csv"
    let some = upsilon(
      "bounds --measurements \(measurements) --columns draws,sampling,curl_lower --format csv")
    let path = try folder.write(some.output, to: "some.csv")
    let outcome = upsilon("verify \(path) \(measurements) --format csv")
    #expect(outcome.status == 0 && outcome.lines.contains("\(path),18,0,0,18,0"))
    #expect(
      outcome.diagnostics.contains(
        "Note: \(path): nothing is recomputed without the columns dataset, temperature"))
    let enough = upsilon(
      "bounds --measurements \(measurements) --format csv --digits 40 "
        + "--columns dataset,draws,temperature,sampling,seed,curl_lower,chance,spread_lower")
    let all = try folder.write(enough.output, to: "all.csv")
    #expect(
      upsilon("verify \(all) \(measurements) --format csv").lines.contains("\(all),18,54,0,0,0"))
    let alone = upsilon("verify \(all) --format csv")
    #expect(alone.status == 0 && alone.lines.last == "\(all),18,0,0,54,0")
    #expect(
      alone.error == "Note: \(all): the measurements of 'digits' are not among the files; "
        + "bounds are recomputed from them")
  }

  @Test("Requests beyond the second method are counted, and not begun")
  func beyond() throws {
    let path = try folder.write(
      "dataset,classes,draws,temperature,sampling,chance,trivial_cap\n"
        + "uniform,3,100000000000,0.5,with-replacement,1.0986122886681098,3.0986122886681098\n",
      to: "large.csv")
    let outcome = upsilon("verify \(path) --format csv")
    #expect(outcome.status == 0 && outcome.lines.last == "\(path),1,0,0,2,0")
    #expect(outcome.error.hasSuffix("sums of more than 4 million collisions are not gone through"))
  }
}
