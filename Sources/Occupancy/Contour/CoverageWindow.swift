// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Enclosures of v_n, or of 1 - v_n, for n, n + s, n + 2 s, ... from the nodes of one circle.
///
/// F(z_k) does not depend on n: with a_k = F(z_k) e^(-2 pi i k n/N) / m, m near F(r),
///
///     [z^n]F r^n = (m/N) sum_k a_k - (aliasing),   v_n = [z^n]F r^n / W_n,   W_n = r^n [z^n]E,
///
/// and from n to n + s each a_k is turned by e^(-2 pi i k s/N). The circle serves degrees n0 - h...n0 + h, where n0
/// is its saddle point, with N larger by h than for n0 alone: then
///
/// * n + N >= n0 + N0 and n - N <= n0 - N0, so aliasing is at most what is proven for n0 with N0 nodes;
/// * the first node left out lies at no smaller an angle than for n0, and the majorant decreases.
///
/// P(S = n) falls like e^(-x^2/2), x = (n - n0)/sigma: at x = 2.5 by 4.5 bits, which the plan adds.
///
/// Numbers |a_k| <= 1 are 128-bit integers in units of 2^-120. One turn errs by at most 7 units in either
/// part: the difference of two products by 3, doubled by the turn's scale of 2^-127, and the turn itself by
/// 2 of its units: 10 units in size. So t turns of K + 1 nodes, weighted 2, add at most
/// 20 (K + 1) t units to the sum.
///
/// W_n is carried from n to n + 1 by W_(n+1)/W_n = M r/(n+1), or r (M - n)/(n+1): three roundings, each below
/// 2^-124, and the stored 1/(M r) or 1/r lacks less than that: together below 2^-121 for each step.
struct CoverageWindow {
  /// The degree of `next()`.
  private(set) var degree: Int
  private let last: Int
  private let step: Int

  private var real, imaginary: [Int128]
  private let turnReal, turnImaginary: [Int128]
  /// The circle has a node N/2, its own mirror image, as the last one.
  private let endsAtMirror: Bool
  /// m / (N W_n), from below, and what it lacks relatively.
  private var scale: FloatingWord
  private var scaleError: Double
  /// What the sum errs by, in units: on either side, and aliasing on the upper side alone.
  private var sumError: Double
  private let alias: Double
  /// 1/(M r) or 1/r.
  private let inverse: FloatingWord
  /// M without replacement.
  private let items: Int?
  /// sigma of the circle.
  let deviation: Double

  /// One part in 2^120.
  private static let unitBits = 120
  /// -log2 of the errors aimed at.
  private static let bits = 105.0

  /// A circle for degrees from `first` on.
  ///
  /// - Parameters:
  ///   - function: F, or G of the complement.
  ///   - first: The first degree, above the lowest of F.
  ///   - last: The largest degree that is asked for, below the highest of F.
  ///   - step: s.
  ///   - deviation: sigma, if it is known about.
  /// - Returns: nil where the circle would serve few degrees or is too inaccurate.
  init?(
    _ function: some GeneratingFunction, from first: Int, through last: Int, step: Int,
    deviation known: Double? = nil
  ) {
    let law = function.law
    let sigma = known ?? ContourPlan(function, degree: first, bits: 20).deviation
    guard sigma < 0x1p40 else { return nil }
    let half = max(1, Int(2.5 * sigma))
    let end = min(last, first + 2 * half)
    guard (end - first) / step >= 3 else { return nil }
    let plan = ContourPlan(function, degree: first + (end - first) / 2, bits: Self.bits)
    let center = first + (end - first) / 2
    let reach = (end - first) / 2 + 1
    guard plan.nodeCount < 1 << 20, plan.lastNode < 4096 else { return nil }
    let nodeCount = plan.nodeCount + reach
    // At angles no smaller than that of node K0 + 1 of the plan.
    let isWhole = 2 * plan.lastNode >= plan.nodeCount - 1
    let lastNode =
      isWhole
      ? nodeCount / 2
      : min(nodeCount / 2, ((plan.lastNode + 1) * nodeCount + plan.nodeCount - 1) / plan.nodeCount)

    // Powers lose log2 of the degree's bits, see `ContourProbability`; differences more.
    let slope = function.sampling.baseSlope(plan.radius)
    let loss = max(Double(center) / slope, law.scaledTotal, Double(law.classCount))
    let precision =
      Int(Self.bits) + 28 + Int(min(log2(loss), 64)) + law.weightRangeBits
      + ((function as? MissFunction)?.missBits(plan.radius) ?? 0)
    let nodes = CircleNodes(count: nodeCount, degree: first, precision: precision)
    let turns = CircleNodes(count: nodeCount, degree: step, precision: 160)
    let evaluator = function.makeEvaluator(precision: precision)
    var point = ComplexBall(precision: precision)
    var value = ComplexBall(precision: precision)
    var phase = ComplexBall(precision: precision)
    let scratch = ComplexBall.Scratch(precision: precision)
    var (re, im): ([Int128], [Int128]) = ([], [])
    var (turnRe, turnIm): ([Int128], [Int128]) = ([], [])
    var size: Real?
    var error = 0.0
    let unit = exp2(Double(Self.unitBits))
    for k in 0...lastNode {
      if k > 0 {
        nodes.advance()
        turns.advance()
      }
      point.set(nodes.direction)
      point.multiply(by: plan.radius, scratch)
      evaluator.evaluate(point, into: &value)
      phase.set(nodes.phase)
      value.multiply(by: phase, scratch)
      let m = size ?? value.realPart
      size = m
      guard m.signum > 0, m.isFinite,
        let a = Self.word(value.realPart, over: m), let b = Self.word(value.imaginaryPart, over: m)
      else { return nil }
      re.append(a)
      im.append(b)
      // |a_k| <= 1 + its own error; three units for the quotients of both parts.
      let own = value.error.bound
      error += 2 * (own * (1 + 2 * own) * unit + 3)
      guard let c = Self.turn(turns.phase.realPart), let d = Self.turn(turns.phase.imaginaryPart),
        turns.phase.error.bound < 0x1p-128
      else { return nil }
      turnRe.append(c)
      turnIm.append(d)
    }
    // Turning keeps |a_k| <= |x| + |y|: the sum stays below 2^126 units.
    let sizes = zip(re, im).reduce(0) {
      $0 + 2 * FixedPoint.double($1.0.magnitude) + 2 * FixedPoint.double($1.1.magnitude)
    }
    guard let size, error < 0x1p60, sizes < 60 * unit else { return nil }

    // The sum of all a_k is [z^n]F r^n N/m.
    let part = Self.quotient(plan.aliasBound(function, degree: center), by: size)
    let cut = isWhole ? 0 : Self.quotient(plan.cutOffBound(function), by: size)
    alias = part * Double(nodeCount) * unit * (1 + 0x1p-40)
    error += cut * Double(nodeCount) * unit
    sumError = error * (1 + 0x1p-30)
    guard alias < 0x1p60, sumError < 0x1p60 else { return nil }

    var weight = RealBall(precision: precision)
    weight.set(Enclosure(lower: size, upper: size))
    weight.divide(
      by: function.sampling.drawWeight(
        total: law.total, drawCount: first, radius: plan.radius, unit: law.unitExponent,
        precision: precision))
    weight.divide(by: nodeCount)
    // The ball's own error on either side, so that the word is a lower bound; it lacks 2^-120 more.
    let enclosure = weight.enclosure()
    guard enclosure.isWithin(relativePrecision: Int(Self.bits) + 8), enclosure.isPositive,
      let scale = FloatingWord(enclosure.lower)
    else { return nil }
    self.scale = scale
    scaleError = exp2(-(Self.bits + 8)) + 0x1p-119

    var base = RealBall(precision: 200)
    base.set(plan.radius)
    base.value.scale(byPowerOfTwo: -law.unitExponent)
    if function.sampling == .withReplacement {
      base.multiply(by: RealBall(law.total, precision: 200))
    }
    var one = RealBall(1, precision: 200)
    one.divide(by: base)
    let reciprocal = one.enclosure()
    guard reciprocal.isWithin(relativePrecision: 180), reciprocal.isPositive,
      let inverse = FloatingWord(reciprocal.lower)
    else { return nil }
    self.inverse = inverse
    items = function.sampling == .withoutReplacement ? law.itemCount : nil

    (real, imaginary) = (re, im)
    (turnReal, turnImaginary) = (turnRe, turnIm)
    endsAtMirror = 2 * lastNode == nodeCount
    deviation = plan.deviation
    degree = first
    self.last = end
    self.step = step
  }

  /// Whether `next()` has a degree left.
  var isFinished: Bool { degree > last }

  /// The probability of `degree`, after which the next degree is up; nil if its error is not small.
  mutating func next() -> WordEnclosure? {
    var sum: Int128 = 0
    for x in real { sum &+= x }
    sum = sum &* 2 &- real[0]
    if endsAtMirror { sum &-= real[real.count - 1] }
    let result = probability(sum)
    advance()
    return result
  }

  /// sum units, give or take `sumError`, and `alias` less.
  private func probability(_ sum: Int128) -> WordEnclosure? {
    let below = Int128(bitPattern: FixedPoint.word(above: sumError + alias))
    let above = Int128(bitPattern: FixedPoint.word(above: sumError))
    guard sum > below &* 16 else { return nil }
    var low = FloatingWord(UInt128(bitPattern: sum &- below), exponent: -Self.unitBits)
    var high = FloatingWord(UInt128(bitPattern: sum &+ above), exponent: -Self.unitBits)
    low.multiply(by: scale)
    high.multiply(by: scale)
    // What the upper end lacks: the scale's error, and 2^-124 for the product.
    let lack = scaleError * 1.01 + 0x1p-124
    high.raise(by: lack)
    // Twice the errors over the sum bounds the width over the lower end: below <= sum/16.
    let width =
      (2 * sumError + alias + 4) / FixedPoint.double(sum) * 1.1 + 1.1 * lack + 0x1p-123
    return WordEnclosure(lower: low, upper: high, relativeWidth: width)
  }

  private mutating func advance() {
    degree += step
    guard degree <= last else { return }
    for k in real.indices {
      let (a, b, c, d) = (real[k], imaginary[k], turnReal[k], turnImaginary[k])
      // Units of 2^-120 and 2^-127 over 2^128: units of 2^-119.
      real[k] = (FixedPoint.highProduct(a, c) &- FixedPoint.highProduct(b, d)) &<< 1
      imaginary[k] = (FixedPoint.highProduct(a, d) &+ FixedPoint.highProduct(b, c)) &<< 1
    }
    sumError += 20 * Double(real.count)
    for n in (degree - step)..<degree {
      scale.multiply(by: n + 1)
      scale.multiply(by: inverse)
      if let items { scale.divide(by: items - n) }
    }
    scaleError += 0x1p-121 * Double(step)
  }

  // MARK: - Conversions

  /// part/m in units, toward zero: the quotient has 160 bits.
  private static func word(_ part: Real, over m: Real) -> Int128? {
    var quotient = Accumulator(precision: 160)
    quotient.set(part, rounding: .towardZero)
    var divisor = Accumulator(precision: m.precision)
    divisor.set(m, rounding: .nearest)
    quotient.divide(by: divisor, rounding: .towardZero)
    return Real(quotient).word(scale: unitBits)
  }

  /// A part of a turn in units of 2^-127; 1 is one unit too large.
  private static func turn(_ part: Real) -> Int128? {
    if part >= Real(1) { return .max }
    guard let word = part.word(scale: 126) else { return nil }
    return word == 1 << 126 ? .max : word &<< 1
  }

  /// bound/m from above as a `Double`, infinite where it is large.
  private static func quotient(_ bound: Magnitude, by m: Real) -> Double {
    if bound.mantissa == 0 { return 0 }
    guard bound.mantissa.isFinite else { return .infinity }
    var ball = RealBall(precision: 64)
    ball.set(Enclosure(lower: bound.real, upper: bound.real))
    var divisor = RealBall(precision: 64)
    divisor.set(Enclosure(lower: m, upper: m))
    ball.divide(by: divisor)
    let size = ball.magnitude
    if size.exponent > 100 { return .infinity }
    // Below 2^-200 the bound is raised to it.
    return size.mantissa * Double(sign: .plus, exponent: max(size.exponent, -200), significand: 1)
  }
}

/// Bounds of a positive number.
struct WordEnclosure {
  let lower: FloatingWord
  let upper: FloatingWord
  /// At least (upper - lower)/lower.
  let relativeWidth: Double

  var enclosure: Enclosure { Enclosure(lower: lower.real, upper: upper.real) }
}

extension FloatingWord {
  /// Adds at least `part` of the number, and 4 units.
  mutating func raise(by part: Double) {
    // 2^128 part rounded up bounds mantissa part.
    let addend = FixedPoint.word(above: part * 0x1p128) &+ 4
    let (sum, overflow) = mantissa.addingReportingOverflow(addend)
    self =
      overflow
      ? FloatingWord(1 << 127 | (sum >> 1 + 1), exponent: exponent + 1)
      : FloatingWord(sum, exponent: exponent)
  }
}
