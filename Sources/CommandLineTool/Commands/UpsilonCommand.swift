// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Training

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The tool as a whole: finds the subcommand, runs it, and turns errors into messages and codes.
public enum UpsilonCommand {
  /// The version that `--version` prints first.
  public static let version = "0.1.0"

  static let abstract =
    "How many negative samples a contrastive learner needs, with every printed digit correct."

  /// The subcommands in the order of the help.
  static let commands: [any Command.Type] = [
    CoverageCommand.self, CollisionCommand.self, DistinctCommand.self, DuplicatesCommand.self,
    WaitingCommand.self, CoefficientsCommand.self, BoundsCommand.self, TrainCommand.self,
    MeasureCommand.self, MergeCommand.self, VerifyCommand.self, PlotCommand.self,
    ReproduceCommand.self, DatasetsCommand.self, CompletionCommand.self,
  ]

  /// Runs the tool on the process's own streams.
  ///
  /// - Parameter arguments: The words of the command line, the tool's own name first.
  /// - Returns: The exit code: 0, 64 for a usage error, 1 for any other.
  public static func main(arguments: [String]) -> Int32 {
    FileDescriptor.occupyStandardStreams()
    // A reader that has seen enough (`upsilon ... | head`) ends the process quietly, even if the
    // parent ignores the signal.
    _ = signal(SIGPIPE, SIG_DFL)
    // A file beyond the limit of sizes is an error of writing, with a message.
    _ = signal(SIGXFSZ, SIG_IGN)
    Interruption.arm()
    let columns = unsafe getenv("COLUMNS").flatMap { unsafe Int(String(cString: $0)) }
    return run(
      Array(arguments.dropFirst()), output: DescriptorOutput(.standardOutput),
      diagnostics: DescriptorOutput(.standardError), columns: columns ?? 80)
  }

  /// Runs the tool on any streams, with bytes in memory for standard input.
  ///
  /// - Parameter input: What a command reads where `-` is named.
  /// - Returns: As the function without it.
  public static func run(
    _ arguments: [String], input: [UInt8], output: any TextOutput, diagnostics: any TextOutput
  ) -> Int32 {
    StandardInput.within(input) {
      run(arguments, output: output, diagnostics: diagnostics)
    }
  }

  /// Runs the tool on any streams.
  ///
  /// - Parameters:
  ///   - arguments: The words after the tool's name.
  ///   - output: Takes results and help that was asked for.
  ///   - diagnostics: Takes errors and notes.
  ///   - columns: The width of help texts; less than 40 counts as 40.
  /// - Returns: The exit code: 0, 64 for a usage error, 1 for any other.
  public static func run(
    _ arguments: [String], output: any TextOutput, diagnostics: any TextOutput, columns: Int = 80
  ) -> Int32 {
    let help = HelpText(width: max(40, columns))
    do {
      // Of a file's name that is not UTF-8 the bytes are lost, so that another would be looked for.
      if let word = arguments.first(where: { $0.unicodeScalars.contains("\u{FFFD}") }) {
        throw FileError(operation: "use", file: word, reason: "it is not UTF-8")
      }
      // What was printed before an error comes before its message.
      defer { try? output.flush() }
      try perform(Invocation(arguments), help, output, diagnostics)
      try output.flush()
      try diagnostics.flush()
      return 0
    } catch let error as InvocationError {
      try? report(error, help, diagnostics)
      return 64
    } catch {
      try? diagnostics.write("Error: \("\(error)".onOneLine)\n")
      try? diagnostics.flush()
      return 1
    }
  }

  private static func perform(
    _ invocation: Invocation, _ help: HelpText, _ output: any TextOutput,
    _ diagnostics: any TextOutput
  ) throws {
    switch invocation {
    case .help(nil):
      let specifications = commands.map { $0.specification }
      try output.write(help.tool(abstract: abstract, commands: specifications))
    case .help(let command?):
      try output.write(help.command(command.specification))
    case .version:
      try output.write(VersionText.text)
    case .run(let command, var arguments):
      arguments.isForTerminal = output.isTerminal
      do {
        try command.init(arguments).run(output: output, diagnostics: diagnostics)
      } catch let error as UsageError {
        throw InvocationError(error: error, command: command.specification)
      }
    }
  }

  private static func report(
    _ error: InvocationError, _ help: HelpText, _ diagnostics: any TextOutput
  ) throws(FileError) {
    try diagnostics.write("Error: \(error.error.message.onOneLine)\n")
    if let line = error.error.help { try diagnostics.write("Help:  \(line)\n") }
    try diagnostics.write(help.advice(for: error.command))
    try diagnostics.flush()
  }
}
