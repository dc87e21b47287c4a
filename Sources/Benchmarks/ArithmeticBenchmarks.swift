// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) import ArbitraryPrecision

/// Complex arithmetic of about 120 bits: MPFR's (`ball`) beside that of fixed size (`word`).
enum ArithmeticBenchmarks {
  private static let precision = 127

  static func all() -> [Benchmark] {
    benchmarks("ball", ComplexBall.self) + benchmarks("word", ComplexWord.self)
  }

  private static func benchmarks<Number: RigorousComplex & ~Copyable>(
    _ name: String, _ type: Number.Type
  ) -> [Benchmark] {
    [
      benchmark("arithmetic/product/\(name)", 1_000_000, type) { z, w, t in
        z.multiply(by: w, t)
      },
      benchmark("arithmetic/square/\(name)", 1_000_000, type) { z, w, t in
        z.set(w)
        z.square(t)
      },
      benchmark("arithmetic/sum/\(name)", 1_000_000, type) { z, w, t in
        z.set(w)
        z.add(-1, t)
      },
      benchmark("arithmetic/reciprocal/\(name)", 1_000_000, type) { z, _, t in
        z.formReciprocal(t)
      },
      benchmark("arithmetic/exponential/\(name)", 100_000, type) { z, w, t in
        z.set(w)
        z.formExponential(t)
      },
    ]
  }

  /// `count` operations, one after another, on z with the help of w, both on the unit circle.
  private static func benchmark<Number: RigorousComplex & ~Copyable>(
    _ name: String, _ count: Int, _ type: Number.Type,
    _ operation: @escaping @Sendable (inout Number, borrowing Number, Number.Scratch) -> Void
  ) -> Benchmark {
    Benchmark(name, "n=\(count)") {
      let t = Number.makeScratch(precision: precision)
      var z = Number(precision: precision)
      var w = Number(precision: precision)
      z.setRootOfUnity(1, of: 1237)
      w.setRootOfUnity(5, of: 1237)
      for _ in 0..<count { operation(&z, w, t) }
      let (re, im, _) = z.approximation
      return "\(Float(re)) \(Float(im))"
    }
  }
}
