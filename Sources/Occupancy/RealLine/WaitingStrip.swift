// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The step of the trapezoidal rule, and what it errs by.
///
/// **Theorem.** Let f be analytic in |Im u| <= a, real on the real axis, f -> 0 uniformly at both
/// ends of the strip, and M = int |f(u + ia)| du. Then
///
///     |h sum_k f(kh) - int f| <= 2 M / (e^(2 pi a/h) - 1).
///
/// (Poisson: the difference is the sum over m != 0 of the Fourier transform at 2 pi m/h, and moving
/// the line of integration to Im u = +-a bounds it by e^(-2 pi a |m|/h) M. Trefethen & Weideman,
/// *The exponentially convergent trapezoidal rule*, SIAM Review 56 (2014), Theorem 5.1.)
///
/// Here f = z w(z) (1 - P(z)) with z = e^u, |w| <= 1 for the first moment and |w| <= 2|z| for the
/// second, so with z = t e^(ia), k = cos a, M <= int |1 - P| dt and int 2t |1 - P| dt. Two bounds
/// of
/// |1 - P(z)| serve; the one with the larger step is taken.
///
/// **Every class once.** The number of classes C alone bounds it, P(z) = prod_c (1 - e^(-r_c z)),
/// r_c >= 1:
///
/// * |1 - e^(-rz)|^2 = 1 + e^(-2x) - 2 e^(-x) cos y <= 1 + K with x = r t cos a, y = x tan a and
///   K = sup over y > 0 (`excess`), so |1 - P| <= 1 + e^b, b = (C/2) ln(1 + K): used for
///   t <= L/k, L = ln C.
/// * |1 - P| <= prod_c (1 + e^(-r_c t k)) - 1 <= e^F - 1 <= (e-1) F, F = C e^(-kt), where F <= 1:
///   used for t >= L/k.
///
/// So M_1 <= (L (1 + e^b) + e-1)/k and M_2 <= (L^2 (1 + e^b) + 2(e-1)(L+1))/k^2.
/// Both ends: |1 - P| <= 1 + 2^C at the lower one, (e-1)F at the upper one.
///
/// **Any goal.** The time of the m-th draw of class c has a density f that is, up to a constant,
/// t^(m-1) e^(-rt) or (1 - e^(-t/w))^(m-1) e^(-bt), b > 0. At z = t e^(ia), |1 - e^(-z/w)| = |z/w
/// int_0^1 e^(-vz/w) dv| <= (1 - e^(-tk/w))/k, so in both cases |f(z)| <= k^(1-m) f(tk). Along the
/// ray l_c(z) = int_z^inf f and u_c(z) = int_0^z f, so |l_c(z)| <= k^-m l_c(tk) and |u_c(z)| <=
/// k^-m u_c(tk). 1 - P is a sum of products of one of these for every class, so |1 - P(z)| <=
/// k^(-sum m_c) (1 - P(tk)); and
/// |w_1(z)| = w_1(tk), |w_2(z)| <= w_2(tk)/k. So M is at most int k^(-1 - sum m_c) w(tk) (1 -
/// P(tk)) dt, which is k^(-2 - sum m_c) times the integral itself.
struct WaitingStrip {
  /// h, exactly this number.
  let step: Double
  /// What the rule errs by, for both moments.
  let errors: (first: Magnitude, second: Magnitude)
  /// What it errs by besides, relative to the integral.
  let relativeError: Magnitude

  /// The strip with the largest step for an aliasing error of e^-nats.
  init(_ requirement: Requirement, nats: Double) {
    let exponent = Double(requirement.totalCopies + 2)
    let any = Self.best(from: 0.007, to: 1.5) { a in
      2 * Double.pi * a / (nats + 3 - exponent * log(cos(a)))
    }
    let count = Double(requirement.classCount)
    let all =
      requirement.isComplete && requirement.isSingle
      ? Self.best(from: 0.0385, to: 1.54) { a in
        let logs = Self.logIntegrals(count, a)
        return 2 * Double.pi * a / (nats + 1 + max(logs.0, logs.1))
      } : (width: 0, step: 0)
    if all.step > any.step {
      step = all.step
      let logs = Self.logIntegrals(count, all.width)
      let alias = Self.logAlias(all.width, all.step)
      errors = (.exponential(logs.first + alias), .exponential(logs.second + alias))
      relativeError = .zero
    } else {
      step = any.step
      errors = (.zero, .zero)
      let growth = -exponent * log(cos(any.width))
      // ln 2, and the rounding of the terms, which err by less than 2^-40 of their size.
      relativeError = .exponential(
        0.694 + growth * (1 + 0x1p-40) + Self.logAlias(any.width, any.step))
    }
  }

  /// ln of a bound of 1/(e^y - 1), y = 2 pi a/h: e^(-y) (1 + 2 e^-y) for y >= 1, ln(1 + 2 e^-y) <=
  /// 2 e^-y. The three operations for y err by less than 2^-50 of it, and 2^-20 exceeds the
  /// rounding of the rest.
  private static func logAlias(_ a: Double, _ h: Double) -> Double {
    let decay = 2 * Double.pi * a / h
    precondition(decay > 1, "a strip in which the rule converges")
    return -decay * (1 - 0x1p-48) + 2 * exp(-decay) + 0x1p-20
  }

  /// The width with the largest step.
  private static func best(
    from first: Double, to last: Double, _ step: (Double) -> Double
  ) -> (width: Double, step: Double) {
    var best = (width: first, step: 0.0)
    let count = 80
    for i in 0...count {
      // Widths both equidistant and, below a tenth, in ratio.
      let share = Double(i) / Double(count)
      for a in [first + (last - first) * share, first * exp(log(last / first) * share)] {
        let step = step(a)
        if step > best.step { best = (a, step) }
      }
    }
    return best
  }

  /// ln 2M_1 and ln 2M_2 for every class once, rounded up.
  private static func logIntegrals(
    _ count: Double, _ a: Double
  ) -> (first: Double, second: Double) {
    let (l, k) = (log(count) + 0x1p-40, cos(a) * (1 - 0x1p-40))
    let b = count / 2 * log1p(excess(cotangent: k / sin(a))) * (1 + 0x1p-40)
    // 1 + e^b <= 2 e^b; e - 1 < 1.72. The last term exceeds the rounding of the others.
    return (
      b + log(2 * (2 * l + 1.72) / k) + 0x1p-30,
      b + log(2 * (2 * l * l + 3.44 * (l + 1)) / (k * k)) + 0x1p-30
    )
  }

  /// An upper bound of sup over y > 0 of e^(-2x) - 2 e^(-x) cos y, x = y cot a, at least 0.
  ///
  /// For y <= 1 it is negative: e^(-x) <= 1 < 2 cos 1. From 1 to 3.2, past pi, it is bounded
  /// cell by cell, as e^(-x) decreases, and cos y until pi; beyond, by e^(-2x) + 2 e^(-x).
  static func excess(cotangent: Double) -> Double {
    let cells = 160
    var top = 0.0
    var before = exp(-cotangent)
    for i in 1...cells {
      let y = 1 + 2.2 * Double(i) / Double(cells)
      let after = exp(-cotangent * y)
      // No smaller than -1, and rounded down by more than the error of y.
      let cosine = y > 3.14 ? -1 : cos(y) - 0x1p-45
      top = max(top, before * before - 2 * (cosine > 0 ? after : before) * cosine)
      before = after
    }
    top = max(top, before * before + 2 * before)
    return top * (1 + 0x1p-40) + 0x1p-48
  }
}
