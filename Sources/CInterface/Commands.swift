// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Names are those of C.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import ArbitraryPrecision
internal import CUpsilon
internal import CommandLineTool

/// `upsilon_1_command` of upsilon.h.
@c @implementation
public func upsilon_1_command(
  _ words: UnsafePointer<UnsafePointer<CChar>?>, _ count: Int64, _ input: UnsafeRawPointer?,
  _ size: Int64, _ output: CText, _ diagnostics: CText, _ status: UnsafeMutablePointer<Int32>,
  _ message: CText?
) -> Int32 {
  unsafe code(message) {
    let bytes = unsafe [UInt8](
      UnsafeRawBufferPointer(start: input, count: input == nil ? 0 : Int(max(0, size))))
    let result = run(unsafe strings(words, count), input: bytes)
    unsafe output.set(result.output)
    unsafe diagnostics.set(result.diagnostics)
    unsafe status.pointee = result.status
  }
}

/// `upsilon_1_main` of upsilon.h.
@c @implementation
public func upsilon_1_main(
  _ words: UnsafePointer<UnsafePointer<CChar>?>, _ count: Int64
) -> Int32 {
  UpsilonCommand.main(arguments: unsafe strings(words, count))
}

/// `upsilon_1_bounds` of upsilon.h.
@c @implementation
public func upsilon_1_bounds(
  _ measurements: UnsafePointer<CChar>, _ gap: UnsafePointer<CChar>?, _ digits: Int64,
  _ csv: CText, _ reasons: CText?, _ message: CText?
) -> Int32 {
  unsafe code(message) {
    var words = ["bounds", "--measurements", "-", "--format", "csv", "--digits", "\(digits)"]
    if let gap = unsafe gap { words += ["--gap", unsafe String(cString: gap)] }
    let result = run(words, input: Array(unsafe String(cString: measurements).utf8))
    guard result.status == 0 else { throw CommandFailure(description: result.error) }
    unsafe csv.set(result.output)
    unsafe reasons?.set(result.notes.map { $0 + "\n" }.joined())
  }
}

/// What a command printed.
private struct CommandResult {
  let status: Int32
  let output: String
  let diagnostics: String

  /// The first line of the diagnostics without its label.
  var error: String { lines(labelled: "Error: ").first ?? diagnostics }

  /// The notes, without their labels.
  var notes: [String] { lines(labelled: "Note: ") }

  private func lines(labelled label: String) -> [String] {
    diagnostics.split(separator: "\n").filter { $0.hasPrefix(label) }
      .map { String($0.dropFirst(label.count)) }
  }
}

/// Runs the tool in memory.
private func run(_ words: [String], input: [UInt8]) -> CommandResult {
  let (output, diagnostics) = (MemoryOutput(), MemoryOutput())
  let status = UpsilonCommand.run(
    words, input: input, output: output, diagnostics: diagnostics)
  return CommandResult(status: status, output: output.text, diagnostics: diagnostics.text)
}
