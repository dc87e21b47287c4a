#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Reference values of coverage goals, to 40 digits: prints goal-references.csv.

Independent of the Swift sources (made with Python 3.11 and mpmath 1.3.0). Probabilities of small laws
are fractions, by convolution of the classes; those of large ones a plain sum over all nodes of a
circle at 120 digits, F evaluated as powers of exp(wz) or (1+z)^w less a polynomial. Means and standard
deviations are Gauss-Legendre integrals of the survival function on pieces. Run by hand, only to add
rows:

    python3 make-goal-references.py ../../../Sources/CResources/label-counts.csv \
      > goal-references.csv

A law is its class sizes as size*classes joined by ';'. The columns draws, probability and complement
are empty in rows of waiting times, mean and standard_deviation in the others.
"""
import csv
import sys
from fractions import Fraction
from math import comb, factorial

from mpmath import exp, mp, mpc, mpf, nstr, pi, quad, sqrt

mp.dps = 120
WITH, WITHOUT = "with-replacement", "without-replacement"


def text(groups):
    return ";".join(f"{s}*{k}" for s, k in groups)


def digits(x):
    if isinstance(x, Fraction):
        x = mpf(x.numerator) / x.denominator
    return nstr(x, 40, min_fixed=-5, max_fixed=20)


def exact(groups, scheme, n, copies, needed):
    """P(at least `needed` classes at least `copies` times) as a fraction."""
    classes = [s for s, k in groups for _ in range(k)]
    total = sum(classes)
    ways = {(0, 0): Fraction(1)}
    for w in classes:
        new = {}
        for (used, reached), value in ways.items():
            for k in range(n - used + 1):
                if scheme == WITH:
                    a = Fraction(w**k, factorial(k))
                else:
                    a = comb(w, k)
                    if a == 0:
                        break
                key = (used + k, min(needed, reached + (k >= copies)))
                new[key] = new.get(key, 0) + value * a
        ways = new
    found = Fraction(ways.get((n, needed), 0))
    if scheme == WITH:
        return found * factorial(n) / Fraction(total) ** n
    return found / comb(total, n)


def factor(w, z, scheme, copies):
    """(L, U) of a class at a point."""
    if scheme == WITH:
        whole, term, short = exp(w * z), mpc(1), mpc(1)
        for k in range(1, copies):
            term = term * (w * z) / k
            short += term
    else:
        whole, term, short = (1 + z) ** w, mpc(1), mpc(1)
        for k in range(1, copies):
            term = term * z * (w - k + 1) / k
            short += term
    return short, whole - short


def circle(groups, scheme, n, copies, needed, nodes):
    """The same by a sum over the nodes of a circle."""
    total = sum(s * k for s, k in groups)
    count = sum(k for _, k in groups)

    def value(z):
        parts = [(factor(s, z, scheme, copies), k) for s, k in groups]
        if needed == count:
            result = mpc(1)
            for (_, reached), k in parts:
                result *= reached**k
            return result
        (short, reached), k = parts[0]
        assert len(parts) == 1
        return sum(
            comb(k, d) * reached**d * short ** (k - d) for d in range(needed, k + 1)
        )

    # The radius where F(r)/r^n is least, by a rough search.
    low, high = mpf(n) / total / 50, mpf(n) / total * 50
    for _ in range(40):
        a, b = low ** mpf("0.6") * high ** mpf("0.4"), low ** mpf("0.4") * high ** mpf("0.6")
        if mp.re(mp.log(value(a)) - n * mp.log(a)) < mp.re(mp.log(value(b)) - n * mp.log(b)):
            high = b
        else:
            low = a
    r = (low + high) / 2
    total_sum = mp.re(value(r))
    for k in range(1, nodes // 2 + 1):
        z = r * exp(2 * pi * 1j * k / nodes)
        term = mp.re(value(z) * exp(-2 * pi * 1j * k * n / nodes))
        total_sum += term if 2 * k == nodes else 2 * term
    coefficient = total_sum / nodes / r**n
    if scheme == WITH:
        return coefficient * mp.factorial(n) / mpf(total) ** n
    return coefficient / mp.binomial(total, n)


def moments(groups, scheme, copies, needed):
    """Mean and standard deviation by integrals over the time."""
    mp.dps = 60
    total = sum(s * k for s, k in groups)
    classes = sum(k for _, k in groups)

    def missing(x):
        """1 - P at the time x, or with a share x of the items drawn."""
        law = [mpf(1)] + [mpf(0)] * classes
        product = mpf(1)
        for s, k in groups:
            if scheme == WITH:
                short = exp(-s * x) * sum((s * x) ** i / mp.factorial(i) for i in range(copies))
            else:
                short = sum(
                    comb(s, i) * x**i * (1 - x) ** (s - i) for i in range(min(copies, s + 1))
                )
            product *= (1 - short) ** k
            if needed < classes:
                for _ in range(k):
                    for d in range(classes, -1, -1):
                        law[d] = law[d] * short + (law[d - 1] * (1 - short) if d else 0)
        return 1 - product if needed == classes else sum(law[:needed])

    smallest = min(s for s, _ in groups)
    if scheme == WITH:
        scale = mpf(copies + 3) / smallest
        pieces = [scale * i / 4 for i in range(0, 25)] + [scale * i for i in range(7, 60)]
        first = quad(missing, pieces)
        second = quad(lambda x: 2 * x * missing(x), pieces)
        mean, rising = total * first, total**2 * second
    else:
        pieces = [mpf(i) / 16 for i in range(17)]
        first = quad(missing, pieces)
        second = quad(lambda x: 2 * x * missing(x), pieces)
        mean, rising = (total + 1) * first, (total + 1) * (total + 2) * second
    mp.dps = 120
    return mean, sqrt(rising - mean**2 - mean)


def main():
    sizes = {}
    with open(sys.argv[1]) as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            sizes.setdefault(row["law"], []).append((int(row["count"]), int(row["classes"])))
    print("law,sampling,copies,at_least,draws,probability,complement,mean,standard_deviation")

    def probability(groups, scheme, copies, needed, n, value):
        print(
            f"{text(groups)},{scheme},{copies},{needed},{n},{digits(value)},{digits(1 - value)},,",
            flush=True,
        )

    for groups, copies, needed, counts in [
        ([(1, 6)], 2, 6, (12, 20, 40)),
        ([(1, 6)], 3, 4, (12, 20, 40)),
        ([(1, 12)], 1, 7, (7, 12, 30)),
        ([(20, 8)], 5, 8, (41, 60, 120)),
        ([(20, 8)], 4, 5, (21, 40, 110)),
        ([(2, 2), (5, 3), (9, 1)], 2, 6, (12, 20, 24)),
        ([(2, 2), (5, 3), (9, 1)], 2, 4, (8, 12, 16)),
        ([(3, 2), (40, 2)], 3, 3, (9, 30, 60)),
    ]:
        for scheme in (WITH, WITHOUT):
            total = sum(s * k for s, k in groups)
            for n in counts:
                if scheme == WITH or (n <= total and groups[0][0] > 1):
                    value = exact(groups, scheme, n, copies, needed)
                    probability(groups, scheme, copies, needed, n, value)
    for groups, scheme, copies, needed, n, nodes in [
        ([(1, 1000)], WITH, 2, 1000, 2500, 1024),
        ([(1, 1000)], WITH, 2, 1000, 10000, 4096),
        ([(1, 1000)], WITH, 10, 1000, 20000, 4096),
        ([(50, 1000)], WITHOUT, 10, 1000, 20000, 4096),
        ([(1, 200)], WITH, 3, 190, 1000, 2048),
        ([(30, 200)], WITHOUT, 3, 190, 1000, 2048),
        ([(1, 1000000)], WITH, 2, 1000000, 20000000, 131072),
        (sizes["imagenet-1k"], WITH, 5, 1000, 16000, 4096),
        (sizes["imagenet-1k"], WITHOUT, 5, 1000, 16000, 4096),
    ]:
        value = circle(groups, scheme, n, copies, needed, nodes)
        probability(groups, scheme, copies, needed, n, value)
    for groups, copies, needed in [
        ([(1, 6)], 2, 6),
        ([(1, 10)], 5, 10),
        ([(1, 20)], 2, 15),
        ([(20, 8)], 5, 8),
        ([(2, 2), (5, 3), (9, 1)], 2, 6),
        ([(2, 2), (5, 3), (9, 1)], 2, 4),
        ([(1, 1000)], 2, 1000),
    ]:
        for scheme in (WITH, WITHOUT):
            if scheme == WITH or groups[0][0] > 1:
                mean, deviation = moments(groups, scheme, copies, needed)
                print(
                    f"{text(groups)},{scheme},{copies},{needed},,,,{digits(mean)},"
                    f"{digits(deviation)}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
