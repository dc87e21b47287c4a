// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@testable import CommandLineTool

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The files of the package, found from where this file was compiled.
enum Repository {
  /// The package's folder.
  static let root = {
    let parts = #filePath.split(separator: "/").dropLast(4)
    return "/" + parts.joined(separator: "/")
  }()

  /// The names of the modules.
  static let modules = Folder.names(in: root + "/Sources")

  /// The paths of all files within a folder whose names end in some way, from the package's folder.
  ///
  /// Folders that are symbolic links stand for folders that are gone through anyway.
  static func files(in folder: String, endingIn suffix: String) -> [String] {
    Folder.names(in: root + "/" + folder).flatMap { name in
      let path = folder + "/" + name
      if name.hasSuffix(suffix) { return [path] }
      return isLink(path) ? [] : files(in: path, endingIn: suffix)
    }
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(root + "/" + path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// The lines of a file of the package, empty ones included.
  static func lines(of path: String) throws -> [String] {
    let bytes = try FileDescriptor.contents(of: root + "/" + path)
    return String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The lines within each fenced block of a kind, such as `console`.
  static func blocks(_ kind: String, of path: String) throws -> [[String]] {
    var blocks: [[String]] = []
    var block: [String]?
    for line in try lines(of: path) {
      if line == "```" + kind {
        block = []
      } else if line == "```", let finished = block {
        blocks.append(finished)
        block = nil
      } else {
        block?.append(line)
      }
    }
    return blocks
  }
}
