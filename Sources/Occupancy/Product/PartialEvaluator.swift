// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// Evaluates `PartialFunction` at one point after another.
///
/// * Equal classes: sum_d binom(C, d) U^d L^(C-d) over the range, each term from the one before.
/// * Unequal ones, one class after another: with p_k = [y^k] of the product so far, where y marks the
///   classes on the rarer side, p_k becomes p_k a + p_(k-1) b, for k up to the most that are wanted:
///   a = U, b = L for d >= j, where at most C - j classes fall short; a = L, b = U for d <= j.
final class PartialEvaluator: NodeEvaluator {
  private let function: PartialFunction
  private let powers: CopiesPowers
  private let precision: Int
  private let states: [BallBox]
  private var short, reached, term, temporary: ComplexBall
  private let scratch: ComplexBall.Scratch

  init(_ function: PartialFunction, precision: Int) {
    self.function = function
    self.precision = precision
    let law = function.law
    powers = CopiesPowers(
      law: law, sampling: function.sampling, copies: function.copies, precision: precision)
    states =
      law.isUniform
      ? [] : (0...Self.stateLimit(function)).map { _ in BallBox(precision: precision) }
    short = ComplexBall(precision: precision)
    reached = ComplexBall(precision: precision)
    term = ComplexBall(precision: precision)
    temporary = ComplexBall(precision: precision)
    scratch = ComplexBall.Scratch(precision: precision)
  }

  /// The most classes on the rarer side.
  private static func stateLimit(_ function: PartialFunction) -> Int {
    function.side == .atLeast ? function.law.classCount - function.bound : function.bound
  }

  /// Products in one evaluation, about.
  static func work(_ function: PartialFunction) -> Double {
    let groups = Double(function.law.groups.count * (2 * function.copies + 8))
    if function.law.isUniform {
      return groups + 2 * Double(abs(function.outer - function.bound) + 1)
    }
    return groups + 2 * Double(stateLimit(function) + 1) * Double(function.law.classCount)
  }

  func evaluate(_ point: borrowing ComplexBall, into result: inout ComplexBall) {
    powers.begin(at: point)
    if function.law.isUniform {
      powers.next(short: &short, reached: &reached)
      sumOfBinomialTerms(into: &result)
    } else {
      sumOfStates(into: &result)
    }
  }

  // MARK: - Equal classes

  private func sumOfBinomialTerms(into result: inout ComplexBall) {
    let (c, j, outer) = (function.law.classCount, function.bound, function.outer)
    term.set(Factorials.binomial(c, j, precision: precision))
    multiplyTerm(by: reached, power: j)
    multiplyTerm(by: short, power: c - j)
    if j == outer { return result.set(term) }
    // The quotient of two terms without its rational factor.
    if function.side == .atLeast {
      short.formReciprocal(scratch)
      short.multiply(by: reached, scratch)
    } else {
      reached.formReciprocal(scratch)
      short.multiply(by: reached, scratch)
    }
    // A sum of midpoints, its error beside it.
    result.set(0)
    var error = result.addMidpoint(of: term)
    var d = j
    while d != outer {
      term.multiply(by: short, scratch)
      if function.side == .atLeast {
        term.multiply(by: c - d)
        term.divide(by: d + 1)
        d += 1
      } else {
        term.multiply(by: d)
        term.divide(by: c - d + 1)
        d -= 1
      }
      error = error + result.addMidpoint(of: term)
    }
    result.widen(by: error)
  }

  private func multiplyTerm(by factor: borrowing ComplexBall, power: Int) {
    guard power > 0 else { return }
    var value = ComplexBall(precision: precision)
    var base = ComplexBall(precision: precision)
    value.set(factor)
    value.formPower(power, base: &base, scratch)
    term.multiply(by: value, scratch)
  }

  // MARK: - Unequal classes

  private func sumOfStates(into result: inout ComplexBall) {
    let top = states.count - 1
    states[0].ball.set(1)
    var used = 0
    for group in function.law.groups {
      powers.next(short: &short, reached: &reached)
      for _ in 0..<group.classCount {
        used += 1
        for k in stride(from: min(used, top), through: 0, by: -1) {
          if function.side == .atLeast {
            step(k, isNew: k == used, rare: short, other: reached)
          } else {
            step(k, isNew: k == used, rare: reached, other: short)
          }
        }
      }
    }
    // A sum of midpoints, its error beside it.
    result.set(0)
    var error = Magnitude.zero
    for box in states { error = error + result.addMidpoint(of: box.ball) }
    result.widen(by: error)
  }

  /// p_k = p_k other + p_(k-1) rare.
  private func step(
    _ k: Int, isNew: Bool, rare: borrowing ComplexBall, other: borrowing ComplexBall
  ) {
    if isNew {
      states[k].ball.set(states[k - 1].ball)
      states[k].ball.multiply(by: rare, scratch)
      return
    }
    states[k].ball.multiply(by: other, scratch)
    guard k > 0 else { return }
    term.set(states[k - 1].ball)
    term.multiply(by: rare, scratch)
    states[k].ball.add(term)
  }
}
