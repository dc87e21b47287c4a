// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The numbers N_n(0), ..., N_n(C) of a recurrence of positive terms, as that of Stirling numbers of
/// the second kind:
///
///     N_0(0) = 1,   N_(t+1)(j) = s_j(t) N_t(j) + m_j N_t(j-1),
///     s_j(t) = j w + W, or j w + W - t and at least 0,   m_j = (C - j + 1) w.
///
/// Nothing cancels. The lowest states are soon known for all steps to come: see `states`.
package struct PositiveRecurrence: Sendable {
  /// C.
  package let stateCount: Int
  /// w and W.
  private let weight, free: Int
  /// Whether s falls by one each step.
  private let isFalling: Bool

  /// - Precondition: C and w are at least 1, W at least 0, and C w + W fits.
  package init(stateCount: Int, weight: Int, free: Int, isFalling: Bool) {
    precondition(stateCount >= 1 && weight >= 1 && free >= 0, "states and positive terms")
    self.stateCount = stateCount
    self.weight = weight
    self.free = free
    self.isFalling = isFalling
  }

  /// N_n(j) for j = 0...min(n, C), to a relative width of at most 2^-precision.
  package func states(stepCount n: Int, precision: Int) -> [Enclosure] {
    let working = Self.workingPrecision(n, precision)
    let isFixed = working <= PositiveWord.precision
    // Two roundings an update, and one for the term that is left out where a state is known.
    let error = RelativeError.roundings(
      3 * n, precision: isFixed ? PositiveWord.precision : working)
    let count = min(n, stateCount) + 1
    let known =
      isFixed
      ? states(n, in: WordStates(count: count)) : states(n, in: LongStates(count, working))
    return known.enumerated().map { j, state in
      // Exactly: words have 128 bits.
      var center = Accumulator(precision: max(working, 128))
      center.set(state.value, rounding: .nearest)
      let rest = product(stay(j, state.step), n - state.step, precision: working)
      return Enclosure(center: center, radius: Magnitude(state.value) * error)
        .multiplied(by: rest.enclosure(), precision: working)
    }
  }

  /// What k steps multiply by that all stay: s^k, or s (s-1) ... (s-k+1).
  package func product(_ s: Int, _ k: Int, precision: Int) -> RealBall {
    if isFalling { return Factorials.falling(s, k, precision: precision) }
    var power = RealBall(s, precision: precision)
    power.formPower(k)
    return power
  }

  /// 3n errors of 2^-working each and 2n of a power, and somewhat less than another 0.01 of that: log2
  /// n + 4 extra bits keep the relative width below 2^-precision.
  private static func workingPrecision(_ n: Int, _ precision: Int) -> Int {
    precision + 4 + n.bitLength
  }

  /// The most that words give.
  package static func wordPrecision(stepCount n: Int) -> Int {
    PositiveWord.precision - workingPrecision(n, 0)
  }

  // MARK: - Cost

  /// About how long `states` takes.
  package func seconds(stepCount n: Int, precision: Int) -> Double {
    let bits = Double(Self.workingPrecision(n, precision))
    return updates(n, bits: max(bits, Double(PositiveWord.precision)))
      * OperationCost.recurrence(bits: bits)
  }

  /// How many updates of a state there are, about: one for each step until it is known, after a time
  /// proportional to s = jw + W, as what comes from state j - 1 falls like ((s - w)/s)^n, or binom(s
  /// - w, n)/binom(s, n).
  private func updates(_ n: Int, bits: Double) -> Double {
    let (states, steps) = (Double(min(n, stateCount)), Double(n))
    let decay = bits * ln2 / Double(weight)
    let time = isFalling ? -expm1(-decay) : decay
    let first = time * Double(free)
    let last = time * (states * Double(weight) + Double(free))
    let known = min(states, max(0, states * (steps - first) / (last - first)))
    // In the first steps there are fewer states.
    return known * (first + min(steps, last)) / 2 + (states - known) * steps - states * states / 2
  }

  // MARK: - Steps

  /// N_step(j), after which state j is known.
  private typealias State = (value: Real, step: Int)

  /// m_j, of which there are C: C + 1 states may be beyond machine integers.
  private func move(_ j: Int) -> Int { (stateCount - (j - 1)) * weight }

  /// s_j(t).
  private func stay(_ j: Int, _ t: Int) -> Int {
    max(0, j * weight + free - (isFalling ? t : 0))
  }

  /// All states after n steps, or after as many as they are known by: from then on what comes to
  /// them is less than 2^-bits of what stays, and is left out.
  ///
  /// R_j(t) = m_(j+1) N_t(j) / s_(j+1)(t) N_t(j+1) is what comes to state j + 1 in units of what
  /// stays there. As N_(t+1)(j) = s_j(t) N_t(j) (1 + R_(j-1)(t)), N_(t+1)(j+1) >= s_(j+1)(t)
  /// N_t(j+1) and s_j(t) <= s_(j+1)(t+1),
  ///
  ///     R_j(t+1) <= R_j(t) (1 + R_(j-1)(t)).
  ///
  /// Nothing comes to state 0. So from j = 0 upward, once R_j(t) <= 2^-(bits+1) it is at most
  /// 2^-(bits+1) (1 + 2^-bits)^n < 2^-bits for all t to come: state j has served. (Where s_(j+1)(t+1)
  /// is 0, s_j(t) is too, and nothing comes any more.)
  private func states<Numbers: RecurrenceStates & ~Copyable>(
    _ n: Int, in numbers: consuming Numbers
  ) -> [State] {
    let last = min(n, stateCount)
    var known: [State] = []
    var step = 0
    while step < n, known.count < last {
      let first = known.count
      let top = min(step + 1, last)
      numbers.update(from: top, to: first, stay: stay(top, step), move: move(top), weight)
      numbers.multiply(first, by: stay(first, step))
      step += 1
      while known.count < last, hasServed(known.count, step, numbers) {
        known.append((numbers.value(known.count), step))
      }
    }
    return known + (known.count...last).map { (numbers.value($0), step) }
  }

  /// Whether R_j <= 2^-(bits+1): N errs by less than 2^-4 of itself here, so that R is less than
  /// twice what is computed.
  private func hasServed<Numbers: RecurrenceStates & ~Copyable>(
    _ j: Int, _ step: Int, _ numbers: borrowing Numbers
  ) -> Bool {
    // 2^(size-1) <= N < 2^size, and likewise for the factors.
    guard let here = numbers.size(j) else { return true }
    guard let next = numbers.size(j + 1) else { return false }
    let stay = stay(j + 1, step)
    let most = here + move(j + 1).bitLength
    return stay > 0 && most + numbers.bits + 2 <= next - 1 + stay.bitLength - 1
  }
}

/// The N_t(j) of all j in some arithmetic, for one t after another.
private protocol RecurrenceStates: ~Copyable {
  /// What a rounding errs by, -log2 of it.
  var bits: Int { get }
  /// x[j] <- a x[j] + b x[j-1], rounded twice, from a state down to above another, so that x[j-1] is
  /// still that of the step before; a and b are those of the first, and at the next one a is smaller
  /// by w, but not below 0, and b larger.
  mutating func update(from top: Int, to first: Int, stay a: Int, move b: Int, _ w: Int)
  /// x[j] <- a x[j], rounded.
  mutating func multiply(_ j: Int, by a: Int)
  /// The binary exponent, nil for zero.
  func size(_ j: Int) -> Int?
  func value(_ j: Int) -> Real
}

/// Words, rounded down.
private struct WordStates: RecurrenceStates {
  private var words: [PositiveWord]

  /// 1, 0, ..., 0.
  init(count: Int) {
    words = Array(repeating: PositiveWord(0), count: count)
    words[0] = PositiveWord(1)
  }

  var bits: Int { PositiveWord.precision }
  mutating func update(from top: Int, to first: Int, stay a: Int, move b: Int, _ w: Int) {
    var (a, b) = (a, b)
    unsafe words.withUnsafeMutableBufferPointer { words in
      var (j, x) = (top, unsafe words[top])
      while j > first {
        let before = unsafe words[j - 1]
        x.formRecurrence(a, b, before)
        unsafe words[j] = x
        (j, x, a, b) = (j - 1, before, max(0, a - w), b &+ w)
      }
    }
  }
  mutating func multiply(_ j: Int, by a: Int) { words[j].multiply(by: a) }
  func size(_ j: Int) -> Int? { words[j].binaryExponent }
  func value(_ j: Int) -> Real { words[j].real }
}

/// Numbers of any precision, rounded to nearest.
private struct LongStates: RecurrenceStates, ~Copyable {
  private var numbers: AccumulatorVector
  private let scratch: Accumulator
  let bits: Int

  /// 1, 0, ..., 0.
  init(_ count: Int, _ precision: Int) {
    numbers = AccumulatorVector(count: count, precision: precision)
    numbers.set(0, to: 1)
    scratch = Accumulator(precision: precision)
    bits = precision
  }

  mutating func update(from top: Int, to first: Int, stay a: Int, move b: Int, _ w: Int) {
    for j in stride(from: top, to: first, by: -1) {
      let (stay, move) = (max(0, a - (top - j) * w), b + (top - j) * w)
      numbers.formRecurrence(j, stay: stay, move: move, scratch: scratch, rounding: .nearest)
    }
  }
  mutating func multiply(_ j: Int, by a: Int) { numbers.multiply(j, by: a, rounding: .nearest) }
  func size(_ j: Int) -> Int? { numbers.binaryExponent(j) }
  func value(_ j: Int) -> Real { numbers.value(j) }
}
