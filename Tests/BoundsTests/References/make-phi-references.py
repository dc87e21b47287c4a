#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Reference values of the Phi and Phi-cap bounds, to 10 digits: prints phi-references.csv.

Independent of the Swift sources (made with Python 3.11, numpy 2.4.6 and scipy 1.17.1): probabilities
are exact fractions rounded once, G is summed over all pairs, its least distance from a line is sought on
a grid of 6001 points and refined around the three best, and the multiplier by golden section. Run by
hand, only to add rows:

    python3 make-phi-references.py > phi-references.csv

A law is its class sizes as size*classes joined by ';'.
"""
from fractions import Fraction
from math import comb, exp, log

import numpy as np
from scipy.optimize import minimize_scalar

CASES = [
    # law, replacement, K, t, G0
    ("1*10", True, 31, 0.5, 1.4), ("1*10", True, 31, 0.5, 1.94), ("1*10", True, 31, 0.5, 3.18),
    ("1*30", True, 12, 0.5, 0.5), ("1*30", True, 12, 0.1, 2.0), ("1*4", True, 3, 0.5, 1.0),
    ("1*2", True, 20, 0.5, 2.5), ("1*100", True, 127, 0.5, 4.31), ("1*100", True, 40, 0.2, 2.0),
    ("1000*10", False, 31, 0.5, 3.18), ("100*100", False, 255, 0.5, 4.96),
    ("3*4", False, 8, 0.5, 2.0), ("2*3", False, 2, 1.0, 0.6), ("1*3;4*2", True, 9, 0.5, 1.8),
    ("1*1;2*2;5*1", True, 7, 0.5, 2.0), ("2*1;3*2;10*2", False, 15, 0.2, 2.6),
    ("1*5;20*3", False, 30, 0.5, 3.0),
]


def pairs(own, other, total, replacement, k):
    """(m, n, probability) with n up to k - m."""
    rows = []
    for m in range(k + 1):
        for n in range(k - m + 1):
            rest = k - m - n
            if replacement:
                left = total - own - other
                p = Fraction(
                    comb(k, m) * comb(k - m, n) * own**m * other**n * left**rest, total**k)
            else:
                p = Fraction(
                    comb(own - 1, m) * comb(other, n) * comb(total - own - other, rest),
                    comb(total - 1, k))
            if p > 0:
                rows.append((m, n, float(p)))
    return rows


class Function:
    def __init__(self, rows, end, capped):
        m, n, p = (np.array(x, dtype=float) for x in zip(*rows))
        self.m, self.p = m, p
        self.n = np.minimum(n, m + 1) if capped else n
        keep = p > 1e-25
        self.m, self.n, self.p = self.m[keep], self.n[keep], self.p[keep]
        self.grid = np.linspace(0, end, 6001)
        self.values = np.array([self(s) for s in self.grid])

    def __call__(self, s):
        return float(np.dot(self.p, np.log1p(self.m + self.n * np.expm1(s))))

    def least(self, slope):
        phi = self.values - slope * self.grid
        best = phi.min()
        for i in np.argsort(phi)[:3]:
            low, high = self.grid[max(0, i - 1)], self.grid[min(6000, i + 1)]
            found = minimize_scalar(
                lambda s: self(s) - slope * s, bounds=(low, high), method="bounded",
                options={"xatol": 1e-11})
            best = min(best, found.fun)
        return best


def bound(law, replacement, k, t, level, capped):
    sizes = [tuple(map(int, part.split("*"))) for part in law.split(";")]
    sizes.sort()
    total = sum(size * count for size, count in sizes)
    classes = sum(count for _, count in sizes)
    end = log(1 + (classes - 1) * exp(2 / t))
    parts = []
    for i, (size, count) in enumerate(sizes):
        rarest = sizes[0][0] if i > 0 or count > 1 else sizes[1][0]
        rows = pairs(size, rarest, total, replacement, k)
        parts.append((size * count / total, Function(rows, end, capped)))

    def ratio(x):
        a = exp(x)
        return (level - sum(share * f.least(a) for share, f in parts)) / a

    xs = np.linspace(log(0.003), log(3), 120)
    i = int(np.argmin([ratio(x) for x in xs]))
    low, high = xs[max(0, i - 1)], xs[min(119, i + 1)]
    # The least value may be at a kink, so the section goes on until its ends meet.
    golden = (5**0.5 - 1) / 2
    while high - low > 1e-13:
        a, b = high - golden * (high - low), low + golden * (high - low)
        if ratio(a) < ratio(b):
            high = b
        else:
            low = a
    return min(ratio((low + high) / 2), end)


print("law,sampling,negatives,temperature,level,phi,phi_cap")
for law, replacement, k, t, level in CASES:
    sampling = "with-replacement" if replacement else "without-replacement"
    phi, cap = (bound(law, replacement, k, t, level, c) for c in (False, True))
    print(f"{law},{sampling},{k},{t},{level},{phi:.9e},{cap:.9e}")
