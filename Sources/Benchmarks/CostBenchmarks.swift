// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) import ArbitraryPrecision

/// The operations that `OperationCost` states the time of, from 64 bits to a million.
enum CostBenchmarks {
  static func all() -> [Benchmark] {
    let short = stride(from: 6, through: 14, by: 2).map { 1 << $0 }
    return (6...20).map { integer(bits: 1 << $0) }
      + short.flatMap { [real(bits: $0), complex(bits: $0), recurrence(bits: $0)] } + [word()]
  }

  /// As many operations as take a few milliseconds.
  private static func count(_ bits: Int) -> Int { max(1, 20_000_000 / (bits + 200)) }

  private static func integer(bits: Int) -> Benchmark {
    let count = max(1, count(bits) * 64 / (bits + 64))
    return Benchmark("cost/integer", "bits=\(bits) n=\(count)") {
      let x = Integer(3).power(bits * 10 / 16)
      var y = x
      for _ in 0..<count { y = x * x }
      return "\(y.bitWidth)"
    }
  }

  private static func real(bits: Int) -> Benchmark {
    let count = count(bits)
    return Benchmark("cost/real", "bits=\(bits) n=\(count)") {
      let x = RealBall(Integer(3).power(bits * 10 / 16) + 1, precision: bits)
      var y = RealBall(precision: bits)
      var sum = BallSum(precision: bits)
      for _ in 0..<count {
        y.set(x)
        y.multiply(by: x)
        sum.add(y)
      }
      return "\(sum.enclosure().lower.binaryExponent ?? 0)"
    }
  }

  private static func complex(bits: Int) -> Benchmark {
    let count = count(bits)
    return Benchmark("cost/complex", "bits=\(bits) n=\(count)") {
      products(ComplexBall.self, precision: bits, count)
    }
  }

  private static func word() -> Benchmark {
    let count = 200_000
    return Benchmark("cost/word", "n=\(count)") {
      products(ComplexWord.self, precision: 0, count)
    }
  }

  /// `count` products and sums, one after another.
  private static func products<Number: RigorousComplex & ~Copyable>(
    _ type: Number.Type, precision: Int, _ count: Int
  ) -> String {
    let scratch = Number.makeScratch(precision: precision)
    var z = Number(precision: precision)
    var w = Number(precision: precision)
    var sum = Number(precision: precision)
    z.setRootOfUnity(1, of: 1237)
    w.setRootOfUnity(5, of: 1237)
    sum.set(0)
    for _ in 0..<count {
      z.multiply(by: w, scratch)
      sum.add(z)
    }
    let (re, im, _) = sum.approximation
    return "\(Float(re)) \(Float(im))"
  }

  private static func recurrence(bits: Int) -> Benchmark {
    let count = count(bits)
    return Benchmark("cost/recurrence", "bits=\(bits) n=\(count)") {
      var states = AccumulatorVector(count: 2, precision: bits)
      let scratch = Accumulator(precision: bits)
      states.set(0, to: 1)
      for n in 0..<count {
        states.formRecurrence(1, stay: 3 + n % 2, move: 5, scratch: scratch, rounding: .down)
      }
      return "\(states.values()[1].binaryExponent ?? 0)"
    }
  }
}
