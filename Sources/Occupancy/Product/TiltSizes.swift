// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Upper bounds of |H(y, z)| = prod_c |1 + y (g^(w_c) - 1)| at one node z and many y = s e^(it), in `Double`
/// arithmetic: they cost a hundredth of H itself.
struct TiltSizes {
  /// s (g^w - 1) for each group, and a bound of what it errs by.
  private struct Term {
    var re = 0.0
    var im = 0.0
    /// ln |1 + y a| from above wherever y is, for terms out of the range of plain arithmetic.
    var fixedLog: Double?
    /// What |1 + y a| may exceed the computed value by.
    var slack = 0.0
    let classCount: Double
  }

  private var terms: [Term]
  private let tilt: Tilt

  init(_ function: OccupancyFunction) {
    tilt = function.tilt
    terms = function.law.groups.map { Term(classCount: Double($0.classCount)) }
  }

  /// Takes g^w - 1 for every group at a new node.
  mutating func set(_ seen: [BallBox]) {
    for (i, box) in seen.enumerated() {
      let (re, im, exponent) = box.ball.approximation
      let shift = exponent + tilt.exponent
      let size = box.ball.size
      // The ball's own error, relative to a.
      let error = box.ball.error.bound
      terms[i].fixedLog = nil
      guard error < 0x1p-20, re.isFinite else {
        terms[i].fixedLog = .infinity
        continue
      }
      if shift > 60 {
        // |1 + ya| <= |ya| (1 + 2^-55)(1 + error), as |ya| >= 2^59: the tilt's significand is at least 1/2.
        let (logSize, logTilt) = (size.approximateLog2 * ln2, tilt.log)
        // The logarithms err by a few units in their last places.
        let rounding = 1e-14 * (abs(logSize) + abs(logTilt)) + 1e-12
        terms[i].fixedLog = logSize + logTilt + 2 * error + rounding
      } else if shift < -60 {
        // |ya| <= 2^-57
        terms[i].fixedLog = 0x1p-56
      } else {
        let scale = Double(sign: .plus, exponent: shift, significand: tilt.significand)
        (terms[i].re, terms[i].im) = (re * scale, im * scale)
        // Parts of up to |scale| err by 2^-51, products with a sine or cosine, each off by 2^-51, and
        // their sums by as much again: below 2^-45 (1 + 2 |scale|) with the rounding of the square root.
        terms[i].slack = (1 + 2 * scale) * (0x1p-45 + error)
      }
    }
  }

  /// At least ln |H(s e^(it), z)|.
  func logBound(tiltAngle t: Double) -> Double {
    let (c, s) = (cos(t), sin(t))
    var (sum, size) = (0.0, 0.0)
    for term in terms {
      var logFactor = 0.0
      if let fixed = term.fixedLog {
        logFactor = fixed
      } else {
        let x = 1 + (term.re * c - term.im * s)
        let y = term.re * s + term.im * c
        logFactor = log((x * x + y * y).squareRoot() + term.slack)
      }
      sum += term.classCount * logFactor
      size += term.classCount * abs(logFactor)
    }
    // A logarithm errs by 2 units in its last place, and each addition by half of one of a partial sum,
    // which is at most `size`.
    return sum + (size + 1) * Double(terms.count + 8) * 0x1p-50
  }

  private var ln2: Double { 0.693_147_180_559_945_3 }
}

extension Magnitude {
  /// A bound of e^x for |x| < 10^15: 2^(x / ln 2), rounded up to a power of two.
  init(exponential x: Double) {
    let exponent = (x * 1.442_695_040_888_963_4).rounded(.up)
    // The product errs by far less than the one that is added.
    self.init(1, exponent: Int(Swift.max(exponent, -1e17)) + 1)
  }
}
