// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension WaitingPlan {
  /// The half-width a of the strip in which the integrands are bounded, and the step it allows.
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
  /// second, so with z = t e^(ia), k = cos a, M <= int |1 - P| dt and int 2t |1 - P| dt. The number of
  /// classes C alone bounds |1 - P(z)|, P(z) = prod_c (1 - e^(-r_c z)), r_c >= 1:
  ///
  /// * |1 - e^(-rz)|^2 = 1 + e^(-2x) - 2 e^(-x) cos y <= 1 + K with x = r t cos a, y = x tan a and
  ///   K = sup over y > 0 (`excess`), so |1 - P| <= 1 + e^b, b = (C/2) ln(1 + K): used for
  ///   t <= L/k, L = ln C.
  /// * |1 - P| <= prod_c (1 + e^(-r_c t k)) - 1 <= e^F - 1 <= (e-1) F, F = C e^(-kt), where F <= 1:
  ///   used for t >= L/k.
  ///
  /// So M_1 <= (L (1 + e^b) + e-1)/k and M_2 <= (L^2 (1 + e^b) + 2(e-1)(L+1))/k^2.
  /// Both ends: |1 - P| <= 1 + 2^C at the lower one, (e-1)F at the upper one.
  struct Strip {
    /// h.
    let step: Double
    /// ln C.
    let logCount: Double
    /// ln of the bound of the aliasing error, for both moments.
    let logAlias: (first: Double, second: Double)

    /// The strip with the largest step for an aliasing error of e^-nats.
    static func best(classCount: Double, nats: Double) -> Strip {
      var (best, width) = (0.0, 0.5)
      for i in 1...40 {
        let a = Double(i) * 0.0385
        let step = step(classCount, a, nats)
        if step > best { (best, width) = (step, a) }
      }
      return Strip(classCount: classCount, width: width, step: best)
    }

    private static func step(_ count: Double, _ a: Double, _ nats: Double) -> Double {
      let logs = logIntegrals(count, a)
      return 2 * Double.pi * a / (nats + 1 + max(logs.0, logs.1))
    }

    private init(classCount: Double, width a: Double, step h: Double) {
      step = h
      logCount = log(classCount) + 0x1p-40
      let logs = Self.logIntegrals(classCount, a)
      // 1/(e^y - 1) <= e^(-y) (1 + 2 e^-y) for y >= 1; the plan has y > 20. The three operations for y
      // err by less than 2^-50 of it, ln(1 + 2e^-20) < 2^-20.
      let decay = 2 * Double.pi * a / h * (1 - 0x1p-48)
      logAlias = (logs.first - decay + 0x1p-20, logs.second - decay + 0x1p-20)
    }

    /// ln 2M_1 and ln 2M_2, rounded up.
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
}
