// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Synchronization

/// Outcomes of theorems for the same inputs: one that rests on another does not evaluate it again.
final class OutcomeMemo: Sendable {
  private let outcomes = Mutex<[ObjectIdentifier: BoundOutcome]>([:])

  /// What a theorem says, evaluated when it is first asked for.
  func outcome(
    of theorem: any Bound.Type, _ inputs: BoundInputs
  ) throws -> BoundOutcome {
    let key = ObjectIdentifier(theorem)
    if let known = outcomes.withLock({ $0[key] }) { return known }
    let outcome = try theorem.outcome(inputs)
    outcomes.withLock { $0[key] = outcome }
    return outcome
  }
}

extension BoundInputs {
  /// What a theorem says of these inputs, evaluated once.
  func outcome(of theorem: any Bound.Type) throws -> BoundOutcome {
    try memo.outcome(of: theorem, self)
  }
}
