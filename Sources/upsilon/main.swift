// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CPlatform
internal import CommandLineTool

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

var words = CommandLine.arguments
// Without /proc there are none, not even the name of the tool.
if words.isEmpty {
  var count: CInt = 0
  if let first = unsafe upsilon_arguments(&count) {
    words = unsafe (0..<Int(count)).compactMap { unsafe first[$0] }
      .map { unsafe String(cString: $0) }
  }
}
exit(UpsilonCommand.main(arguments: words))
