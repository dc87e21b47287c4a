// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program run in a process of its own, its streams connected to pipes.
struct Subprocess {
  /// How a process ended.
  enum End: Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  /// What a process wrote and how it ended.
  struct Result: Equatable {
    var end: End
    var output: String
    var diagnostics: String
  }

  /// After so many milliseconds without output a process is killed.
  private static let patience: CInt = 60_000

  /// Held while pipes are made, so that no other child inherits them and keeps them open.
  private static let isSpawning = Mutex(())

  private let identifier: pid_t
  private let output: CInt
  private let diagnostics: CInt

  /// The program `upsilon` that was built with the tests.
  static var upsilonPath: String {
    #if canImport(Glibc)
      var buffer = [CChar](repeating: 0, count: 4096)
      let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
      let test = String(
        decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #else
      // .../debug/upsilonPackageTests.xctest/Contents/MacOS/upsilonPackageTests
      let argument = CommandLine.arguments.first { $0.contains(".xctest") } ?? ""
      let end = argument.utf8.firstIndex(of: 0) ?? argument.endIndex
      let parts = argument[..<end].split(separator: "/").prefix { !$0.hasSuffix(".xctest") }
      let test = "/" + parts.joined(separator: "/") + "/test"
    #endif
    return test.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/upsilon"
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: The program.
  ///   - arguments: The words after its name.
  ///   - environment: Its whole environment.
  ///   - inputPath: A file for its standard input.
  ///   - outputPath: A file for its standard output in place of the pipe.
  ///   - isTerminal: Whether its standard output is a terminal in place of the pipe.
  ///   - terminal: A terminal for all of its streams, of a session of its own.
  init(
    _ path: String, _ arguments: [String], environment: [String: String] = [:],
    inputPath: String = "/dev/null", outputPath: String? = nil, isTerminal: Bool = false,
    terminal: Terminal? = nil
  ) {
    self = Self.isSpawning.withLock { _ in
      guard let terminal = terminal ?? (isTerminal ? Terminal(columns: 80) : nil) else {
        return Self.spawn(path, arguments, environment, inputPath, outputPath)
      }
      let process = Self.spawn(
        path, arguments, environment, isTerminal ? inputPath : terminal.path, terminal.path,
        isSession: !isTerminal)
      _ = close(process.output)
      return Subprocess(
        identifier: process.identifier, output: terminal.handOver(),
        diagnostics: process.diagnostics)
    }
  }

  private init(identifier: pid_t, output: CInt, diagnostics: CInt) {
    self.identifier = identifier
    self.output = output
    self.diagnostics = diagnostics
  }

  private static func spawn(
    _ path: String, _ arguments: [String], _ environment: [String: String], _ inputPath: String,
    _ outputPath: String?, isSession: Bool = false
  ) -> Subprocess {
    let (output, diagnostics) = (makePipe(), makePipe())
    #if canImport(Glibc)
      var actions = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t? = nil
      var attributes: posix_spawnattr_t? = nil
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    // The first terminal that the leader of a session opens is the one whose keys it hears.
    let mode = isSession ? O_RDWR : O_RDONLY
    unsafe posix_spawn_file_actions_addopen(&actions, 0, inputPath, mode, 0)
    // The tests may run with signals ignored, as under nohup, and on threads that block them.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGQUIT, SIGHUP, SIGTERM, SIGPIPE] { unsafe sigaddset(&signals, signal) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    #if canImport(Glibc)
      let newSession: Int32 = 0x80
    #else
      let newSession: Int32 = 0x400
    #endif
    unsafe posix_spawnattr_setflags(
      &attributes,
      Int16(Int32(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | (isSession ? newSession : 0)))
    if let outputPath {
      unsafe posix_spawn_file_actions_addopen(
        &actions, 1, outputPath, O_WRONLY | O_NOCTTY, 0)
    } else {
      unsafe posix_spawn_file_actions_adddup2(&actions, output.write, 1)
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, isSession ? 1 : diagnostics.write, 2)
    var words = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    var identifier: pid_t = 0
    let status = unsafe posix_spawn(
      &identifier, path, &actions, &attributes, &words, &variables)
    precondition(status == 0, "cannot run \(path)")
    unsafe words.indices.forEach { index in unsafe free(words[index]) }
    unsafe variables.indices.forEach { index in unsafe free(variables[index]) }
    unsafe posix_spawn_file_actions_destroy(&actions)
    unsafe posix_spawnattr_destroy(&attributes)
    _ = close(output.write)
    _ = close(diagnostics.write)
    return Subprocess(
      identifier: identifier, output: output.read, diagnostics: diagnostics.read)
  }

  /// Runs `upsilon` to its end on a terminal of so many columns; both streams are the output.
  static func onTerminal(_ line: String, columns: UInt16) -> Result {
    let words = line.split(separator: " ").map(String.init)
    let environment = ["TERM": "xterm", "COLUMNS": "\(columns)"]
    return Subprocess(
      upsilonPath, words, environment: environment, terminal: Terminal(columns: columns)
    ).finish()
  }

  /// What comes on standard output until it has a text.
  func read(until text: String) -> String {
    var bytes: [UInt8] = []
    while let chunk = Self.read(output) {
      bytes += chunk
      let found = String(decoding: bytes, as: UTF8.self)
      if found.contains(text) { return found }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Runs `upsilon` to its end.
  static func upsilon(
    _ line: String, environment: [String: String] = [:], inputPath: String = "/dev/null",
    isTerminal: Bool = false
  ) -> Result {
    let words = line.split(separator: " ").map(String.init)
    return Subprocess(
      upsilonPath, words, environment: environment, inputPath: inputPath, isTerminal: isTerminal
    ).finish()
  }

  /// Runs a script in a shell, in which `$upsilon` is the program and `$@` the arguments.
  static func shell(_ shell: String, _ script: String, _ arguments: [String] = []) -> Result {
    let environment = ["PATH": "/usr/bin:/bin", "upsilon": upsilonPath]
    let words = [shell, "-c", script, shell] + arguments
    return Subprocess("/usr/bin/env", words, environment: environment).finish()
  }

  /// Sends a signal.
  func send(_ signal: CInt) { _ = kill(identifier, signal) }

  /// Reads what comes first on standard output, then closes the pipe and waits for the end.
  func finishAfterFirstOutput() -> Result {
    let text = Self.read(output) ?? []
    _ = close(output)
    var errors: [UInt8] = []
    while let chunk = Self.read(diagnostics) { errors += chunk }
    _ = close(diagnostics)
    return result(text, errors)
  }

  /// Reads both streams to their ends and waits for the process to end.
  func finish() -> Result {
    var texts: [CInt: [UInt8]] = [output: [], diagnostics: []]
    var isOpen = [output, diagnostics]
    while !isOpen.isEmpty {
      var polled = isOpen.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      let ready = unsafe poll(&polled, nfds_t(polled.count), Self.patience)
      if ready == 0 { send(SIGKILL) }
      guard ready > 0 else { continue }
      for item in polled where item.revents != 0 {
        if let chunk = Self.read(item.fd) {
          texts[item.fd, default: []] += chunk
        } else {
          _ = close(item.fd)
          isOpen.removeAll { $0 == item.fd }
        }
      }
    }
    return result(texts[output] ?? [], texts[diagnostics] ?? [])
  }

  private func result(_ output: [UInt8], _ diagnostics: [UInt8]) -> Result {
    var status: CInt = 0
    while unsafe waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    return Result(
      end: signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal),
      output: String(decoding: output, as: UTF8.self),
      diagnostics: String(decoding: diagnostics, as: UTF8.self))
  }

  /// The next bytes of a pipe, nil at its end.
  private static func read(_ number: CInt) -> [UInt8]? {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    #if canImport(Glibc)
      let count = unsafe Glibc.read(number, &chunk, chunk.count)
    #else
      let count = unsafe Darwin.read(number, &chunk, chunk.count)
    #endif
    return count > 0 ? Array(chunk[..<count]) : nil
  }

  /// A pipe that no other child inherits.
  private static func makePipe() -> (read: CInt, write: CInt) {
    var ends: [CInt] = [0, 0]
    let status = unsafe pipe(&ends)
    precondition(status == 0, "no pipe")
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}
