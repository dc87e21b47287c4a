#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Reference values of the law of collisions, to 45 digits: prints collision-references.csv.

Written against the definition with exact fractions and mpmath (made with Python 3.11.7 and mpmath
1.3.0), independently of the Swift sources: probabilities come from binomial coefficients, or for
long sums from log-gamma in mpmath at 120 digits; E ln(1+Col) is summed over every m
that carries more than 1e-110 of the mass. Run by hand, only to add rows:

    python3 make-collision-references.py > collision-references.csv

A law is its class sizes as size*classes joined by ';'.
"""
from fractions import Fraction
from math import comb

from mpmath import loggamma, mp, mpf

mp.dps = 130
DIGITS = 45


def log_binomial(n, k):
    return loggamma(mpf(n + 1)) - loggamma(mpf(k + 1)) - loggamma(mpf(n - k + 1))


def conditional(size, total, k, scheme):
    """Yields (m, P(Col = m | class)) for every m with mass above 1e-110, in mpmath."""
    if scheme == "with-replacement":
        p = mpf(size) / total
        if size == total:
            yield k, mpf(1)
            return
        low, high, mode = 0, k, min(k, (k + 1) * size // total)
        log_p, log_q = mp.log(p), mp.log(1 - p)
        value = lambda m: mp.exp(log_binomial(k, m) + m * log_p + (k - m) * log_q)
    else:
        n, s = total - 1, size - 1
        low, high = max(0, k - (n - s)), min(s, k)
        mode = min(high, max(low, (s + 1) * (k + 1) // (n + 2)))
        whole = log_binomial(n, k)
        value = lambda m: mp.exp(log_binomial(s, m) + log_binomial(n - s, k - m) - whole)
    for values in (range(mode, high + 1), range(mode - 1, low - 1, -1)):
        for m in values:
            p_m = value(m)
            if p_m < mpf(10) ** -110:
                break
            yield m, p_m


def free(groups, total, k, scheme):
    """P(Col = 0): an exact fraction while short, else in mpmath."""
    result = mpf(0)
    for size, classes in groups:
        if scheme == "with-replacement":
            p = mpf(total - size) / total
            term = p**k
        elif k > total - size:
            term = mpf(0)
        elif k <= 2000:
            term = Fraction(comb(total - size, k), comb(total - 1, k))
            term = mpf(term.numerator) / term.denominator
        else:
            term = mp.exp(log_binomial(total - size, k) - log_binomial(total - 1, k))
        result += mpf(size * classes) / total * term
    return result


def text(x):
    return mp.nstr(x, DIGITS, min_fixed=1, max_fixed=0)


CASES = [
    ("1*10", 31, "with-replacement"),
    ("1000*10", 31, "without-replacement"),
    ("1*100", 127, "with-replacement"),
    ("100*100", 127, "without-replacement"),
    ("1900*4", 511, "without-replacement"),
    ("1*1000000", 1, "with-replacement"),
    ("1*1000000", 10, "with-replacement"),
    ("1*1000", 65535, "with-replacement"),
    ("1*2", 1, "with-replacement"),
    ("1*2", 3000, "with-replacement"),
    ("1*10", 200000, "with-replacement"),
    ("3*2;5*1;90*1", 64, "with-replacement"),
    ("3*2;5*1;90*1", 64, "without-replacement"),
    ("3*2;5*1;90*1", 100, "without-replacement"),
    ("1*3;1000000*1", 20, "with-replacement"),
    ("732*1;1000*5;1300*80", 4096, "with-replacement"),
    ("732*1;1000*5;1300*80", 4096, "without-replacement"),
    ("732*1;1000*5;1300*80", 100000, "without-replacement"),
    ("5000*10", 25000, "without-replacement"),
]

print("law,negatives,sampling,collision,free,expected_log")
for law, k, scheme in CASES:
    groups = [tuple(map(int, part.split("*"))) for part in law.split(";")]
    total = sum(size * classes for size, classes in groups)
    expected = collided = mpf(0)
    for size, classes in groups:
        share = mpf(size * classes) / total
        for m, p in conditional(size, total, k, scheme):
            expected += share * p * mp.log(1 + m)
            if m > 0:
                collided += share * p
    print(",".join([law, str(k), scheme, text(collided), text(free(groups, total, k, scheme)),
                    text(expected)]))
