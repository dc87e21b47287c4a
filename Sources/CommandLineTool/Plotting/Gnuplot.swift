// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The program gnuplot, fed with a script through a pipe; the figure comes back through another.
struct Gnuplot {
  /// What is wrong with gnuplot, as one line.
  struct Failure: Error, Equatable, CustomStringConvertible {
    let description: String
  }

  /// The seconds that it may take unless something else is asked for; a figure takes 0.2.
  static let defaultTimeLimit = 60

  /// The folders that are searched for gnuplot, separated by colons.
  let searchPath: String
  /// The seconds after which it is killed.
  let timeLimit: Int

  /// The gnuplot on the PATH of this process.
  init(searchPath: String? = nil, timeLimit: Int = Gnuplot.defaultTimeLimit) {
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) }
    self.searchPath = searchPath ?? path ?? "/usr/bin:/bin"
    self.timeLimit = timeLimit
  }

  /// The path of the program; nil if there is none.
  var program: String? {
    searchPath.split(separator: ":").map { "\($0)/gnuplot" }
      .first { unsafe access($0, X_OK) == 0 }
  }

  /// What gnuplot says of a terminal that was not built into it.
  private static let unknownTerminal = "unknown or ambiguous terminal type"

  /// Runs a script.
  ///
  /// A gnuplot without cairo draws PNG by its other terminal for it.
  ///
  /// - Parameter note: Called with what a person must know of the figure.
  /// - Returns: What gnuplot writes to standard output.
  /// - Throws: `Failure` if there is no gnuplot, it does not take the script, or takes too long.
  func run(_ script: String, note: (String) throws -> Void = { _ in }) throws -> [UInt8] {
    guard let program else {
      throw Failure(
        description: "figures are drawn by gnuplot, which is not installed: run "
          + "'apt-get install gnuplot-nox' (Debian, Ubuntu) or 'brew install gnuplot'")
    }
    var (output, message) = try run(program, script)
    if let message, message.contains(Self.unknownTerminal) {
      let (cairo, other) = ("set terminal pngcairo ", "set terminal png ")
      guard script.contains(cairo) else {
        throw Failure(
          description: "this gnuplot was built without cairo, which draws PDF and PNG: choose "
            + "'--format svg', or install gnuplot-nox. It says: \(message)")
      }
      (output, _) = try run(program, script.replacing(cairo, with: other))
      try note("this gnuplot was built without pngcairo, so its png terminal drew the figure")
    } else if let message {
      throw Failure(description: "gnuplot failed: \(message)")
    }
    return Self.wellFormed(Self.undated(output))
  }

  /// What a run of the program writes, and why it failed if it did.
  private func run(
    _ program: String, _ script: String
  ) throws(Failure) -> (output: [UInt8], failure: String?) {
    var process = try ChildProcess(program, ["-d"], path: searchPath)
    let deadline = ContinuousClock.now + .seconds(timeLimit)
    guard let (output, errors) = process.exchange(Array(script.utf8), until: deadline),
      let status = process.wait(until: deadline)
    else {
      process.stop()
      throw Failure(
        description: "gnuplot was stopped: it had not ended after "
          + "\(timeLimit) \(timeLimit == 1 ? "second" : "seconds") ('--time-limit')")
    }
    if status == 0 && !output.isEmpty { return (output, nil) }
    // The whole message, on one line: a mark below an echoed line has no meaning there.
    let message = String(decoding: errors, as: UTF8.self).split(separator: "\n")
      .map { $0.drop { $0 == " " } }
      .filter { !$0.isEmpty && $0 != "^" && !$0.contains("warning: ") }
      .joined(separator: "; ").onOneLine
    let end = message.unicodeScalars.prefix(Self.messageLimit)
    return ([], message.isEmpty ? "it ended with status \(status)" : String(end))
  }

  /// A script is echoed in messages, and may have lines of any length.
  private static let messageLimit = 2000

  /// A figure without the time at which it was made, which a PDF has as `/CreationDate (D:` and 14
  /// digits: the same figure has the same bytes, and the places of objects in the file stay right.
  static func undated(_ figure: [UInt8]) -> [UInt8] {
    let mark = Array("/CreationDate (D:".utf8)
    guard figure.starts(with: "%PDF".utf8) else { return figure }
    var figure = figure
    for start in figure.indices.dropLast(mark.count + 14)
    where figure[start] == mark[0] && figure[start...].starts(with: mark) {
      let digits = start + mark.count..<start + mark.count + 14
      if figure[digits].allSatisfy({ (48...57).contains($0) }) {
        figure.replaceSubrange(digits, with: "20000101000000".utf8)
      }
    }
    return figure
  }

  /// A figure in which texts do not have `]]>`, which XML allows at the end of a CDATA section only:
  /// gnuplot writes none of these, and leaves `>` in texts as it is.
  static func wellFormed(_ figure: [UInt8]) -> [UInt8] {
    let (mark, escaped) = (Array("]]>".utf8), Array("]]&gt;".utf8))
    guard figure.starts(with: "<?xml".utf8) else { return figure }
    var (result, rest): ([UInt8], ArraySlice<UInt8>) = ([], figure[...])
    while let end = rest.firstIndex(of: mark[2]) {
      let isMark = rest[...end].suffix(3).elementsEqual(mark)
      result += isMark ? rest[..<(end - 2)] + escaped : rest[...end]
      rest = rest[(end + 1)...]
    }
    return result + rest
  }
}

/// A child whose standard streams are pipes to this process.
private struct ChildProcess {
  private let identifier: pid_t
  private var input: CInt
  private let output, errors: CInt

  /// - Parameter path: Where a program that is a script finds others.
  init(_ program: String, _ arguments: [String], path: String) throws(Gnuplot.Failure) {
    let pipes = try (Self.makePipe(), Self.makePipe(), Self.makePipe())
    #if canImport(Glibc)
      var actions = unsafe posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t? = nil
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawn_file_actions_adddup2(&actions, pipes.0.read, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, pipes.1.write, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, pipes.2.write, 2)
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    // The same bytes in every locale; libraries, fonts and gnuplot's own files are found where
    // modules and environments of conda have them.
    let names: [String] = [
      "HOME", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "GDFONTPATH",
      "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "GNUPLOT_LIB",
      "GNUPLOT_DRIVER_DIR", "GNUPLOT_PS_DIR",
    ]
    let kept = names.compactMap { (name: String) -> String? in
      unsafe getenv(name).map { value in unsafe name + "=" + String(cString: value) }
    }
    let settings = ["LC_ALL=C.UTF-8", "PATH=" + path + ":/usr/bin:/bin"] + kept
    var variables = unsafe settings.map { unsafe strdup($0) } + [nil]
    var identifier: pid_t = 0
    let status = unsafe posix_spawn(&identifier, program, &actions, nil, &words, &variables)
    unsafe words.indices.forEach { index in unsafe free(words[index]) }
    unsafe variables.indices.forEach { index in unsafe free(variables[index]) }
    unsafe posix_spawn_file_actions_destroy(&actions)
    for end in [pipes.0.read, pipes.1.write, pipes.2.write] { _ = close(end) }
    guard status == 0 else {
      for end in [pipes.0.write, pipes.1.read, pipes.2.read] { _ = close(end) }
      let reason = unsafe strerror(status).map { unsafe String(cString: $0) }
      throw Gnuplot.Failure(description: "cannot run '\(program)': \(reason ?? "\(status)")")
    }
    self.identifier = identifier
    (input, output, errors) = (pipes.0.write, pipes.1.read, pipes.2.read)
  }

  /// Writes `script` and reads both streams to their ends, whichever is ready: neither side can
  /// wait for the other with a full pipe. Nil if they have not ended at `deadline`.
  mutating func exchange(
    _ script: [UInt8], until deadline: ContinuousClock.Instant
  ) -> (output: [UInt8], errors: [UInt8])? {
    // A child that ends early must not end this process when its pipe is written to.
    let handler = signal(SIGPIPE, SIG_IGN)
    defer { _ = signal(SIGPIPE, handler) }
    _ = fcntl(input, F_SETFL, O_NONBLOCK)
    var texts: [CInt: [UInt8]] = [output: [], errors: []]
    var reading = [output, errors]
    var rest = script[...]
    while !reading.isEmpty {
      var polled = reading.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      if input >= 0 { polled.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
      let count = unsafe poll(&polled, nfds_t(polled.count), Self.milliseconds(until: deadline))
      if count < 0 && errno == EINTR { continue }
      // The pipe of one that writes without end is always ready.
      guard count > 0, ContinuousClock.now < deadline else { return nil }
      for item in polled where item.revents != 0 {
        if item.fd == input {
          write(&rest)
        } else if let chunk = Self.read(item.fd) {
          texts[item.fd, default: []] += chunk
        } else {
          reading.removeAll { $0 == item.fd }
        }
      }
    }
    closeInput()
    return (texts[output, default: []], texts[errors, default: []])
  }

  /// Writes as much as the pipe takes; closes it at the end, or if nobody reads.
  private mutating func write(_ rest: inout ArraySlice<UInt8>) {
    let count = unsafe rest.withUnsafeBytes { buffer in
      #if canImport(Glibc)
        unsafe Glibc.write(input, buffer.baseAddress, buffer.count)
      #else
        unsafe Darwin.write(input, buffer.baseAddress, buffer.count)
      #endif
    }
    if count > 0 { rest = rest.dropFirst(count) }
    let isBroken = count < 0 && errno != EAGAIN && errno != EINTR
    if rest.isEmpty || isBroken { closeInput() }
  }

  private mutating func closeInput() {
    if input >= 0 { _ = close(input) }
    input = -1
  }

  /// Waits for the end, which comes in a moment if its streams have ended; the exit code, or 128 and
  /// the number of the signal that ended it. Nil if it has not ended at `deadline`.
  func wait(until deadline: ContinuousClock.Instant) -> CInt? {
    var status: CInt = 0
    while unsafe waitpid(identifier, &status, WNOHANG) == 0 {
      guard ContinuousClock.now < deadline else { return nil }
      _ = poll(nil, 0, 1)
    }
    for end in [output, errors] { _ = close(end) }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  /// Kills it.
  mutating func stop() {
    _ = kill(identifier, SIGKILL)
    closeInput()
    for end in [output, errors] { _ = close(end) }
    while waitpid(identifier, nil, 0) < 0 && errno == EINTR {}
  }

  /// The milliseconds until `deadline`, rounded up, for `poll`; 0 if it has passed.
  private static func milliseconds(until deadline: ContinuousClock.Instant) -> CInt {
    let (seconds, attoseconds) = (deadline - ContinuousClock.now).components
    // A day at most (`PlotCommand.timeLimit`) is less than 2^27 of them.
    return CInt(clamping: max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1))
  }

  private static func read(_ number: CInt) -> [UInt8]? {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      #if canImport(Glibc)
        let count = unsafe Glibc.read(number, &chunk, chunk.count)
      #else
        let count = unsafe Darwin.read(number, &chunk, chunk.count)
      #endif
      if count > 0 { return Array(chunk[..<count]) }
      if count == 0 || errno != EINTR { return nil }
    }
  }

  /// A pipe that no child inherits but through `dup2`.
  private static func makePipe() throws(Gnuplot.Failure) -> (read: CInt, write: CInt) {
    var ends: [CInt] = [0, 0]
    guard unsafe pipe(&ends) == 0 else {
      throw Gnuplot.Failure(description: "there is no pipe to gnuplot")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}
