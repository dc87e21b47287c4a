// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Testing

@Suite struct IntegerArithmeticTests {
  @Test func `machine integers give the same results`() {
    forRandomInput(300) { random in
      let (x, y) = (random.int(-(1 << 30)...1 << 30), random.int(-(1 << 30)...1 << 30))
      let (a, b) = (Integer(x), Integer(y))
      #expect(a + b == Integer(x + y), random.note)
      #expect(a - b == Integer(x - y), random.note)
      #expect(a * b == Integer(x * y), random.note)
      #expect(-a == Integer(-x) && a.magnitude == Integer(abs(x)), random.note)
      #expect((a < b) == (x < y) && (a == b) == (x == y), random.note)
      var sum = a
      sum += b
      #expect(sum == Integer(x + y), random.note)
      sum.multiply(by: y)
      #expect(sum == Integer(x + y) * b, random.note)
    }
  }

  @Test func `division rounds towards minus infinity and undoes multiplication`() {
    forRandomInput(300) { random in
      let a = random.integer(bits: 400)
      let b = random.integer(bits: 200)
      if b.signum == 0 { return }
      let (q, r) = a.floorDivided(by: b)
      #expect(q * b + r == a, random.note)
      #expect(r.signum * b.signum >= 0 && r.magnitude < b.magnitude, random.note)
      #expect((a * b).exactlyDivided(by: b) == a, random.note)
    }
    #expect(Integer(-7).floorDivided(by: 2).quotient == -4)
    #expect(Integer(7).floorDivided(by: -2).remainder == -1)
  }

  @Test func `powers, shifts, divisors and multiples`() {
    #expect(Integer(-3).power(5) == -243)
    #expect(Integer(0).power(0) == 1)
    #expect(Integer(-5).shiftedLeft(by: 70) == Integer(-5) * Integer(2).power(70))
    #expect(Integer(5).shiftedLeft(by: 0) == 5)
    forRandomInput(200) { random in
      let (a, b) = (random.integer(bits: 100), random.integer(bits: 100))
      let divisor = Integer.greatestCommonDivisor(a, b)
      if a.signum == 0 || b.signum == 0 { return }
      #expect(divisor.signum > 0, random.note)
      #expect(a.floorDivided(by: divisor).remainder == 0, random.note)
      let (p, q) = (a.exactlyDivided(by: divisor), b.exactlyDivided(by: divisor))
      #expect(Integer.greatestCommonDivisor(p, q) == 1, random.note)
      #expect(Integer.leastCommonMultiple(a, b) * divisor == (a * b).magnitude, random.note)
    }
    #expect(Integer.greatestCommonDivisor(0, 0) == 0)
    #expect(Integer.leastCommonMultiple(0, 3) == 0)
  }

  @Test func `binomials follow Pascal's rule and factorials their recurrence`() {
    for n in 1...40 {
      for k in 0...n {
        let above = k == 0 ? 0 : Integer.binomial(n - 1, k - 1)
        #expect(Integer.binomial(n, k) == above + .binomial(n - 1, k))
      }
      #expect(Integer.factorial(n) == Integer.factorial(n - 1) * Integer(n))
      #expect(Integer.binomial(n, n + 1) == 0)
    }
    #expect(Integer.factorial(0) == 1 && Integer.binomial(0, 0) == 1)
    #expect(Integer.binomial(.max, 1) == Integer(.max))
  }

  @Test func `division by zero is refused`() async {
    await #expect(processExitsWith: .failure) { _ = Integer(1).floorDivided(by: 0) }
    await #expect(processExitsWith: .failure) { _ = Integer(1).exactlyDivided(by: 0) }
    // Checked in debug builds only.
    #if DEBUG
      await #expect(processExitsWith: .failure) { _ = Integer(7).exactlyDivided(by: 2) }
    #endif
  }

  @Test func `exact divisions and the factors of a prime`() {
    forRandomInput(200) { random in
      let prime = random.element(of: [2, 3, 5, 97, 65_537])
      var rest = random.integer(bits: 300)
      if rest.signum == 0 { return }
      while rest.floorDivided(by: Integer(prime)).remainder.signum == 0 {
        rest = rest.exactlyDivided(by: Integer(prime))
      }
      let count = random.int(0...70)
      let whole = rest * Integer(prime).power(count)
      var x = whole
      #expect(x.removeFactors(prime) == count && x == rest, random.note)
      x = whole
      x.multiply(by: 12)
      x.divideExactly(by: 12)
      #expect(x == whole, random.note)
    }
  }

  @Test func `negative exponents, shifts and counts are refused`() async {
    await #expect(processExitsWith: .failure) { _ = Integer(2).power(-1) }
    await #expect(processExitsWith: .failure) { _ = Integer(2).shiftedLeft(by: -1) }
    await #expect(processExitsWith: .failure) { _ = Integer.factorial(-1) }
    await #expect(processExitsWith: .failure) { _ = Integer.binomial(-1, 0) }
    await #expect(processExitsWith: .failure) { _ = Integer.binomial(1, -1) }
  }
}
