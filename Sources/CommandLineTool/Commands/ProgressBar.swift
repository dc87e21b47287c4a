// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Training

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A line on the terminal that says how far training or measuring is, drawn over again a few times
/// a second.
final class ProgressBar {
  /// What wipes the line.
  static let wiping = "\r\u{1B}[K"

  private static let width = 20
  private static let interval = Duration.milliseconds(100)

  private let output: any TextOutput
  private var lastShown: ContinuousClock.Instant?
  /// Of several runs at a time the first is shown, until it is done.
  private var watched: TrainingProgress?

  /// A bar on `diagnostics` if that is a terminal that can move its cursor; else nil.
  init?(_ diagnostics: any TextOutput) {
    let terminal = unsafe getenv("TERM").map { unsafe String(cString: $0) } ?? ""
    guard diagnostics is DescriptorOutput, isatty(STDERR_FILENO) != 0, terminal != "dumb",
      !terminal.isEmpty
    else { return nil }
    output = diagnostics
  }

  /// Draws the line unless it was just drawn.
  func show(_ progress: TrainingProgress) {
    if let watched, watched.run < progress.run, watched.share < 1 { return }
    watched = progress
    show(Self.line(progress))
  }

  /// Draws the line unless it was just drawn.
  func show(_ progress: MeasuringProgress) { show(Self.line(progress)) }

  private func show(_ line: @autoclosure () -> String) {
    let now = ContinuousClock.now
    if let lastShown, now - lastShown < Self.interval { return }
    lastShown = now
    draw(line())
  }

  /// Wipes the line.
  func clear() {
    if lastShown != nil { draw("") }
  }

  /// A terminal that cannot be written to is no reason to end a run.
  private func draw(_ line: String) {
    try? output.write(line.isEmpty ? Self.wiping : "\r\(line)\u{1B}[K")
    try? output.flush()
  }

  /// `run 2/18  draws 32  seed 7  [########            ]  42%  loss 2.021  51234 images/s  12 s left`
  static func line(_ progress: TrainingProgress) -> String {
    let (draws, seed) = (progress.configuration.draws, progress.configuration.seed)
    return "run \(progress.run)/\(progress.runCount)  draws \(draws)  seed \(seed)  "
      + "\(bar(progress.share))  loss \(decimal(progress.loss))  "
      + "\(Int(saturating: progress.itemsPerSecond)) images/s  "
      + "\(Int(saturating: progress.secondsLeft.rounded(.up))) s left"
  }

  /// `run 2/6  draws 32  seed 7  [########            ]  42%  12 s left`
  static func line(_ progress: MeasuringProgress) -> String {
    let (draws, seed) = (progress.configuration.draws, progress.configuration.seed)
    let place =
      progress.run == 0
      ? "reading all files"
      : "run \(progress.run)/\(progress.runCount)  draws \(draws)  seed \(seed)"
    let rest = progress.secondsLeft.map { "  \(Int(saturating: $0.rounded(.up))) s left" } ?? ""
    return "\(place)  \(bar(progress.share))\(rest)"
  }

  /// `[########            ]  42%`
  private static func bar(_ share: Double) -> String {
    let done = Int(saturating: Double(width) * share)
    let bar = String(repeating: "#", count: done) + String(repeating: " ", count: width - done)
    return "[\(bar)]  \(Int(saturating: 100 * share))%"
  }

  /// A loss to three decimals; one that is no number, as training that diverges has, as a dash.
  private static func decimal(_ loss: Double) -> String {
    guard loss.isFinite, loss < 1e9 else { return "-" }
    let thousandths = Int(saturating: (1000 * loss).rounded())
    return "\(thousandths / 1000).\(String(1000 + thousandths % 1000).dropFirst())"
  }
}
