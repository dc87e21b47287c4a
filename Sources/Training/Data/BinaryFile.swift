// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Files
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Files of bytes, read and written as a whole.
package enum BinaryFile {
  /// The path that stands for standard input.
  package static let standardInput = "-"

  /// The most bytes that are read of a file of tables, classes or texts: what has no end, like a
  /// device, has more.
  package static let textLimit = 1 << 29

  /// Whether standard input was read: what has been read is not there for a second file.
  private static let isStandardInputRead = Mutex(false)

  /// Whether there is something at `path`.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// The path of the first of some files in a folder that is there, with or without `.gz`.
  ///
  /// - Throws: `DataError` if there is no such folder.
  static func find(_ names: [String], in folder: String) throws(DataError) -> String? {
    var status = stat()
    guard unsafe stat(folder, &status) == 0 else {
      throw DataError(source: folder, problem: "there is no such folder")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw DataError(source: folder, problem: "this is a file, and a folder is needed")
    }
    let start = folder.hasSuffix("/") ? folder : folder + "/"
    return names.flatMap { [start + $0, start + $0 + ".gz"] }.first(where: exists)
  }

  /// All bytes of a file, decompressed if it is compressed by gzip.
  ///
  /// - Parameters:
  ///   - path: The path; `-` is standard input.
  ///   - limit: The most bytes that are read, and that they may expand to.
  package static func readExpanded(
    _ path: String, limit: Int = textLimit
  ) throws(DataError) -> [UInt8] {
    let bytes = try read(path, limit: limit)
    guard Gzip.isCompressed(bytes) else { return bytes }
    return try Gzip.decompress(bytes, source: name(of: path), limit: limit)
  }

  /// All bytes of a file.
  ///
  /// - Parameters:
  ///   - path: The path; `-` is standard input.
  ///   - limit: The most bytes that are read.
  package static func read(_ path: String, limit: Int = .max) throws(DataError) -> [UInt8] {
    if path == standardInput, let input = StandardInput.replacement {
      guard let bytes = input.take() else { throw standardInputIsTaken }
      return bytes
    }
    let descriptor = try opened(path)
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      let chunk = try read(descriptor, path, atMost: 1 << 16)
      if chunk.isEmpty { return bytes }
      bytes += chunk
      guard bytes.count <= limit else {
        throw DataError(source: name(of: path), problem: "it has more than \(limit) bytes")
      }
    }
  }

  /// What messages call a file.
  package static func name(of path: String) -> String {
    path == standardInput ? "standard input" : path
  }

  /// Opens a file, or takes standard input, which can be had once.
  static func opened(_ path: String) throws(DataError) -> CInt {
    if path == standardInput {
      let isFirst = isStandardInputRead.withLock { isRead in
        defer { isRead = true }
        return !isRead
      }
      guard isFirst else { throw standardInputIsTaken }
      return STDIN_FILENO
    }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemError(path) }
    return descriptor
  }

  private static var standardInputIsTaken: DataError {
    DataError(source: name(of: standardInput), problem: "only one file can be '-'")
  }

  /// Closes what `opened` opened; standard input stays open.
  static func close(_ descriptor: CInt) {
    guard descriptor != STDIN_FILENO else { return }
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  /// The next bytes of an open file, none at its end.
  static func read(
    _ descriptor: CInt, _ path: String, atMost limit: Int
  ) throws(DataError) -> [UInt8] {
    var chunk = [UInt8](repeating: 0, count: limit)
    while true {
      #if canImport(Glibc)
        let count = unsafe Glibc.read(descriptor, &chunk, limit)
      #else
        let count = unsafe Darwin.read(descriptor, &chunk, limit)
      #endif
      if count >= 0 { return Array(chunk[..<count]) }
      if errno != EINTR { throw systemError(path) }
    }
  }

  /// Puts a file with the given bytes in the place of `path`: whole, or not at all.
  static func write(_ bytes: [UInt8], to path: String) throws(DataError) {
    do throws(SystemError) {
      let file = try TemporaryFile(destination: path)
      try file.write(bytes)
      try file.commit()
    } catch {
      throw DataError(source: path, problem: error.description)
    }
  }

  /// Removes a file if it is there.
  static func remove(_ path: String) { _ = unsafe unlink(path) }

  /// Makes a folder unless it is there.
  static func makeFolder(_ path: String) throws(DataError) {
    if unsafe mkdir(path, 0o777) == 0 { return }
    let error = systemError(path)
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw error }
  }

  /// The error of the system call that has just failed.
  static func systemError(_ path: String) -> DataError {
    DataError(source: name(of: path), problem: SystemError.last.description)
  }
}
