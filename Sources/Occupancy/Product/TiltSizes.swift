// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// Upper bounds of prod_c |L_c(z) + y U_c(z)| at one node z and many y = s e^(it), in `Double`
/// arithmetic: they cost a hundredth of the product itself.
struct TiltSizes {
  /// L and s U of a part in units of 2^exponent, one of which is near 1.
  private struct Term {
    var short = (re: 0.0, im: 0.0)
    var reached = (re: 0.0, im: 0.0)
    /// What |L + y U|^2 may exceed the computed value by, in squares of the same units.
    var slack = 0.0
    let classCount: Double
  }

  private var terms: [Term]
  /// The logarithms of the units, each as often as the part has classes, added up with and without
  /// their signs.
  private var logUnits = 0.0
  private var sizeOfUnits = 0.0
  private let tilt: Tilt

  init(_ product: OccupancyProduct, tilt: Tilt) {
    self.tilt = tilt
    terms = product.counts.map { Term(classCount: $0) }
  }

  /// Takes L and U of every part at a new node.
  mutating func set<Number: RigorousComplex & ~Copyable>(
    short: [BallBox<Number>], reached: [BallBox<Number>]
  ) {
    (logUnits, sizeOfUnits) = (0, 0)
    for index in terms.indices {
      let (l, u) = (short[index].ball.approximation, reached[index].ball.approximation)
      let lError = short[index].ball.error.bound
      let uError = reached[index].ball.error.bound
      guard lError < 0x1p-20, uError < 0x1p-20, l.re.isFinite, u.re.isFinite else {
        terms[index].slack = .infinity
        continue
      }
      let isZero = l.re == 0 && l.im == 0
      let uExponent = u.exponent + tilt.exponent
      let exponent = isZero ? uExponent : max(l.exponent, uExponent)
      // Parts of at most 1 in size, the tilt's significand in [1, 2).
      let lUnit = isZero ? 0 : .powerOfTwo(l.exponent - exponent)
      let uUnit = .powerOfTwo(uExponent - exponent) * tilt.significand
      terms[index].short = (l.re * lUnit, l.im * lUnit)
      terms[index].reached = (u.re * uUnit, u.im * uUnit)
      let logUnit = terms[index].classCount * (Double(exponent) * ln2)
      logUnits += logUnit
      sizeOfUnits += abs(logUnit)
      // Approximations err by 2^-51 in each part; products with a sine or cosine, each off by
      // 2^-51, and their sums by as much again: below 2^-45 of the sizes. What is below 2^-1000 of
      // the unit is left out. The square of a size h <= sqrt(2) (l + u) off by s is off by
      // s (2h + s), which has room for its own roundings.
      let off = 2 * lUnit * (0x1p-45 + lError) + 2 * uUnit * (0x1p-45 + uError) + 0x1p-1000
      terms[index].slack = off * (3 * (lUnit + uUnit) + off)
    }
  }

  /// At least ln prod_c |L_c + s e^(it) U_c|.
  func logBound(tiltAngle t: Double) -> Double {
    let (c, s) = (cos(t), sin(t))
    // Squares of single classes are multiplied first: a logarithm takes as long as ten factors.
    var (sum, size, squares) = (0.0, 0.0, 1.0)
    func add(_ classCount: Double, logSquare: Double) {
      sum += classCount * logSquare / 2
      size += classCount * abs(logSquare)
    }
    for term in terms {
      let x = term.short.re + (term.reached.re * c - term.reached.im * s)
      let y = term.short.im + (term.reached.re * s + term.reached.im * c)
      let square = x * x + y * y + term.slack
      if term.classCount == 1 && square > 0x1p-100 {
        squares *= square
        // A square is below 2^5: parts are at most 1 and 2 in size.
        guard squares < 0x1p-800 || squares > 0x1p800 else { continue }
        add(1, logSquare: log(squares))
        squares = 1
      } else {
        add(term.classCount, logSquare: log(square))
      }
    }
    add(1, logSquare: log(squares))
    // A logarithm errs by 2 units in its last place, each product by half of one, the units'
    // logarithms by one of their own, and each addition by half of one of a partial sum.
    return logUnits + sum + (size + sizeOfUnits + 1) * Double(terms.count + 8) * 0x1p-50
  }
}
