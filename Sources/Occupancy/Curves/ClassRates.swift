// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The mean numbers of draws l_c = r w_c/M of all classes on the circle of radius r, to a hundred bits, and what
/// follows from them for one circle.
struct ClassRates {
  /// Classes of one weight.
  struct Group {
    let count: Int
    /// l, rounded: within u.
    let rate: Double
    /// What the rounding lost: the true l is rate + rest, |rest| <= u l, with 52 bits of it known.
    let rest: Double
  }

  /// The weights that have room in 128 bits.
  struct Law {
    let groups: [(weight: Int, count: Int)]
    let total: Int
    let classCount: Int

    /// nil for laws with weights of 2^39 or more, or with too many classes.
    init?(_ law: LabelLaw) {
      guard let total = law.total.int, total < 1 << 39, law.classCount <= UniformSaddle.classLimit
      else { return nil }
      self.total = total
      classCount = law.classCount
      groups = law.groups.map { ($0.weight.int ?? total, $0.classCount) }
    }
  }

  let radius: Double
  let groups: [Group]

  /// - Parameter radius: r, exactly this number, at least 1.
  init(_ law: Law, radius: Double) {
    self.radius = radius
    let total = Double(law.total)
    groups = law.groups.map { weight, count in
      let rate = radius * Double(weight) / total
      // r w - rate M in units of rate's last place, which is not above that of r: exact, below 2^94.
      let scale = 52 - Int(rate.exponent)
      let difference =
        FixedPoint.scaled(radius, times: weight, scale: scale)
        - FixedPoint.scaled(rate, times: law.total, scale: scale)
      let unit = Double(sign: .plus, exponent: -scale, significand: 1)
      return Group(count: count, rate: rate, rest: FixedPoint.double(difference) * unit / total)
    }
  }
}
