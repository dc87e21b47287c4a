// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Removes an unfinished file when the process is interrupted (Ctrl-C, Ctrl-\), hung up on or
/// terminated.
///
/// Off unless `arm()` was called, as only the process's entry point may: tests must not touch the
/// signals of their host. There is at most one unfinished file at a time.
enum Interruption {
  /// The path of the unfinished file, for the handler; written while the handler is not installed.
  nonisolated(unsafe) private static var path: UnsafeMutablePointer<CChar>? = nil
  nonisolated(unsafe) private static var isArmed = false

  private static let signals = [SIGINT, SIGQUIT, SIGHUP, SIGTERM]

  /// Allows handlers to be installed from now on.
  static func arm() { unsafe isArmed = true }

  /// Has the file at `file` removed should the process be interrupted.
  static func remove(_ file: String) {
    guard unsafe isArmed else { return }
    unsafe path = strdup(file)
    for number in signals {
      // A signal that was ignored when the process began (nohup) stays ignored.
      let previous = signal(number, cleanUp)
      if isIgnored(previous) { signal(number, SIG_IGN) }
    }
  }

  /// Leaves the file alone from now on.
  static func keep() {
    guard unsafe isArmed, let old = unsafe path else { return }
    for number in signals {
      let previous = signal(number, SIG_DFL)
      if isIgnored(previous) { signal(number, SIG_IGN) }
    }
    unsafe path = nil
    unsafe free(old)
  }

  /// Runs `body`, which makes a file and has it removed, with the signals held back until it ends:
  /// there is no moment at which a file is there that nobody would remove.
  static func heldBack<R>(_ body: () throws(FileError) -> R) throws(FileError) -> R {
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

  /// Calls only what POSIX allows in a handler: unlink, signal, raise.
  private static let cleanUp: @convention(c) (CInt) -> Void = { number in
    if let path = unsafe Interruption.path { _ = unsafe unlink(path) }
    _ = signal(number, SIG_DFL)
    _ = raise(number)
  }
}
