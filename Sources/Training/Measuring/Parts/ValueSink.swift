// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What takes values that come one after another: their mean, their sum, or all of them, where a part
/// of a measurement keeps them.
protocol ValueSink {
  /// Nothing yet.
  init()

  /// Takes the next value.
  mutating func add(_ value: Double)
}

extension ValueSink {
  /// What has taken some values.
  init(_ values: [Double]) {
    self.init()
    for value in values { add(value) }
  }
}

extension RunningMean: ValueSink {}

extension [Double]: ValueSink {
  mutating func add(_ value: Double) { append(value) }
}

/// The sum of values in their order.
struct RunningSum: ValueSink {
  private(set) var value = 0.0

  mutating func add(_ value: Double) { self.value += value }
}
