// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct DatasetsCommandTests {
  @Test("Every built-in law has a row, and what it has not is empty")
  func rows() {
    let outcome = upsilon("datasets --format csv")
    #expect(outcome.status == 0)
    #expect(outcome.diagnostics == "")
    #expect(outcome.lines.count == 15)
    #expect(outcome.lines[0] == "name,classes,items,smallest,largest,source")
    #expect(outcome.lines[1] == #"binary,2,,,,"two equally likely classes, not a data set""#)
    #expect(outcome.lines[6].hasPrefix("imagenet-1k,1000,1281167,732,1300,\"Russakovsky et al.,"))
  }

  @Test("In JSON what is not there is null")
  func json() {
    let outcome = upsilon("datasets --format json")
    #expect(
      outcome.lines[1].hasPrefix(
        #"{"name":"binary","classes":2,"items":null,"smallest":null,"largest":null,"#))
  }

  @Test("It asks no question and so takes no law")
  func noLaw() {
    #expect(upsilon("datasets --classes 3").error == "Unknown option '--classes'")
    #expect(upsilon("datasets cifar-10").error == "Unexpected argument 'cifar-10'")
  }
}
