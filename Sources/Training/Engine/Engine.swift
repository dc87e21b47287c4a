// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface
internal import Kernels
internal import Labels

/// Runs kernels on matrices: checks shapes, chooses the code for the processor, divides the work.
///
/// A thread computes a part of the output, whose bits do not depend on where the parts begin, so
/// that results do not depend on the number of threads. An engine is used from one thread.
package final class Engine {
  let instructionSet: InstructionSet
  let threadCount: Int
  /// The kernels of `instructionSet`.
  let kernels: any KernelSet
  private let team: ThreadTeam
  /// Where the products of each part are packed.
  private let workspaces: [FloatVector]
  /// Where what is divided is recorded; nil for nowhere.
  package var record: DivisionRecord?
  /// What `scratch` has handed out, by purpose.
  private var scratches: [ScratchPurpose: FloatVector] = [:]

  /// What memory is lent for.
  enum ScratchPurpose {
    /// What one operation works in.
    case operation
    /// A gradient that a layer hands from one of its operations to the next.
    case gradient
  }

  /// An engine.
  ///
  /// - Parameters:
  ///   - instructionSet: One of those available.
  ///   - threadCount: How many threads share the work, at least 1.
  package init(instructionSet: InstructionSet = .best, threadCount: Int = 1) {
    precondition(InstructionSet.available.contains(instructionSet), "\(instructionSet) cannot run")
    precondition(threadCount >= 1, "\(threadCount) threads")
    self.instructionSet = instructionSet
    self.threadCount = threadCount
    kernels = instructionSet.kernels
    team = ThreadTeam(threadCount: threadCount)
    workspaces = (0..<threadCount).map { _ in FloatVector(count: multiplyWorkspace) }
  }

  /// How many floats the workspaces of products take.
  static func floatCount(threadCount: Int) -> Int { threadCount * multiplyWorkspace }

  /// The workspace of a part of the work.
  func workspace(_ part: Int) -> FloatVector { workspaces[part] }

  /// Memory for `count` floats of any content, lent until it is next asked for.
  func scratch(_ purpose: ScratchPurpose, count: Int) -> FloatVector {
    if let vector = scratches[purpose], vector.count >= count { return vector[0..<count] }
    scratches[purpose] = nil
    let vector = FloatVector(count: count)
    scratches[purpose] = vector
    return vector
  }

  /// Divides 0 ..< count into contiguous parts, one a thread, and runs `body` on all of them.
  ///
  /// - Parameters:
  ///   - count: How many units of work there are.
  ///   - grain: All parts but the last are multiples of this.
  ///   - cost: Roughly how many nanoseconds a unit takes; work of less than 20 microseconds a
  ///     thread is not divided.
  ///   - body: Called with the number of the part and its units.
  func divide(
    _ count: Int, grain: Int = 1, cost: Double, _ body: (_ part: Int, _ range: Range<Int>) -> Void
  ) {
    let division = Division(count: count, grain: grain, cost: cost)
    let parts = division.partCount(threadCount: threadCount)
    if let record {
      record.run(division, partCount: parts) { run(division, partCount: parts, body) }
    } else {
      run(division, partCount: parts, body)
    }
  }

  private func run(
    _ division: Division, partCount parts: Int, _ body: (_ part: Int, _ range: Range<Int>) -> Void
  ) {
    guard parts > 1 else {
      body(0, 0..<division.count)
      return
    }
    withoutActuallyEscaping(body) { body in
      // Parts do not overlap, and all have ended when this returns.
      nonisolated(unsafe) let body = body
      team.run(partCount: parts) { part in
        unsafe body(part, division.range(ofPart: part, of: parts))
      }
    }
  }
}
