// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The tables that independent implementations made, in the folder `References` of a test's module.
package enum ReferenceFile {
  /// The lines below the header; none if there is no such file, which a test of their number shows.
  ///
  /// - Parameter test: The file of the test: `.../Tests/MODULE/...`.
  package static func rows(of name: String, for test: String = #filePath) -> [Substring] {
    let folders = test.split(separator: "/")
    guard let tests = folders.lastIndex(of: "Tests") else { return [] }
    let module = "/" + folders[...(tests + 1)].joined(separator: "/")
    guard let text = TemporaryFolder.text(at: module + "/References/" + name) else { return [] }
    return text.split(separator: "\n").dropFirst().map { $0 }
  }
}
