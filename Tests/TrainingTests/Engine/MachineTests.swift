// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct MachineTests {
  @Test func `the machine has memory`() {
    #expect(Machine.memory(threadCount: 1) > 1 << 26)
  }

  /// A file system of which only some files exist.
  private func limit(_ files: [String: String]) throws -> Int {
    var template = Array("/tmp/upsilon-machine-XXXXXX".utf8CString)
    let made = unsafe mkdtemp(&template) != nil
    try #require(made)
    let root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { remove(root, files.keys.sorted()) }
    for (path, text) in files {
      var folder = root
      for part in path.split(separator: "/").dropLast() {
        folder += "/" + part
        _ = unsafe mkdir(folder, 0o755)
      }
      try BinaryFile.write(Array(text.utf8), to: root + path)
    }
    return Machine.controlGroupLimit(root: root)
  }

  private func remove(_ root: String, _ paths: [String]) {
    for path in paths {
      BinaryFile.remove(root + path)
      var parts = path.split(separator: "/").dropLast()
      while !parts.isEmpty {
        _ = unsafe rmdir(root + "/" + parts.joined(separator: "/"))
        parts.removeLast()
      }
    }
    _ = unsafe rmdir(root)
  }

  @Test func `the least limit of the groups around the process counts, in both versions`() throws {
    let second = ["/proc/self/cgroup": "0::/a/b\n"]
    #expect(try limit(second) == .max)
    #expect(try limit(second.merging(["/sys/fs/cgroup/a/b/memory.max": "max\n"]) { $1 }) == .max)
    #expect(
      try limit(second.merging(["/sys/fs/cgroup/a/b/memory.max": "123456\n"]) { $1 }) == 123_456)
    let both = [
      "/sys/fs/cgroup/a/b/memory.max": "3000\n", "/sys/fs/cgroup/a/memory.max": "2000\n",
      "/sys/fs/cgroup/memory.max": "9000\n",
    ]
    #expect(try limit(second.merging(both) { $1 }) == 2000)
    let first = [
      "/proc/self/cgroup": "5:cpu,memory:/x\n0::/\n",
      "/sys/fs/cgroup/memory/x/memory.limit_in_bytes": "777\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    ]
    #expect(try limit(first) == 777)
  }

  @Test func `in a container and without proc the root of the groups is asked`() throws {
    #expect(
      try limit([
        "/proc/self/cgroup": "0::/not/here\n", "/sys/fs/cgroup/memory.max": "55\n",
      ]) == 55)
    #expect(try limit(["/sys/fs/cgroup/memory.max": "66\n"]) == 66)
    #expect(try limit(["/sys/fs/cgroup/memory/memory.limit_in_bytes": "77\n"]) == 77)
    #expect(try limit([:]) == .max)
    #expect(try limit(["/proc/self/cgroup": "nonsense\n"]) == .max)
  }
}
