// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import CUpsilon
internal import CommandLineTool
internal import Labels
internal import Occupancy
internal import Tables
internal import Training

/// The version of the library is that of the tool.
let toolVersion = UpsilonCommand.version

/// Measuring was asked to stop.
struct Cancellation: Error, CustomStringConvertible {
  var description: String { "the progress function asked to stop" }
}

/// What a command says that does not carry out what it was asked for.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String
}

/// Carries out a function of the interface: its code, and the message if it fails.
func code(_ message: CText?, _ body: () throws -> Void) -> Int32 {
  do {
    try body()
    return Int32(UPSILON_1_OK)
  } catch {
    unsafe message?.set("\(error)")
    let code =
      switch error {
      case is DomainError, is LabelError, is DataError, is TableError, is FileError,
        is CommandFailure:
        UPSILON_1_INVALID
      case is CapacityError: UPSILON_1_TOO_LARGE
      case is Cancellation: UPSILON_1_CANCELLED
      default: UPSILON_1_FAILED
      }
    return Int32(code)
  }
}

extension DomainError {
  /// Throws unless a parameter is what it must be.
  static func check(
    _ holds: Bool, _ parameter: String, _ value: some CustomStringConvertible,
    _ requirement: String
  ) throws(DomainError) {
    if holds { return }
    throw DomainError(parameter: parameter, value: "\(value)", requirement: requirement)
  }
}

/// The numbers of an array of the caller's; none for a null pointer.
func integers(_ start: UnsafePointer<Int64>?, _ count: Int64) -> [Int] {
  guard let start = unsafe start else { return [] }
  return (0..<Int(max(0, count))).map { Int(unsafe start[$0]) }
}

/// The strings of an array of the caller's.
func strings(_ start: UnsafePointer<UnsafePointer<CChar>?>, _ count: Int64) -> [String] {
  (0..<Int(max(0, count))).map { index in
    unsafe start[index].map { unsafe String(cString: $0) } ?? ""
  }
}
