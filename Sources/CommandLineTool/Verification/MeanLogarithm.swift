// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// A function g of y >= 0 and x >= 0, a mean of logarithms of sums that are linear in both, and so
/// concave, with a bound of what its values err by.
protocol MeanLogarithm: Sendable {
  func value(y: Double, x: Double) -> (value: Double, error: Double)

  /// Whether g(y, 0) is a constant and a multiple of ln(1 + y), as it is for one negative.
  var isLogarithmic: Bool { get }
}

/// A sum of many numbers, with what each addition rounds off added to the next (W. Kahan, *Further
/// remarks on reducing truncation errors*, CACM 8, 1965): it errs by 3 u of the sum of the sizes.
struct CompensatedSum {
  private(set) var value = 0.0
  private var lost = 0.0

  @inline(__always)
  mutating func add(_ term: Double) {
    let corrected = term - lost
    let next = value + corrected
    lost = (next - value) - corrected
    value = next
  }
}

/// g = E ln(1 + m + n y + (K - m - n) x), (m, n, rest) ~ Multinomial(K; own, other, rest), as an
/// integral.
///
/// With 1/X = int e^-sX ds, ln X = int (e^-s - e^-sX) ds/s, and E e^-sX = e^-s (1 - q)^K with q =
/// own (1 - e^-s) + other (1 - e^-sy) + rest (1 - e^-sx). In u = ln s the trapezoidal rule of step
/// h = 1/4 serves, with the functions of the C library: nothing is shared with the kernel that
/// certificates are found with.
///
/// * The rule errs by at most 2 g/(cos a (e^(2 pi a/h) - 1)) for every angle a below pi/2, since on
///   the ray arg s = a the integral of the size of the integrand is at most g/cos a: below 9 u g, u
///   = 2^-53, at a = pi/2 - h/(2 pi).
/// * Below s1 a term is A s, A = K (own + other y + rest x), but for at most 2 K M s of it, M =
///   max(1, x, y). There the sum of the geometric series stands for the nodes, h A s1/(e^h - 1), to
///   within 2 (K M s1)^2 <= 2^-55. Nodes from 44 on are at most e^-s h, in all 2^-62.
/// * The functions err by at most 2 u each, one unit in the last place (GNU C Library manual, Known
///   Maximum Errors in Math Functions). A relative error of a, of q and of ln(1 - q) makes one of 1
///   - e^-a, ln(1 - q) and 1 - (1 - q)^K that is no larger. So q errs by 7 u: share, product,
///   function and product, and two sums. The logarithm, its product with K, the power, the
///   exponential and the last product make it 15 u, and the compensated sum 18 u. What a node errs
///   by, 2 u, moves e^-s by 2 u s, 2 u in the sum.
struct PairIntegral: MeanLogarithm {
  let (own, other, rest): (Double, Double, Double)
  let negatives: Int

  var isLogarithmic: Bool { negatives == 1 }

  init(own: Rational, other: Rational, negatives: Int) {
    (self.own, self.other) = (own.double, other.double)
    let left = 1 - own - other
    rest = left.signum > 0 ? left.double : 0
    self.negatives = negatives
  }

  func value(y: Double, x: Double) -> (value: Double, error: Double) {
    if negatives == 0 { return (0, 0) }
    let k = Double(negatives)
    let first = -(28 * 0.6932 + log(k * max(1, x, y)))
    var sum = CompensatedSum()
    var node = (first * 4).rounded(.down)
    // The nodes before the first; e^h - 1, and h is a factor of the sum.
    sum.add(k * (own + other * y + rest * x) * exp(node / 4) / 0.284_025_416_687_741_48)
    while node < 15.2 {
      let s = exp(node / 4)
      let q = -(own * expm1(-s) + other * expm1(-s * y) + (x > 0 ? rest * expm1(-s * x) : 0))
      sum.add(-exp(-s) * expm1(k * log1p(-min(1, q))))
      node += 1
    }
    let value = sum.value / 4
    return (value, value * 28 * 0x1p-53 + 0x1p-51)
  }
}

/// g = E ln(1 + m + n y), n replaced by min(n, m + 1) if it is capped, as a sum over the pairs (m,
/// n) that are not negligible.
///
///     with replacement    (m, n, rest) ~ Multinomial(K; own, other, rest) of M
///     without             the same of K items of M - 1, w_c - 1 of them own
struct PairTable: MeanLogarithm {
  private struct Row {
    let m: Double
    let first: Double
    let chance: Double
    /// Steps from the most probable m.
    let distance: Double
    /// The law of n given m, and the index of its most probable number.
    let weights: Range<Int>
    let mode: Int
  }

  private var rows: [Row] = []
  private var weights: [Double] = []
  /// The probability of what is left out, and ln(1 + K).
  private var left = 0.0
  private let most: Double
  private let cap: Bool
  let isLogarithmic: Bool

  /// The most pairs: a tenth of a second for each hundred values.
  private static let pairLimit = 1 << 19
  /// What may be left out on either side of a law, relative to its largest weight.
  private static let tail = 0x1p-56

  /// - Parameters:
  ///   - own, other: The items of the anchor's class and of the other, of `total`.
  /// - Returns: Nil if there are too many pairs.
  init?(
    own: Int, other: Int, total: Int, isIndependent: Bool, negatives k: Int, isCapped: Bool
  ) {
    (cap, isLogarithmic) = (isCapped, k == 1)
    most = log1p(Double(k))
    let law =
      isIndependent
      ? Law.binomial(k, own, total - own) : Law.hypergeometric(k, own - 1, total - own)
    let marginal = Weights(law)
    let spread = Double(marginal.values.count)
    guard spread * spread < 4 * Double(Self.pairLimit) else { return nil }
    left = 2 * marginal.left
    for (index, chance) in marginal.values.enumerated() {
      let m = marginal.first + index
      let others =
        isIndependent
        ? Law.binomial(k - m, other, total - own - other)
        : Law.hypergeometric(k - m, other, total - own - other)
      let inner = Weights(others)
      guard weights.count + inner.values.count <= Self.pairLimit else { return nil }
      left += 2 * chance * inner.left
      rows.append(
        Row(
          m: Double(m), first: Double(inner.first), chance: chance,
          distance: Double(abs(index - marginal.mode)),
          weights: weights.count..<weights.count + inner.values.count,
          mode: inner.mode))
      weights += inner.values
    }
  }

  /// A weight i steps from the mode has i ratios of three roundings and i products: it errs by 5 i
  /// u of itself at most, to which normalising adds no more than the mean of these, the same for
  /// all. Since that leaves the weights with the sum 1, their errors count with the distance of a
  /// logarithm from one of them only, that at the mode: 2 times the mean of 5 i u |f_i - f|.
  ///
  /// Besides, a logarithm errs by a unit of itself and its argument by 3 u of it, and compensated
  /// sums by 3 u of the sizes of their terms.
  func value(y: Double, x: Double) -> (value: Double, error: Double) {
    // At the most probable pair.
    let centre = rows.first { $0.distance == 0 }.map { logarithm($0, $0.mode, y) } ?? 0
    var (sum, drift) = (CompensatedSum(), 0.0)
    for row in rows {
      let inRow = logarithm(row, row.mode, y)
      var (part, bend) = (CompensatedSum(), 0.0)
      for i in 0..<row.weights.count {
        let f = logarithm(row, i, y)
        let weight = weights[row.weights.lowerBound + i]
        part.add(weight * (f - inRow))
        bend += weight * abs(f - inRow) * Double(abs(i - row.mode))
      }
      let mean = inRow + part.value
      sum.add(row.chance * (mean - centre))
      drift += row.chance * (bend + abs(mean - centre) * row.distance)
    }
    let value = centre + sum.value
    let errors = 12 * 0x1p-53 * drift + left * (most + log1p(y)) + 16 * 0x1p-53 * (abs(value) + 1)
    return (value, errors)
  }

  @inline(__always)
  private func logarithm(_ row: Row, _ i: Int, _ y: Double) -> Double {
    let n = row.first + Double(i)
    return log(1 + row.m + (cap ? min(n, row.m + 1) : n) * y)
  }

  /// A law of a number of successes.
  private enum Law {
    case binomial(Int, Int, Int)
    case hypergeometric(Int, Int, Int)

    var support: ClosedRange<Int> {
      switch self {
      case .binomial(let k, let hits, let misses):
        misses == 0 ? k...k : hits == 0 ? 0...0 : 0...k
      case .hypergeometric(let k, let hits, let misses):
        max(0, k - misses)...min(k, hits)
      }
    }

    /// P(i + 1)/P(i).
    func ratio(_ i: Int) -> Double {
      switch self {
      case .binomial(let k, let hits, let misses):
        Double(k - i) * Double(hits) / (Double(i + 1) * Double(misses))
      case .hypergeometric(let k, let hits, let misses):
        Double(k - i) * Double(hits - i) / (Double(i + 1) * Double(misses - k + i + 1))
      }
    }
  }

  /// Probabilities around the most probable number, multiplied up from there.
  private struct Weights {
    var first: Int
    var values: [Double]
    var mode: Int
    /// At most what is left out.
    var left = 0.0

    init(_ law: Law) {
      let support = law.support
      // The first number whose successor is no more probable, by bisection: ratios fall.
      var (low, high) = (support.lowerBound, support.upperBound)
      while low < high {
        let middle = low + (high - low) / 2
        if law.ratio(middle) > 1 { low = middle + 1 } else { high = middle }
      }
      var rest = 0.0
      func side(_ step: Int, _ last: Int) -> [Double] {
        var (weights, weight, i) = ([Double](), 1.0, low)
        while i != last {
          let ratio = step > 0 ? law.ratio(i) : 1 / law.ratio(i - 1)
          weight *= ratio
          i += step
          // Ratios fall to the outside: what follows is at most weight/(1 - ratio) together.
          if ratio < 0.99, weight < PairTable.tail * (1 - ratio) {
            rest += 1.01 * weight / (1 - ratio)
            break
          }
          weights.append(weight)
        }
        return weights
      }
      let (up, down) = (side(1, support.upperBound), side(-1, support.lowerBound))
      (first, mode) = (low - down.count, down.count)
      values = down.reversed() + [1] + up
      var sum = CompensatedSum()
      for value in values { sum.add(value) }
      let total = sum.value
      for index in values.indices { values[index] /= total }
      left = rest / total
    }
  }
}
