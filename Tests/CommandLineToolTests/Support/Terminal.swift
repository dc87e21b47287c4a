// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pseudo-terminal for a process to run on: what it shows is read from it, keys go to it. Line
/// feeds stay as they are.
final class Terminal {
  /// The path of the side of the process.
  let path: String
  /// The side of the keyboard and the screen, which whoever reads from it closes.
  private let screen: CInt
  /// Open until a process has the other side, or there would be nothing to read from.
  private let end: CInt

  /// A terminal of so many columns.
  init(columns: UInt16) {
    #if canImport(Glibc)
      // What posix_openpt, unlockpt and ptsname do, which Glibc's module does not have.
      screen = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      var (isLocked, number): (CInt, CInt) = (0, 0)
      let (unlock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
      let isUnlocked = unsafe ioctl(screen, unlock, &isLocked) == 0
      let isNumbered = unsafe ioctl(screen, getNumber, &number) == 0
      precondition(isUnlocked && isNumbered, "no terminal")
      path = "/dev/pts/\(number)"
    #else
      screen = posix_openpt(O_RDWR | O_NOCTTY)
      precondition(screen >= 0 && grantpt(screen) == 0 && unlockpt(screen) == 0, "no terminal")
      _ = fcntl(screen, F_SETFD, FD_CLOEXEC)
      path = unsafe ptsname(screen).map { unsafe String(cString: $0) } ?? ""
    #endif
    end = unsafe open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    var settings = termios()
    unsafe tcgetattr(end, &settings)
    settings.c_oflag &= ~tcflag_t(OPOST)
    unsafe tcsetattr(end, TCSANOW, &settings)
    var size = winsize(ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = unsafe ioctl(end, UInt(TIOCSWINSZ), &size)
  }

  /// The screen, once a process has the other side: from now on its end is that of the process.
  func handOver() -> CInt {
    _ = close(end)
    return screen
  }

  /// Types keys.
  func press(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = unsafe write(screen, bytes, bytes.count)
  }
}
