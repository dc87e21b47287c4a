// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Occupancy
import Testing

@testable import CommandLineTool

@Suite struct MethodOptionTests {
  @Test("Every method has its name, and auto is the default")
  func names() throws {
    let command = specification([MethodOption.specification])
    #expect(try MethodOption.value(parse([], by: command)) == .auto)
    for method in OccupancyMethod.allCases {
      #expect(try MethodOption.value(parse(["--method", method.rawValue], by: command)) == method)
    }
    #expect(
      OccupancyMethod.allCases.map(\.rawValue) == [
        "auto", "inclusion-exclusion", "stirling", "contour",
      ])
  }
}
