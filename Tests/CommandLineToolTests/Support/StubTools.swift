// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport

@testable import CommandLineTool

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of programs made up for a test, to be all that a script finds on its PATH.
struct StubTools {
  let folder = TemporaryFolder()

  /// Adds a shell script.
  func add(_ name: String, _ script: String = "exit 0") throws {
    let path = try folder.write("#!/bin/sh\n\(script)\n", to: name)
    _ = unsafe chmod(path, 0o755)
  }

  /// Adds real programs of the system.
  func link(_ names: String...) {
    for name in names {
      let path = ["/bin/", "/usr/bin/"].map { $0 + name }.first { unsafe access($0, X_OK) == 0 }
      if let path { _ = unsafe symlink(path, folder.file(name)) }
    }
  }

  /// Runs a script of the package.
  func run(_ script: String, _ arguments: [String] = []) -> Subprocess.Result {
    Subprocess(
      "/bin/sh", [Repository.root + "/" + script] + arguments, environment: ["PATH": folder.path]
    ).finish()
  }
}
