#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Reference values of the waiting time, to 40 digits: prints waiting-references.csv.

Independent of the Swift sources (made with Python 3.11 and mpmath 1.3.0): equal classes with
replacement by harmonic numbers, few classes by a sum over all subsets in fractions, all others
by Gauss-Legendre integration of the survival function on pieces. Quantiles are checked in exact
integers, by inclusion-exclusion over all subsets, where those are few. Run by hand, only to add rows:

    python3 make-waiting-references.py ../../../Sources/CResources/label-counts.csv \
      > waiting-references.csv

A law is its class sizes as size*classes joined by ';'.
"""
import sys
from collections import Counter
from fractions import Fraction
from math import comb

from mpmath import exp, expm1, log1p, mp, mpf, nstr, sqrt, zeta, harmonic

mp.dps = 60
PROBABILITIES = ["0.5", "0.9", "0.99", "0.999999999999999999999999999999"]


def subsets(groups):
    """Signed numbers of subsets by weight."""
    terms = Counter({0: 1})
    for size, classes in groups:
        new = Counter()
        for weight, count in terms.items():
            for j in range(classes + 1):
                new[weight + j * size] += count * (-1) ** j * comb(classes, j)
        terms = new
    return terms


def exact_moments(groups, scheme):
    total = sum(s * k for s, k in groups)
    mean = square = Fraction(0)
    for w, a in subsets(groups).items():
        if w == 0:
            continue
        if scheme == "with-replacement":
            # sum over n >= 0 of q^n and of (2n+1) q^n, q = 1 - w/total
            p = Fraction(w, total)
            mean -= a / p
            square -= a * (2 * (1 - p) / p**2 + 1 / p)
        else:
            # the number of draws before the first of w items is negative hypergeometric
            first = Fraction(total + 1, w + 1)
            rising = Fraction(2 * (total + 1) * (total + 2), (w + 1) * (w + 2))
            mean -= a * first
            square -= a * (rising - first)
    return mean, square - mean * mean


def covered(groups, scheme, n):
    """v_n as a pair of integers."""
    total = sum(s * k for s, k in groups)
    if scheme == "with-replacement":
        return sum(a * (total - w) ** n for w, a in subsets(groups).items()), total**n
    return sum(a * comb(total - w, n) for w, a in subsets(groups).items()), comb(total, n)


def quantile(groups, scheme, text):
    p = Fraction(text)

    def reached(n):
        top, bottom = covered(groups, scheme, n)
        return top * p.denominator >= bottom * p.numerator

    low, high = 0, 1
    while not reached(high):
        low, high = high, 2 * high
        if scheme != "with-replacement":
            high = min(high, sum(s * k for s, k in groups))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def integrated_moments(groups, scheme):
    """E[T] and Var[T] by Gauss-Legendre on pieces of s = rate of the rarest class times time."""
    total = sum(s * k for s, k in groups)
    smallest = min(s for s, _ in groups)
    nodes = gauss_legendre(40)
    first = second = mpf(0)
    # Pieces grow from 2^-20, below which nothing is missed by replacing P by 0, to 160.
    ends = [mpf(0)] + [mpf(2) ** (mpf(i) / 4) for i in range(-80, 31)]
    for a, b in zip(ends, ends[1:]):
        for x, w in nodes:
            t = (a + b) / 2 + (b - a) / 2 * x
            s = t / smallest
            log = mpf(0)
            for size, classes in groups:
                if size * s > 150:
                    continue
                log += classes * (log1p(-exp(-size * s)))
                if log < -150:
                    break
            survival = -expm1(log) if log > -150 else mpf(1)
            w = w * (b - a) / 2 * survival / smallest
            if scheme == "with-replacement":
                first += w * total
                second += w * 2 * s * total**2
            else:
                y = exp(-s)
                first += w * y * (total + 1)
                second += w * 2 * y * (1 - y) * (total + 1) * (total + 2)
    return first, second - first**2 - first


def gauss_legendre(n):
    import mpmath

    points = []
    for i in range(1, n + 1):
        x = mpmath.cos(mpmath.pi * (mpf(4 * i - 1) / (4 * n + 2)))
        for _ in range(8):
            p0, p1 = mpf(1), x
            for k in range(2, n + 1):
                p0, p1 = p1, ((2 * k - 1) * x * p1 - (k - 1) * p0) / k
            slope = n * (x * p1 - p0) / (x * x - 1)
            x -= p1 / slope
        points.append((x, 2 / ((1 - x * x) * slope**2)))
    return points


def main():
    laws = {}
    with open(sys.argv[1], encoding="utf-8") as file:
        next(file)
        for line in file:
            name, size, classes = line.strip().split(",")
            laws.setdefault(name, []).append((int(size), int(classes)))
    laws = {name: sorted(groups) for name, groups in laws.items()}
    both = ["with-replacement", "without-replacement"]
    cases = [([(1, c)], both[:1], c <= 1000) for c in (2, 4, 10, 100, 1000, 3029, 10**6)]
    cases += [([(500, 100)], both, True), ([(1, 1), (3, 2), (10, 40)], both, True)]
    cases += [([(1, 300), (2, 1)], both, False), ([(1, 1), (10**9, 300)], both, False)]
    for name in ["cifar-10-lt-100", "digits", "mnist"]:
        if name in laws:
            cases.append((laws[name], both, name == "cifar-10-lt-100"))
    for name in ["imagenet-1k", "banking77", "cifar-100-lt-100", "places-lt", "imagenet-lt"]:
        cases.append((laws[name], both, False))
    cases.append((laws["inaturalist-2018"], both[:1], False))
    print("law,sampling,mean,standard_deviation," + ",".join("quantile_" + p for p in PROBABILITIES))
    for groups, schemes, are_subsets_few in cases:
        for scheme in schemes:
            equal = len(groups) == 1
            c = groups[0][1]
            if equal and scheme == "with-replacement":
                mean = c * harmonic(c)
                variance = c * c * (zeta(2) - zeta(2, c + 1)) - mean
            elif sum(k for _, k in groups) < 400 and len(groups) < 12:
                mean, variance = exact_moments(groups, scheme)
                mean = mpf(mean.numerator) / mean.denominator
                variance = mpf(variance.numerator) / variance.denominator
            else:
                mean, variance = integrated_moments(groups, scheme)
            law = ";".join(f"{s}*{k}" for s, k in groups)
            row = [law, scheme, nstr(mean, 40), nstr(sqrt(variance), 40)]
            for p in PROBABILITIES:
                # A million digits times a thousand subsets would take minutes.
                is_short = are_subsets_few and (c <= 200 or len(p) < 9)
                row.append(str(quantile(groups, scheme, p)) if is_short else "")
            print(",".join(row), flush=True)


main()
