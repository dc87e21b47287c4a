// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Bounds

@Suite struct PublishedMeasurementsTests {
  @Test("There are 19 published settings, and none of another name")
  func counts() {
    #expect(
      PublishedMeasurement.datasets.map { PublishedMeasurement.rows(of: $0).count } == [5, 8, 6])
    #expect(PublishedMeasurement.rows(of: "mnist").isEmpty)
  }
}
