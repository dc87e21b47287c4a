// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import CCommit
internal import Training

/// What `--version` prints: all that a result may depend on.
enum VersionText {
  /// The tool's version and the commit it was built from.
  static var tool: String {
    let commit = unsafe String(cString: upsilon_commit())
    return "\(HelpText.tool) \(UpsilonCommand.version)" + (commit.isEmpty ? "" : " (\(commit))")
  }

  /// Lines of the tool, the libraries of its arithmetic, and the instructions that it trains with,
  /// by the name that measurements carry.
  static var text: String {
    "\(tool)\n\(ArithmeticLibraries.versions)\n\(InstructionSet.best.arithmetic)\n"
  }
}
