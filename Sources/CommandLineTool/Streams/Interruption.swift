// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Removes an unfinished file when the process is interrupted (Ctrl-C, Ctrl-\), hung up on or
/// terminated, and says how to go on.
///
/// Off unless `arm()` was called, as only the process's entry point may: tests must not touch the
/// signals of their host. There is at most one unfinished file at a time, and one message.
enum Interruption {
  /// The path of the unfinished file, for the handler; written while the handler is not installed.
  nonisolated(unsafe) private static var path: UnsafeMutablePointer<CChar>? = nil
  /// What the handler writes to standard error, with its length; as the path.
  nonisolated(unsafe) private static var message: UnsafeMutablePointer<CChar>? = nil
  nonisolated(unsafe) private static var messageLength = 0
  nonisolated(unsafe) private static var isArmed = false

  private static let signals = [SIGINT, SIGQUIT, SIGHUP, SIGTERM]

  /// Allows handlers to be installed from now on.
  static func arm() { unsafe isArmed = true }

  /// Has the file at `file` removed should the process be interrupted.
  static func remove(_ file: String) {
    update { unsafe path = strdup(file) }
  }

  /// Leaves the file alone from now on.
  static func keep() {
    update {
      unsafe free(path)
      unsafe path = nil
    }
  }

  /// Has a text written to standard error should the process be interrupted.
  static func announce(_ text: String) {
    update {
      unsafe message = strdup(text)
      unsafe messageLength = text.utf8.count
    }
  }

  /// Has nothing written from now on.
  static func silence() {
    update {
      unsafe free(message)
      unsafe message = nil
    }
  }

  /// Changes what the handler does, which is not installed meanwhile, nor if nothing is left to do.
  private static func update(_ change: () -> Void) {
    guard unsafe isArmed else { return }
    heldBack {
      handle(SIG_DFL)
      change()
      if unsafe path != nil || message != nil { handle(cleanUp) }
    }
  }

  private static func handle(_ handler: (@convention(c) (CInt) -> Void)?) {
    for number in signals {
      // A signal that was ignored when the process began (nohup) stays ignored.
      let previous = signal(number, handler)
      if isIgnored(previous) { signal(number, SIG_IGN) }
    }
  }

  /// Runs `body`, which makes a file and has it removed, with the signals held back until it ends:
  /// there is no moment at which a file is there that nobody would remove.
  static func heldBack<R, E>(_ body: () throws(E) -> R) throws(E) -> R {
    var (held, before) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&held)
    for number in signals { unsafe sigaddset(&held, number) }
    unsafe pthread_sigmask(SIG_BLOCK, &held, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try body()
  }

  private static func isIgnored(_ handler: (@convention(c) (CInt) -> Void)?) -> Bool {
    unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Calls only what POSIX allows in a handler: write, unlink, signal, raise.
  private static let cleanUp: @convention(c) (CInt) -> Void = { number in
    if let message = unsafe Interruption.message {
      _ = unsafe write(STDERR_FILENO, message, Interruption.messageLength)
    }
    if let path = unsafe Interruption.path { _ = unsafe unlink(path) }
    _ = signal(number, SIG_DFL)
    _ = raise(number)
  }
}
