// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import Testing
import Training

@testable import CommandLineTool

@Suite struct MeasuringOptionsTests {
  private func options(_ line: String) throws -> MeasuringOptions {
    let words = line.split(separator: " ").map(String.init)
    return try MeasuringOptions(
      parse(words, by: specification(MeasuringOptions.specifications)))
  }

  @Test func `defaults are those of the help`() throws {
    let found = try options("")
    #expect(found.configurations.map(\.draws) == [32, 64, 128, 256, 512])
    #expect(found.configurations.allSatisfy { $0.seed == 7 && $0.passCount == 10 })
    #expect(
      found.configurations.allSatisfy {
        $0.temperature == 0.5 && $0.sampling == .withoutReplacement
      })
    #expect(found.classMeans == nil)
  }

  @Test func `options are taken, seed by seed`() throws {
    let found = try options(
      "--draws 4,8 --seeds 0..1 --temperature 0.1 --with-replacement --class-means validation "
        + "--passes 3")
    #expect(found.configurations.map(\.draws) == [4, 4, 8, 8])
    #expect(found.configurations.map(\.seed) == [0, 1, 0, 1])
    #expect(
      found.configurations.allSatisfy {
        $0.temperature == 0.1 && $0.sampling == .withReplacement && $0.passes == 3
      })
    #expect(found.classMeans == .validation)
    #expect(try options("--class-means training").classMeans == .training)
  }

  @Test func `independent draws have batches only if passes are asked for`() throws {
    let found = try options("--with-replacement --draws 2,1000000001").configurations
    #expect(found.map(\.draws) == [2, 1_000_000_001])
    #expect(found.allSatisfy { $0.passes == nil && $0.passCount == 0 })
  }

  @Test func `temperatures are gone through one after another`() throws {
    let found = try options("--temperature 0.1,5e-1 --draws 4,8 --seeds 1").configurations
    #expect(found.map(\.temperature) == [0.1, 0.1, 0.5, 0.5])
    #expect(found.map(\.draws) == [4, 8, 4, 8])
    for (text, problem) in [
      ("0.1,0.10", "0.10 appears twice"), ("0.1,", "must be a number from 0.005 to 1000.0"),
    ] {
      #expect(
        throws: UsageError.invalid(text, for: MeasuringOptions.temperature, problem)
      ) { try options("--temperature \(text)") }
    }
    #expect(throws: UsageError.self) {
      try options("--temperature 1,2,3 --draws 2..1000 --seeds 0..99")
    }
  }

  @Test func `independent draws go with class means of the same law`() {
    #expect(throws: UsageError.self) { try options("--with-replacement --class-means training") }
  }

  @Test(arguments: [
    "--draws 1", "--draws 4,4", "--seeds 7,7", "--temperature 0", "--temperature x", "--passes 0",
    "--class-means both", "--draws 2..1000 --seeds 0..1000",
  ])
  func `what has no meaning is a usage error`(line: String) {
    #expect(throws: UsageError.self) { _ = try options(line) }
  }
}
