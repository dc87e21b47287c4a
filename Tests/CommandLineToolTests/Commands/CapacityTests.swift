// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import TestSupport
import Testing

@testable import CommandLineTool

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Requests that once took minutes, or ended the program.
@Suite struct CapacityTests {
  private let folder = TemporaryFolder()

  @Test(
    arguments: [
      (
        "distinct --classes 1000000 --draws 1000000",
        "all 1000000 probabilities of the law of distinct labels for 1000000 classes and 1000000 "
          + "draws would take over 11 minutes; ask for a '--summary'"
      ),
      (
        "distinct --classes 1000000000000 --draws 1000000",
        "all 1000000 probabilities of the law of distinct labels for 1000000000000 classes and "
          + "1000000 draws would take over 18 minutes; ask for a '--summary'"
      ),
      (
        "coverage --classes 100 --copies 2 --at-least 50 --draws 250 --method stirling",
        "the method stirling for 100 classes, 2 copies and 250 draws would take over 10 seconds in "
          + "exact integers; use --method contour"
      ),
      (
        "coverage --classes 10000 --draws 1000000000000000 --method stirling",
        "the recurrence for 10000 classes and 1000000000000000 draws would take over 5 minutes; "
          + "use --method contour"
      ),
      (
        "distinct --classes 1000000 --draws 1000000000000000 --method stirling",
        "all 1000000 probabilities of the law of distinct labels for 1000000 classes and "
          + "1000000000000000 draws would take over 45 days; ask for a '--summary'"
      ),
      (
        "table --classes 3037000500 --draws 3037000500 --method stirling",
        "the recurrence for 3037000500 classes and 3037000500 draws would take over 1011 years; "
          + "use --method contour"
      ),
    ])
  func `what would take too long is refused with an estimate`(request: String, message: String) {
    #expect(
      Subprocess.upsilon(request)
        == .init(end: .exit(1), output: "", diagnostics: "Error: \(message)\n"))
  }

  @Test func `unlike denominators are refused with what their law would take`() throws {
    let rows = (0..<20_000).map { "a\($0),1/\(1_000_003 + 2 * $0)\n" }.joined()
    let path = try folder.write("label,probability\n" + rows, to: "unlike.csv")
    for option in ["--normalize", "--blank"] {
      let result = Subprocess.upsilon("coverage --probabilities \(path) \(option) --draws 100")
      #expect(result.end == .exit(1) && result.output == "")
      #expect(
        result.diagnostics.hasSuffix(
          "unlike.csv: the number of digits of the common denominator must leave weights of at most "
            + "64 MB in all, which here would take 447 MB, but is 53864\n"))
    }
  }

  /// A probability with few draws is a short decimal, which digits by the hundred end in zeros.
  @Test(
    arguments: [
      "--classes 4 --per-class 20 --copies 3 --at-least 3 --digits 1000 --draws 9..11,60",
      "--classes 8 --per-class 20 --copies 2 --at-least 7 --digits 653 --draws 14..15,40",
    ])
  func `short decimals are decided by the fraction`(request: String) throws {
    let result = Subprocess.upsilon(
      "coverage \(request) --both-samplings --exact --format csv")
    #expect(result.end == .exit(0) && result.diagnostics == "")
    let digits = request.contains("653") ? 653 : 1000
    for row in result.output.split(separator: "\n").dropFirst() {
      let fields = row.split(separator: ",").map(String.init)
      let exact = try Rational(parsing: fields[fields.count - 1])
      #expect(
        try fields[6] == ComputableReal(exact).decimal(significantDigits: digits), "\(fields[2])")
    }
  }

  @Test func `at least so many of unequal classes take no longer at one number than the next`() {
    let path = try? folder.write("count,classes\n50,60000\n100,10000\n", to: "two.csv")
    let result = Subprocess.upsilon(
      "coverage --counts \(path ?? "") --copies 2 --at-least 1 --draws 300,600 --format csv "
        + "--digits 6")
    #expect(result.end == .exit(0))
    #expect(
      result.output.split(separator: "\n").last
        == "two.csv,70000,600,with-replacement,2,1,0.940066,0.0599339,-0.0268416,-1.22233")
  }

  /// libdispatch waits for ever for a thread that the system refuses. With still less room a process
  /// may end for want of memory.
  @Test(
    .enabled(if: Subprocess.shell("bash", "ulimit -v 999999; timeout 9 true").end == .exit(0)),
    .enabled(if: unsafe getenv("ASAN_OPTIONS") == nil))
  func `a process that gets no threads does its work alone`() {
    let line = "collision --dataset cifar-100 --negatives 1..400 --digits 4 --format csv"
    let script = """
      export SWIFT_BACKTRACE=enable=no LLVM_PROFILE_FILE=/dev/null
      for limit in 24 30 38 48 60 75 94 118; do
        row=$(ulimit -v ${limit}000; timeout 60 "$upsilon" "$@" 2>/dev/null | tail -n 1
          exit ${PIPESTATUS[0]}) && echo "$row"
        echo "ended with $?"
      done
      """
    let result = Subprocess.shell("bash", script, line.split(separator: " ").map(String.init))
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.contains("ended with 0") && !lines.contains("ended with 124"))
    let rows = Set(lines.filter { !$0.hasPrefix("ended") })
    #expect(rows == [Subprocess.upsilon(line).output.split(separator: "\n").last.map(String.init)])
  }

  /// Swift reads the command line from /proc; so does the leak sanitizer, which fails without it.
  @Test(
    .enabled(if: Subprocess.shell("sh", "unshare -m umount -l /proc").end == .exit(0)),
    .enabled(if: unsafe getenv("ASAN_OPTIONS") == nil))
  func `without proc the command line is read all the same`() {
    let script = #"unshare -m sh -c 'umount -l /proc; exec "$@"' sh "$upsilon" "$@""#
    func run(_ line: String) -> Subprocess.Result {
      Subprocess.shell("sh", script, line.split(separator: " ").map(String.init))
    }
    let line = "coverage --classes 3 --draws 3 --format csv --digits 3"
    let (without, with) = (run(line), Subprocess.upsilon(line))
    #expect(without.end == .exit(0) && without.output == with.output)
    #expect(run("coverage --classes 3 --draws").end == .exit(64))
  }
}
