// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Throws a `LabelError` naming `parameter` unless `value` is at least 1.
func requirePositive(_ value: Int, parameter: String) throws(LabelError) {
  guard value < 1 else { return }
  throw LabelError(parameter: parameter, value: "\(value)", requirement: "be at least 1")
}

/// Throws a `LabelError` naming `parameter` if `list` is empty.
func requireNonempty<Element>(_ list: [Element], parameter: String) throws(LabelError) {
  guard list.isEmpty else { return }
  throw LabelError(parameter: parameter, value: "empty", requirement: "have at least one class")
}

/// `a + b`, or a `LabelError` saying that `parameter` exceeds `Int.max`.
func sum(_ a: Int, _ b: Int, parameter: String) throws(LabelError) -> Int {
  let (value, overflow) = a.addingReportingOverflow(b)
  guard overflow else { return value }
  throw tooLarge(parameter)
}

/// `a * b`, or a `LabelError` saying that `parameter` exceeds `Int.max`.
func product(_ a: Int, _ b: Int, parameter: String) throws(LabelError) -> Int {
  let (value, overflow) = a.multipliedReportingOverflow(by: b)
  guard overflow else { return value }
  throw tooLarge(parameter)
}

private func tooLarge(_ parameter: String) -> LabelError {
  LabelError(parameter: parameter, value: "larger", requirement: "be at most \(Int.max)")
}
