// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The least sum_c rho_c f_c(u_c) under sum_c rho_c u_c = -S, f_c(u) = ln(1 + (1/rho_c - 1)
/// e^(u/(1-rho_c))), between a dual and a primal value.
///
/// With p_c the share of the others in 1 + their sum, f_c' = p_c/(1 - rho_c) = theta for all c at
/// the optimum. theta is found by Newton's method, and proves nothing:
///
///     dual:    sum_c rho_c b_c - theta S, b_c the intercept of the tangent of f_c of slope theta,
///              which lies below it: at most the optimum, by summation;
///     primal:  sum_c rho_c f_c(u_c) at points u_c of the right mean: at least the optimum.
///
/// Both err by the square of what theta does.
struct WeightedSpread {
  /// theta.
  let slope: Double
  /// The optimum.
  let bounds: Interval

  init?(_ setting: BoundSetting, spread: Interval) {
    let precision = spread.precision
    let classes = setting.sizes.groups.map {
      (rho: Rational($0.size, setting.total), share: setting.share($0))
    }
    let parts = classes.map { (rho: $0.rho.double, share: $0.share.double) }
    let goal = -spread.double
    /// u_c where f_c' is theta: p/(1-p) = (1/rho - 1) e^(u/(1-rho)).
    func contact(_ theta: Double, _ rho: Double) -> Double {
      let p = theta * (1 - rho)
      return (1 - rho) * log(p / (1 - p) * rho / (1 - rho))
    }
    // In z = ln(theta/(most - theta)) the mean of the contacts grows, with a slope of about 1 -
    // rho.
    let most = 1 / (1 - (parts.map(\.rho).min() ?? 0))
    var z = 0.0
    for _ in 0..<200 {
      let theta = most / (1 + exp(-z))
      var (mean, growth) = (-goal, 0.0)
      for part in parts {
        let p = theta * (1 - part.rho)
        mean += part.share * contact(theta, part.rho)
        growth += part.share * (1 - part.rho) * (1 - theta / most) / (1 - p)
      }
      let step = mean / growth
      guard step.isFinite else { return nil }
      z -= max(-20, min(20, step))
      if abs(step) < 1e-15 * max(1, abs(z)) { break }
    }
    let theta = most / (1 + exp(-z)) * (1 - 0x1p-50)
    guard theta > 0, theta.isFinite else { return nil }
    slope = theta
    let exact = Real(theta).rational
    var dual = -(spread * exact)
    var points: [Interval] = []
    var mean = Interval(0, precision)
    for (rho, share) in classes {
      let p = exact * (1 - rho)
      guard p.signum > 0, p < 1 else { return nil }
      let (hit, miss) = (Interval(p, precision), Interval(1 - p, precision))
      let odds = Interval((1 - rho) / rho, precision).logarithm
      let entropy = hit.logarithm * p + miss.logarithm * (1 - p)
      dual = dual + (odds * p - entropy) * share
      let u = (hit.logarithm - miss.logarithm - odds) * (1 - rho)
      points.append(u)
      mean = mean + u * share
    }
    let shift = spread + mean
    var primal = Interval(0, precision)
    for ((rho, share), u) in zip(classes, points) {
      let scores = ((u - shift) * (1 / (1 - rho))).exponential * ((1 - rho) / rho)
      primal = primal + scores.logarithmOfOnePlus * share
    }
    bounds = dual.joined(with: primal)
  }
}
