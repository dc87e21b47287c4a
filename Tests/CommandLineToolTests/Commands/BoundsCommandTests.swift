// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct BoundsCommandTests {
  static let header = [
    "dataset,classes,draws,seed,temperature,sampling,contrastive_loss,gap,supervised_loss,",
    "curl_lower,coupon_lower,curl_upper,coupon_upper,curl_coverage_free_upper,",
    "coupon_coverage_free_upper,ash_upper,phi_upper,phi_cap_upper,spread_upper,bao_upper,",
    "bao_tightened_upper,spread_lower,bao_lower,trivial_cap,chance,best_lower,best_upper,",
    "best_bound,prior_adjusted_loss,prior_adjusted_lower,prior_adjusted_upper,verdict,",
    "curl_lower_se,coupon_lower_se,curl_upper_se,coupon_upper_se,",
    "curl_coverage_free_upper_se,coupon_coverage_free_upper_se,ash_upper_se,phi_upper_se,",
    "phi_cap_upper_se,spread_upper_se,bao_upper_se,bao_tightened_upper_se,spread_lower_se,",
    "bao_lower_se,trivial_cap_se,prior_adjusted_lower_se,prior_adjusted_upper_se,violated,",
    "class_means,stand_ins,uninformed_contrastive_loss,optimal_contrastive_loss,",
    "prior_adjusted_chance,recipe",
  ].joined()

  /// The fields of one column.
  private func column(_ name: String, _ outcome: Outcome) -> [String] {
    let lines = outcome.lines.map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let index = lines.first?.firstIndex(of: name) else { return [] }
    return lines.dropFirst().map { $0[index] }
  }

  @Test("The columns are those of the contract, and reasons stand on standard error once")
  func published() {
    let outcome = upsilon("bounds --published cifar-10 --format csv --digits 5")
    #expect(outcome.status == 0)
    #expect(outcome.lines.first == Self.header)
    #expect(outcome.lines.count == 6)
    let row = [
      "cifar-10,10,32,,0.5,without-replacement,2.02,-1.16,1.83,0.21642,0.38821,62.235,",
      "6.5327,50.243,5.2425,,2.1411,2.3105,2.1114,,,0.68073,,6.3026,2.3026,0.68073,",
      "2.1114,spread_upper,,0.68073,2.1114,below-chance,,,,,,,,,,,,,0,,0,0,,none,",
      "training,",
      "curl_lower coupon_lower curl_upper coupon_upper curl_coverage_free_upper coupon_coverage_free_upper phi_upper phi_cap_upper spread_upper spread_lower prior_adjusted_lower prior_adjusted_upper,",
      "3.4657,,2.3026,exact",
    ]
    #expect(outcome.lines.dropFirst().first == row.joined())
    #expect(
      outcome.diagnostics
        == "Note: ash_upper, bao_upper, bao_tightened_upper, bao_lower: only for independent "
        + "draws, and these are without replacement\n")
  }

  @Test(
    "At the optimum of theory every bound is exact, with infinite ones where nothing is covered")
  func theory() {
    let outcome = upsilon(
      "bounds --theory --classes 10 --temperature 1/2 --negatives 1,31 --format csv --digits 12")
    #expect(outcome.status == 0)
    #expect(column("contrastive_loss", outcome) == ["0.161914533744", "1.94166781902"])
    #expect(column("supervised_loss", outcome) == ["0.680726466365", "0.680726466365"])
    #expect(column("curl_upper", outcome) == ["inf", "20.7948023952"])
    #expect(column("phi_cap_upper", outcome)[1] == "0.847623027661")
    #expect(column("violated", outcome) == ["none", "none"])
    #expect(outcome.diagnostics == "")
    let json = upsilon(
      "bounds --theory --classes 10 --temperature 0.5 --draws 2 --format json --digits 3")
    #expect(json.output.contains("\"curl_upper\":\"inf\",\"coupon_upper\":\"inf\""))
    #expect(json.output.contains("\"seed\":null,\"temperature\":0.5,"))
  }

  @Test("The recipe of the notebook shows what noise does")
  func recipe() {
    let line = "bounds --published ag-news --format csv --digits 3"
    #expect(column("curl_upper", upsilon(line))[5] == "3.68e66")
    #expect(column("curl_upper", upsilon("\(line) --recipe published"))[5] == "12200000000000000")
  }

  /// Three rows of one setting, one of another; CURL's upper bound says too little to be violated.
  private static let measurements = """
    dataset,classes,draws,seed,temperature,sampling,class_sizes,contrastive_loss,contrastive_loss_se,\
    gap,gap_se,gap_convex,gap_convex_se,supervised_loss,supervised_loss_se
    mine,4,16,7,0.5,with-replacement,5*4,1.9,0.02,-1,0.01,-0.5,0.01,0.9,0.01
    mine,4,16,11,0.5,with-replacement,5*4,2,0.02,-1,0.01,-0.5,0.01,1,0.01
    mine,4,32,7,0.5,with-replacement,5*4,2.5,,-1,,,,5,
    mine,4,16,13,0.5,with-replacement,5*4,2.1,0.02,-1,0.01,-0.5,0.01,1.1,0.01

    """

  @Test("A file of measurements, with standard errors, the better gap and violations")
  func measurements() throws {
    let folder = TemporaryFolder()
    let path = try folder.write(Self.measurements, to: "m.csv")
    let outcome = upsilon("bounds --measurements \(path) --format csv --digits 6")
    #expect(outcome.status == 0)
    #expect(column("seed", outcome) == ["7", "11", "7", "13"])
    #expect(column("gap", outcome) == ["-0.5", "-0.5", "-1", "-0.5"])
    #expect(column("curl_lower", outcome) == ["", "", "", ""])
    // Both standard errors count in G0, twice in the coupon's form, divided by 1 - (3/4)^15.
    #expect(column("coupon_coverage_free_upper_se", outcome)[0] == "0.0608127")
    // L_sup = 5 is far above what the losses of the third row allow.
    #expect(column("violated", outcome)[0] == "none")
    #expect(column("violated", outcome)[2].contains("phi_upper"))
    #expect(outcome.diagnostics.contains("gap_linear was not measured"))
    let published = upsilon("bounds --measurements \(path) --format csv --gap published")
    #expect(column("gap", published) == ["-1", "-1", "-1", "-1"])
    let convex = upsilon("bounds --measurements \(path) --format csv --gap convex")
    #expect(column("phi_upper", convex)[2] == "")
    #expect(convex.diagnostics.contains("gap_convex was not measured"))
  }

  @Test("Over seeds a setting has one row, with standard errors over seeds")
  func overSeeds() throws {
    let folder = TemporaryFolder()
    let path = try folder.write(Self.measurements, to: "m.csv")
    let outcome = upsilon("bounds --measurements \(path) --over-seeds --format csv --digits 6")
    #expect(outcome.status == 0)
    #expect(column("draws", outcome) == ["16", "32"])
    #expect(column("seed", outcome) == ["", ""])
    #expect(column("contrastive_loss", outcome) == ["2", "2.5"])
    #expect(column("supervised_loss", outcome) == ["1", "5"])
    // Losses 0.1 apart: twice that over 1 - (3/4)^15, over the root of 3.
    #expect(column("coupon_coverage_free_upper_se", outcome)[0] == "0.117034")
    #expect(column("coupon_coverage_free_upper_se", outcome)[1] == "")
  }

  @Test("The published recipe explains its own formulas")
  func publishedFormulas() {
    let outcome = upsilon("bounds --published cifar-10 --recipe published --explain 1 --format csv")
    #expect(outcome.output.contains("- E ln(1+Col)) / (1 - tau)\""))
    #expect(outcome.output.contains("E[1{not cover} l_sub]/2 - E ln(1+Col)) / v,"))
  }

  @Test("One row is explained, formula and numbers")
  func explain() {
    let outcome = upsilon("bounds --published cifar-10 --explain 1 --format csv --digits 5")
    #expect(outcome.status == 0)
    #expect(outcome.lines.first == "bound,formula,numbers,value,standard_error,note")
    #expect(
      outcome.lines.contains(
        "coupon_upper,(2(L_Info - d) - E[1{not cover} l_sub] - E ln(1+Col)) / v,"
          + "(2(2.02 - (-1.16)) - 0.52 - 1.31642) / 0.692454,6.5327,,"))
    let phi = outcome.lines.first { $0.hasPrefix("phi_upper") } ?? ""
    #expect(phi.contains("/2^") && phi.contains(",2.1411,"))
    #expect(outcome.lines.contains { $0.hasPrefix("bao_lower,") })
    let none = upsilon("bounds --published cifar-10 --explain 6")
    #expect(none.status == 64)
    #expect(none.error.contains("there are 5 rows"))
  }

  @Test(
    "Requests that make no sense are usage errors",
    arguments: [
      ("bounds", "Missing one of"),
      ("bounds --published cifar-10 --theory", "cannot be combined"),
      ("bounds --published cifar-10 --classes 3", "'--classes' needs '--theory'"),
      ("bounds --published imagenet", "is invalid"),
      ("bounds --theory --classes 3 --draws 4", "Missing expected argument '--temperature"),
      ("bounds --theory --classes 3 --temperature 0 --draws 4", "from 0.001"),
      ("bounds --theory --classes 3 --temperature 1 --draws 4 --negatives 3", "cannot be combined"),
      ("bounds --theory --classes 1 --temperature 1 --draws 4", "from 2 to"),
      (
        "bounds --theory --classes 3 --temperature 1 --draws 4000000000",
        "are more than 1073741824"
      ),
      ("bounds --published cifar-10 --explain 1 --over-seeds", "cannot be combined"),
    ])
  func usage(line: String, message: String) {
    let outcome = upsilon(line)
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.error.contains(message))
  }

  @Test("A file that is no table of measurements is one clear line")
  func malformed() throws {
    let folder = TemporaryFolder()
    let path = try folder.write("a,b\n1,2\n", to: "m.csv")
    let outcome = upsilon("bounds --measurements \(path)")
    #expect(outcome.status == 1)
    #expect(
      outcome.error == "\(path):1: the columns 'dataset', 'classes', 'draws', 'seed', "
        + "'temperature', 'sampling', 'class_sizes', 'contrastive_loss' are missing")
    let table = Self.measurements.split(separator: "\n")
    let impossible = try folder.write(
      "\(table[0])\n\(table[1])\nmine,4,32,7,0.5,without-replacement,5*4,2.5,,-1,,,,5,\n",
      to: "n.csv")
    let refused = upsilon("bounds --measurements \(impossible) --format csv")
    #expect(refused.status == 1)
    #expect(refused.output == "")
    #expect(
      refused.error
        == "\(impossible):3: draws - 1 must be less than 20, the number of items, without "
        + "replacement, but is 31")
    let missing = upsilon("bounds --measurements \(folder.file("none.csv"))")
    #expect(missing.status == 1)
    #expect(missing.error.contains("none.csv"))
  }
}
