// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Tables
import Testing

@testable import CommandLineTool

@Suite struct DrawRequestTests {
  private func request(_ line: String) throws -> DrawRequest {
    let words = line.split(separator: " ").map(String.init)
    let command = specification(
      LawOptions.specifications() + DrawOptions.specifications + SamplingOptions.specifications)
    return try DrawRequest(parse(words, by: command))
  }

  @Test("Cases come in the order asked for, the schemes within each number")
  func order() throws {
    let request = try request("--classes 3 --per-class 5 --draws 9,2..3 --both-samplings")
    var cases: [String] = []
    let forEachCase = try request.validate(request.law()) { _ in }
    try forEachCase { cases.append("\($0.drawCount) \($0.sampling)") }
    #expect(
      cases == [9, 2, 3].flatMap { ["\($0) with-replacement", "\($0) without-replacement"] })
  }

  @Test("Every case of a short list is tried before any is computed")
  func probes() throws {
    var tried: [Int] = []
    let request = try request("--classes 3 --negatives 4,1..2")
    _ = try request.validate(request.law()) { tried.append($0.drawCount) }
    #expect(tried == [5, 2, 3])
  }

  @Test("What a trial throws ends the request")
  func failedProbe() throws {
    struct Refusal: Error {}
    let request = try request("--classes 3 --draws 1..3")
    #expect(throws: Refusal.self) {
      _ = try request.validate(request.law()) { item in
        if item.drawCount == 3 { throw Refusal() }
      }
    }
  }

  @Test("The limit on rows counts the rows of every case")
  func rowLimit() throws {
    let request = try request("--classes 3 --draws 1..10")
    _ = try request.validate(request.law(), rowCount: { _ in 1_000_000 }) { _ in }
    #expect(throws: UsageError.self) {
      _ = try request.validate(
        request.law(), rowCount: { $0.drawCount == 7 ? 1_000_001 : 1_000_000 }
      ) { _ in }
    }
    #expect(throws: UsageError.self) {
      _ = try request.validate(request.law(), rowCount: { _ in .max }) { _ in }
    }
  }

  @Test("A case knows its negatives and the fields that every row begins with")
  func fields() throws {
    let request = try request("--dataset mnist --draws 32")
    let forEachCase = try request.validate(request.law()) { _ in }
    try forEachCase { item in
      #expect(item.negativeCount == 31)
      #expect(item.lawFields == [.text("mnist"), .integer(10)])
      #expect(item.samplingField == .text("with-replacement"))
    }
  }
}
