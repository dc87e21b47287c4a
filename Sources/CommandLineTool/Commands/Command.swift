// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A subcommand: made from its arguments, checked, then run.
protocol Command: Sendable {
  /// What the command takes and what it is for.
  static var specification: CommandSpecification { get }

  /// Reads the arguments, which were parsed by `specification`; no file is opened yet.
  init(_ arguments: ParsedArguments) throws(UsageError)

  /// Carries out the request.
  ///
  /// - Parameters:
  ///   - output: Takes the result and nothing else.
  ///   - diagnostics: Takes notes for a person.
  /// - Throws: `UsageError` for a request that cannot be carried out as put, and whatever else
  ///   happens on the way; nothing has been printed when the request is at fault.
  func run(output: any TextOutput, diagnostics: any TextOutput) throws
}
