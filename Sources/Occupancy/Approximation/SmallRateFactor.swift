// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// C classes on the circle where each is drawn rarely more than once: the logarithm of
/// (h(x)/h(l))^C, h(x) = (e^x - 1)/x, for x = l e^(it), l <= 2, at every angle, without the linear part of
/// its phase.
///
///     ln h(x) = x/2 + sum_(i >= 1) b_i x^(2i),  b_i = B_2i / (2i (2i)!),  |x| < 2 pi,
///
/// so the logarithm is sum_i c_i (e^(i d_i t) - 1) with c_0 = C l/2, d_0 = 1, c_i = C b_i l^(2i), d_i = 2i: real parts
/// -2 c_i sin^2(d_i t/2), imaginary parts less the linear ones c_i (sin(d_i t) - d_i t).
/// As |b_i| <= (pi^2/6) (2 pi)^(-2i) / i and |e^(iu) - 1 - iu| <= 2 + u with u = d_i t <= 2 pi i, a term without
/// its linear phase is at most C 1.65 (l/2 pi)^(2i) (2/i + 2 pi) in size. With (l/2 pi)^2 <= 0.102, terms from
/// i >= 2 on add up to at most C 1.65 1.12 7.29 (l/2 pi)^(2i) <= 13.5 C (l/2 pi)^(2i).
struct SmallRateFactor {
  /// b_1, b_2, ..., correctly rounded.
  private static let coefficients: [Double] = [
    0.041666666666666664, -0.00034722222222222224, 5.5114638447971785e-06,
    -1.033399470899471e-07, 2.08767569878681e-09, -4.403491782239578e-11,
    9.55895466477477e-13, -2.1185501852016142e-14, 4.770034475709914e-16,
    -1.087434349279031e-17, 2.5040921947091955e-19, -5.814360285755218e-21,
    1.3595027075497952e-22, -3.1976847953705525e-24, 7.559841507792277e-26,
    -1.7952470840225633e-27, 4.279919045926073e-29, -1.0238874835181417e-30,
    2.4570353308144855e-32, -5.912556039251575e-34, 1.4263504196386035e-35,
    -3.448761101064296e-37, 8.355995924900409e-39, -2.0284068901347272e-40,
  ]

  /// C l/2, within 2 u.
  private let half: Double
  /// C
  private let count: Double
  /// l^2
  private let square: Double
  /// How many terms after the first are summed.
  private let termCount: Int
  /// What the others add up to at most, in units of u.
  private let remainder: Double

  /// - Parameters:
  ///   - rate: l, 0 < l <= 2, within u.
  ///   - classCount: C.
  init(rate: Double, classCount: Int) {
    count = Double(classCount)
    half = count * rate / 2
    square = rate * rate
    // x/4 pi^2, rounded up.
    let ratio = square * 0.025_330_295_910_585
    var (terms, tail) = (1, 13.5 * count * ratio * ratio)
    while terms < Self.coefficients.count, tail > 0x1p-56 {
      terms += 1
      tail *= ratio
    }
    termCount = terms
    remainder = tail * 0x1p53 * 1.01
  }

  /// The logarithm's real part, and its imaginary part less the linear one.
  ///
  /// Errors in units of u = 2^-53, to first order. c_i errs by (4i + 4) relatively: b_i, 2 i times
  /// l, at most 2 i products and C. With s_i = sin(it) and e_i what it errs by, s_(i+1) = s_i cos t + c_i sin t adds to e_i at
  /// most |sin t| times what the cosine errs by, (3 i + 4) for a product of i unit numbers that each err
  /// by sqrt(5) + 4/i at most, i |sin t| 4 for cos t and 4 |c_i sin t| for sin t, and two products and a sum,
  /// 2 |s_(i+1)|: with |s_i| <= i |sin t| together e_i <= (6 i^2 + 8 i) |sin t|. Then
  ///
  /// * i = 0: versine 9 and 3 of C l/2 (1 - cos t); 28 of its phase.
  /// * i = 1: 2 c_1 sin^2 t: 19 relatively; sin(2t) - 2t: 24, and 12 with c_1 and products.
  /// * i >= 2: 2 c_i s_i^2: relatively 4i + 8 and 4 c_i |s_i| e_i <= c_i 4 i (6 i^2 + 8 i) sin^2 t.
  ///   c_i (2 s_i cos(it) - 2 i t): c_i (2 e_i + 2 |s_i| (3 i + 4) + 6 i t) <= c_i t (12 i^2 + 22 i + 6 i^2 + 8 i),
  ///   and relatively 4i + 8.
  func exponent(_ t: CircleAngle) -> NodeExponent {
    let main = half * t.versine
    let mainPhase = half * t.sineRemainder
    var power = square
    let c1 = count * (Self.coefficients[0] * power)
    let sine2 = t.sine * t.sine
    let first = 2 * c1 * sine2
    let firstPhase = c1 * OddRemainders.sine(2 * t.angle)
    var real = -main - first
    var imaginary = mainPhase + firstPhase
    var error = 12 * main + 28 * abs(mainPhase) + 19 * first + 36 * abs(firstPhase) + remainder
    let cosine = cos(t.angle)
    var (s, c) = (t.sine, cosine)
    for i in 2..<(termCount + 1) {
      (s, c) = (s * cosine + c * t.sine, c * cosine - s * t.sine)
      power *= square
      let factor = count * (Self.coefficients[i - 1] * power)
      let d = Double(i)
      let realTerm = 2 * factor * s * s
      let phaseTerm = factor * (2 * s * c - 2 * d * t.angle)
      real -= realTerm
      imaginary += phaseTerm
      let size = abs(factor)
      error +=
        (4 * d + 8) * (abs(realTerm) + abs(phaseTerm))
        + size * (4 * d * (6 * d * d + 8 * d) * sine2 + t.angle * (18 * d * d + 30 * d))
    }
    // The sums: at most termCount + 1 roundings of numbers no larger than the sums of sizes, of which the
    // first dominates.
    error += Double(termCount + 1) * (main + abs(first) + abs(mainPhase) + abs(firstPhase)) * 1.1
    return NodeExponent(real: real, imaginary: imaginary, error: error)
  }
}
