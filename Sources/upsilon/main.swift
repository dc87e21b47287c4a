// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CommandLineTool

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

exit(UpsilonCommand.main(arguments: CommandLine.arguments))
