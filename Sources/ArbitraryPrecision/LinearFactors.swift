// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone.

/// A product of powers (a_1 + b_1 y)^(k_1) (a_2 + b_2 y)^(k_2) ... at one |y| <= 1 after another.
///
/// Factors of one exponent are multiplied out, up to eight at a time: a block of d takes d products
/// at one y, and as many more as its exponent has bits that are set, which d factors would take
/// each. Multiplying out takes d^2 products, once for all y.
///
/// Only midpoints are computed so, and one bound serves a block at all y. What multiplies out stores
/// every product and sum within a factor of 1 + v of it, v = u/(1 - u), two for each factor, so that
/// with P = prod_i (|a_i| + |b_i|) the stored |c_k| are at most P (1 + v)^(2d) together. Let e be what
/// an a_i or b_i errs by at most, e_y the same for y and y^2, and f = e_y/(1 - e_y), so that a stored
/// |y| is at most 1 + f. In units of P (1 + f)^d the polynomial of what is stored is off by at most
/// (1 + e)^d (1 + e_y)^d (1 + v)^(2d) - 1, and its evaluation by (1 + v)^(2d) ((1 + v)^(5d) - 1)
/// (`setValue`): together, as A (B - 1) <= A B - 1 for A, B >= 1, by no more than
///
///     P ((1 + e)^d (1 + f)^(2d) (1 + v)^(7d) - 1).
@_spi(Arithmetic) public final class LinearFactors<Number: RigorousComplex & ~Copyable> {
  /// Factors that are multiplied out: which, and where their coefficients begin.
  @usableFromInline
  struct Block {
    @usableFromInline let indices: ArraySlice<Int>
    @usableFromInline let first: Int
    /// P.
    @usableFromInline var size = Magnitude.zero
    @usableFromInline var error = Magnitude.zero

    @inlinable
    init(indices: ArraySlice<Int>, first: Int) { (self.indices, self.first) = (indices, first) }
  }

  @usableFromInline var blocks: [Block] = []
  @usableFromInline let coefficients: BallVector<Number>
  @usableFromInline let product: GroupProduct<Number>
  @usableFromInline let value: BallBox<Number>
  @usableFromInline let scratch: Number.Scratch
  /// v.
  @usableFromInline let rounding: RelativeError

  /// - Parameters:
  ///   - exponents: k_1, k_2, ..., at least 1 each.
  ///   - pointCount: How many y there are for the same factors.
  @inlinable
  public init(exponents: [Int], pointCount: Int, precision: Int) {
    var (first, powers) = (0, [Int]())
    let degree = LinearFactorBlocks.degree(pointCount: pointCount)
    let indices = Dictionary(grouping: exponents.indices) { exponents[$0] }
    // In one order, on which the last bits depend.
    for (exponent, all) in indices.sorted(by: { $0.key < $1.key }) {
      for start in stride(from: 0, to: all.count, by: degree) {
        let block = Block(indices: all[start..<min(start + degree, all.count)], first: first)
        blocks.append(block)
        powers.append(exponent)
        first += block.indices.count + 1
      }
    }
    coefficients = BallVector(count: first, precision: precision)
    product = GroupProduct(exponents: powers, precision: precision)
    value = BallBox(precision: precision)
    scratch = Number.makeScratch(precision: precision)
    rounding = Number.rounding(precision: precision).ofReciprocal
  }

  /// Begins with other factors.
  ///
  /// - Parameters:
  ///   - constants: a_1, a_2, ...
  ///   - slopes: b_1, b_2, ...
  ///   - error: e_y, of y and of y^2.
  @inlinable
  public func begin(
    _ constants: borrowing BallVector<Number>, _ slopes: borrowing BallVector<Number>,
    error pointError: RelativeError
  ) {
    for position in blocks.indices {
      let (indices, first) = (blocks[position].indices, blocks[position].first)
      var (size, worst) = (Magnitude(1), RelativeError.exact)
      for (degree, i) in indices.enumerated() {
        size = size * (constants[i].size + slopes[i].size)
        worst = max(worst, constants[i].error, slopes[i].error)
        if degree == 0 {
          coefficients[first].set(constants[i])
          coefficients[first + 1].set(slopes[i])
        } else {
          multiplyOut(first..<first + degree + 1, constants[i], slopes[i])
        }
      }
      // Of a coefficient beyond the range of exponents nothing is known.
      for j in 0...indices.count where coefficients[first + j].error.bound > 1 {
        worst = .unbounded
      }
      var error = worst.compounded(pointError.ofReciprocal, pointError.ofReciprocal)
      for _ in 0..<7 { error = error.compounded(rounding) }
      let all = indices.reduce(RelativeError.exact) { sum, _ in sum.compounded(error) }
      (blocks[position].size, blocks[position].error) = (size, size * all)
    }
  }

  /// Multiplies the polynomial of some coefficients by a + b y.
  @inlinable
  func multiplyOut(_ range: Range<Int>, _ constant: borrowing Number, _ slope: borrowing Number) {
    coefficients[range.upperBound].set(coefficients[range.upperBound - 1])
    coefficients[range.upperBound].multiply(by: slope, scratch)
    for j in range.dropFirst().reversed() {
      coefficients[j].multiply(by: constant, scratch)
      value.ball.set(coefficients[j - 1])
      value.ball.multiply(by: slope, scratch)
      coefficients[j].addRounded(value.ball)
    }
    coefficients[range.lowerBound].multiply(by: constant, scratch)
  }

  /// Sets `result` to the product at y.
  ///
  /// - Parameter square: y^2.
  @inlinable
  public func evaluate(
    at y: borrowing Number, square: borrowing Number, into result: inout Number
  ) {
    product.begin()
    for block in blocks {
      value.ball.setValue(
        of: coefficients, block.first...block.first + block.indices.count, at: y, square: square,
        size: block.size, error: block.error, scratch)
      product.multiply(by: value.ball)
    }
    product.finish(into: &result)
  }
}

/// The blocks of a `LinearFactors`, and what they cost.
@_spi(Arithmetic) public enum LinearFactorBlocks {
  /// The largest degree for so many y: multiplying out then takes less than it saves.
  @inlinable
  static func degree(pointCount: Int) -> Int {
    max(1, min(8, Int(Double(pointCount / 2).squareRoot())))
  }

  /// Products for all y, about; one that a sum goes with counts as one and a half.
  public static func work(exponents: [Int], pointCount: Int) -> Double {
    let degree = degree(pointCount: pointCount)
    let counts = exponents.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let powers = counts.reduce((exponents.max() ?? 1).bitLength) {
      $0 + ($1.value + degree - 1) / degree * $1.key.nonzeroBitCount
    }
    let each = 1.5 * Double(exponents.count) + Double(powers)
    return Double(pointCount) * each + 1.5 * Double(exponents.count * (degree - 1))
  }
}
