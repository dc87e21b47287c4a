// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Folders of files.
enum Folder {
  /// Makes a folder unless it is there.
  static func make(_ path: String) throws(FileError) {
    if unsafe mkdir(path, 0o777) == 0 { return }
    let error = FileDescriptor.error("make", path)
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw error }
  }

  /// The names of what is in a folder, sorted; none if it cannot be read.
  static func names(in path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The files that a pattern with `*`, `?` or `[` stands for, in the order of their names; the path
  /// itself if it is none, or is that of a file.
  ///
  /// - Throws: `FileError` if there is no such file.
  static func files(matching pattern: String) throws(FileError) -> [String] {
    guard pattern.contains(where: { "*?[".contains($0) }), unsafe access(pattern, F_OK) != 0 else {
      return [pattern]
    }
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    let status = unsafe glob(pattern, 0, nil, &found)
    guard status == 0 else {
      throw FileError(operation: "read", file: pattern, reason: "no file matches this pattern")
    }
    var paths: [String] = []
    for index in 0..<Int(unsafe found.gl_pathc) {
      if let path = unsafe found.gl_pathv[index] { unsafe paths.append(String(cString: path)) }
    }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Removes a folder with the files in it, if it is there; not if a folder is in it.
  static func remove(_ path: String) {
    for name in names(in: path) { _ = unsafe unlink(path + "/" + name) }
    _ = unsafe rmdir(path)
  }
}
