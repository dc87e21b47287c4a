// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct BoundTableTests {
  /// The loss of guessing of rows whose class sizes are given.
  private func chances(_ sizes: String, classes: Int) throws -> [String] {
    let folder = TemporaryFolder()
    let path = try folder.write(
      "dataset,classes,draws,seed,temperature,sampling,class_sizes,contrastive_loss,gap\n"
        + "mine,\(classes),16,7,0.5,with-replacement,\(sizes),1.9,-1\n", to: "m.csv")
    let outcome = upsilon(
      "bounds --measurements \(path) --columns prior_adjusted_chance --format csv --digits 15")
    #expect(outcome.status == 0 && outcome.lines.first == "prior_adjusted_chance")
    return Array(outcome.lines.dropFirst())
  }

  @Test func `guessing with priors costs the entropy of the classes, ln C where they are equal`()
    throws
  {
    // (3/4) ln (4/3) + (1/4) ln 4.
    #expect(try chances("1*1;3*1", classes: 2) == ["0.562335144618808"])
    #expect(try chances("5*4", classes: 4) == ["1.38629436111989"])
  }
}
