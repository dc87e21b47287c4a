// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The machine that the program runs on.
enum Machine {
  /// Bytes of memory that the process may take: what the machine has, or less where its control
  /// groups or `ulimit -v` leave less; `Int.max` if none of them says.
  static func memory(threadCount: Int) -> Int {
    min(physicalMemory, controlGroupLimit(), addressSpace(threadCount: threadCount))
  }

  private static var physicalMemory: Int {
    let (pages, size) = (sysconf(CInt(_SC_PHYS_PAGES)), sysconf(CInt(_SC_PAGESIZE)))
    return pages > 0 && size > 0 ? pages * size : .max
  }

  /// The least limit of the control groups that the process is in, of either version (Linux,
  /// *Control Group v2* and *Memory Resource Controller*); `Int.max` if there is none.
  ///
  /// A group is no larger than the groups around it. Within a container its path may be one of the
  /// machine outside, of which only the root can be seen.
  ///
  /// - Parameter root: A folder in place of the root of the file system.
  static func controlGroupLimit(root: String = "") -> Int {
    let groups = text(root + "/proc/self/cgroup") ?? "0::/\n0:memory:/"
    let limits = groups.split(separator: "\n").flatMap { line -> [Int] in
      // number:controllers:path, without controllers in version 2
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return [] }
      let isSecond = fields[1].isEmpty
      guard isSecond || fields[1].split(separator: ",").contains("memory") else { return [] }
      let base = root + "/sys/fs/cgroup" + (isSecond ? "" : "/memory")
      let name = isSecond ? "/memory.max" : "/memory.limit_in_bytes"
      let parts = fields[2].split(separator: "/")
      return (0...parts.count).compactMap { count in
        let path = parts.prefix(count).map { "/" + $0 }.joined()
        // A number, or "max".
        return text(base + path + name).flatMap { Int($0.prefix { $0 != "\n" }) }
      }
    }
    return limits.min() ?? .max
  }

  /// What `ulimit -v` leaves besides what is mapped already and what threads map.
  private static func addressSpace(threadCount: Int) -> Int {
    var limit = rlimit()
    #if canImport(Glibc)
      let status = unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    #else
      let status = unsafe getrlimit(RLIMIT_AS, &limit)
    #endif
    guard status == 0, let bytes = Int(exactly: limit.rlim_cur) else { return .max }
    let pages = text("/proc/self/statm").flatMap { Int($0.prefix { $0 != " " }) } ?? 0
    return max(0, bytes - pages * sysconf(CInt(_SC_PAGESIZE)) - threadCount * threadBytes)
  }

  /// A stack, and an arena of the allocator: addresses that are mapped, whether used or not.
  private static let threadBytes = (8 + 64) << 20

  /// The text of a file of the system, if there is one.
  private static func text(_ path: String) -> String? {
    (try? BinaryFile.read(path)).map { String(decoding: $0, as: UTF8.self) }
  }
}
