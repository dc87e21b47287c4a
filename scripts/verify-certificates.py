#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Proves certificates of bounds: verify-certificates [--cells N] [FILE ...]

Reads JSON lines, from standard input where no file is named, and prints a line for each; the exit
status is 1 if one of them is not proven. Numbers are strings with integers, fractions or decimals;
what else is in a line is ignored. A certificate is proven if w is at least the maximum M.

    {"kind": "spread", "classes": 10, "own": "1/10", "other": "1/10", "negatives": 15,
     "temperature": "1/2", "lambda": "1.37", "nu": "0.01", "w": "-1.3"}

M is the supremum over 0 < x <= y, y + (C-2) x <= (C-1) e^(2/t) of

    ln(1 + y + (C-2) x) + nu (ln y + (C-2) ln x) - lambda g(x, y),
    g(x, y) = E ln(1 + m + n y + (K-m-n) x),

(m, n, rest) multinomial with K trials, of probabilities `own`, `other` and what is left.

    {"kind": "adjusted", "negatives": 15, "temperature": "1/2", "lambda": "1.37", "w": "-1.3",
     "components": [{"share": "1/2", "own": "1/4", "other": "1/8", "growth": "2",
                     "end_classes": "3"}, ...]}

M is the sum over components of share times the maximum over 0 <= s <= ln(1 + end_classes e^(2/t))
of s - lambda G(s), G(s) = E ln(1 + m + n growth (e^s - 1)).

How: as a function of (x, y) the terms before g are concave and -lambda g is convex. So over a
triangle their sum is at most its largest value at the three corners, after the concave terms have
been replaced by their tangent at the centroid. The domain is a triangle with rational corners, and
is halved until each part is proven. Adjusted certificates are the same on a line, in e^s - 1.
All numbers are exact or balls of Arb: g is a sum over the multinomial law, or for many negatives
E ln X = int_0^inf (e^-s - E e^-sX) ds/s by Arb's integration. The theorems are in the article
"Bounds from both sides" of Bounds; certificates.jsonl has certificates to try.
"""
import argparse
import heapq
import itertools
import json
import sys
from fractions import Fraction

from flint import acb, arb, ctx, fmpq

ctx.prec = 96
TERMS = 4000  # Longer sums are integrals instead.
NEGLIGIBLE = fmpq(1, 2**90)


class Refused(Exception):
    """A certificate that proves nothing, whatever w is, or no certificate."""


def rational(record, key):
    try:
        number = Fraction(str(record[key]))
    except KeyError:
        raise Refused(f"{key} is missing") from None
    except (ValueError, ZeroDivisionError):
        raise Refused(f"{key} must be a number, but is {record[key]!r}") from None
    return fmpq(number.numerator, number.denominator)


def count(record, key, least):
    number = rational(record, key)
    if number.q != 1 or number < least:
        raise Refused(f"{key} must be an integer of at least {least}, but is {number}")
    return int(number.p)


def check(condition, requirement):
    if not condition:
        raise Refused(f"must satisfy {requirement}")


def rational_above(ball):
    """A fraction that is at least the number that the ball holds, and hardly more."""
    mantissa, exponent = ball.upper().man_exp()
    scale = fmpq(2) ** int(exponent)
    return fmpq(mantissa) * scale


def scientific(number):
    return f"{float(number):.3g}"


class MeanLogarithm:
    """g(x, y) = E ln(1 + m + n y + (K-m-n) x)."""

    def __init__(self, negatives, own, other, rest_counts=True):
        self.negatives, self.rest_counts = negatives, rest_counts
        self.own, self.other, self.rest = own, other, 1 - own - other
        check(0 <= own and 0 < other and self.rest >= 0, "own >= 0, other > 0, own + other <= 1")
        self.terms, self.left_out = self.law()

    def law(self):
        """The terms (m, n, rest, probability) that are not negligible, and the probability of the
        others; or nothing, if the terms are many."""
        terms, left_out = [], fmpq(1)
        outer = self.binomial(self.negatives, self.own)
        inner_probability = self.other / (1 - self.own)
        for m, outer_mass in outer:
            for n, inner_mass in self.binomial(self.negatives - m, inner_probability):
                mass = outer_mass * inner_mass
                if mass < NEGLIGIBLE:
                    continue
                left_out -= mass
                terms.append((m, n, self.negatives - m - n, arb(mass)))
                if len(terms) > TERMS:
                    return None, None
        return terms, arb(left_out)

    @staticmethod
    def binomial(trials, probability):
        """The masses that are not negligible, rounded down to multiples of 2^-120."""
        if probability == 0 or probability == 1:
            return [(trials if probability == 1 else 0, fmpq(1))]
        log_hit, log_miss = arb(probability).log(), arb(1 - probability).log()
        mode = int(((trials + 1) * probability).floor())
        masses = []
        # From the mode to either side masses fall.
        for numbers in (range(min(mode, trials), -1, -1), range(min(mode, trials) + 1, trials + 1)):
            for k in numbers:
                logarithm = (
                    arb(trials + 1).lgamma() - arb(k + 1).lgamma() - arb(trials - k + 1).lgamma()
                )
                mass = (logarithm + k * log_hit + (trials - k) * log_miss).exp()
                units = (mass.lower() * arb(2) ** 120).floor().unique_fmpz()
                if units < 2**28:
                    break
                masses.append((k, fmpq(units, 2**120)))
        return masses

    def value(self, x, y):
        return self.integral(x, y) if self.terms is None else self.sum(x, y)

    def sum(self, x, y):
        total = arb(0)
        if self.rest_counts and x > 0:
            for m, n, rest, mass in self.terms:
                total += mass * (y * n + (x * rest + (1 + m))).log()
        else:
            for m, n, rest, mass in self.terms:
                total += mass * (y * n + (1 + m)).log()
        # Terms that are left out are at least 0 and at most this.
        most = (1 + self.negatives * (1 + x + y)).log() * self.left_out
        return total + arb(0).union(most)

    def integral(self, x, y):
        """The integral over u = ln s of e^-s - E e^-sX, with bounds of what is left and right."""
        own, other, rest = arb(self.own), arb(self.other), arb(self.rest)
        left, right = arb(-80), arb(4)

        def integrand(u, _):
            s = u.exp()
            decay = (-s).exp()
            if self.rest_counts and self.rest > 0:
                others = rest * (-s * x).exp()
            else:
                others = rest
            return decay * (1 - (own * decay + other * (-s * y).exp() + others) ** self.negatives)

        inner = acb.integral(integrand, acb(left), acb(right), rel_tol=2.0**-64, abs_tol=2.0**-64)
        mean = self.negatives * (own + other * y + rest * (x if self.rest_counts else 0))
        outer = left.exp() * mean + (-right.exp()).exp() / right.exp()
        return inner.real + arb(0).union(outer)


class SpreadProof:
    """The proof that F(x, y) <= w on a triangle."""

    def __init__(self, record):
        self.classes = count(record, "classes", 2)
        self.negatives = count(record, "negatives", 1)
        own, other = rational(record, "own"), rational(record, "other")
        check(own + (self.classes - 1) * other == 1, "own + (classes - 1) other = 1")
        self.weight = self.classes - 2
        self.g = MeanLogarithm(self.negatives, own, other, self.weight > 0)
        temperature = rational(record, "temperature")
        check(temperature > 0, "temperature > 0")
        self.end = rational_above((2 / arb(temperature)).exp())
        factor, spread = rational(record, "lambda"), rational(record, "nu")
        check(factor >= 0 and spread >= 0, "lambda >= 0, nu >= 0")
        self.factor, self.spread, self.w = arb(factor), arb(spread), arb(rational(record, "w"))
        self.corners, self.best = {}, None

    def describe(self):
        return f"spread, {self.classes} classes, {self.negatives} negatives"

    def corner(self, x, y):
        """The point, its -lambda g and, in double precision, its place."""
        key = (x, y)
        if key not in self.corners:
            bx, by = arb(x), arb(y)
            fall = self.factor * self.g.value(bx, by)
            self.corners[key] = (x, y, bx, by, fall, float(bx), float(by))
            self.try_point(bx, by, fall)
        return self.corners[key]

    def try_point(self, x, y, fall):
        value = (1 + y + self.weight * x).log() - fall
        if self.spread > 0:
            if not y > 0 or (self.weight > 0 and not x > 0):
                return
            value += self.spread * y.log()
            if self.weight > 0:
                value += self.spread * self.weight * x.log()
        if self.best is None or value.mid() > self.best.mid():
            self.best = value

    def is_proven(self, triangle):
        """Whether F <= w on the triangle, with concave terms by their tangent at the centroid."""
        x = (triangle[0][2] + triangle[1][2] + triangle[2][2]) / 3
        y = (triangle[0][3] + triangle[1][3] + triangle[2][3]) / 3
        total = 1 + y + self.weight * x
        height, slope_x, slope_y = total.log(), self.weight / total, 1 / total
        if self.spread > 0:
            height += self.spread * y.log()
            slope_y += self.spread / y
            if self.weight > 0:
                height += self.spread * self.weight * x.log()
                slope_x += self.spread * self.weight / x
        return all(
            height + slope_x * (corner[2] - x) + slope_y * (corner[3] - y) - corner[4] <= self.w
            for corner in triangle
        )

    def halves(self, triangle):
        """The two halves, by that edge along which the terms are most curved."""

        def curvature(a, b):
            dx, dy = a[5] - b[5], a[6] - b[6]
            sx, sy = (a[5] + b[5]) / 2, (a[6] + b[6]) / 2
            relative_y = (dy / sy) ** 2 if sy else 0
            relative_x = (dx / sx) ** 2 if sx and self.weight else 0
            both = ((dy + self.weight * dx) / (1 + sy + self.weight * sx)) ** 2
            spread = float(self.spread)
            return spread * (relative_y + self.weight * relative_x) + 2 * both

        a, b, c = triangle
        a, b, c = max(((a, b, c), (b, c, a), (c, a, b)), key=lambda edge: curvature(*edge[:2]))
        middle = self.corner((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        return (a, middle, c), (middle, b, c)

    def run(self, limit):
        corners = (0, 0), (0, (self.classes - 1) * self.end), (self.end, self.end)
        parts = [tuple(self.corner(fmpq(x), fmpq(y)) for x, y in corners)]
        for cells in itertools.count(1):
            if self.best is not None and self.best > self.w:
                return f"NOT proven: the maximum is above w by at least {self.gap(-1)}"
            if not parts:
                return f"proven, w - {self.gap(1)} is a value ({cells - 1} triangles)"
            if cells > limit:
                return f"NOT proven by {limit} triangles: w - {self.gap(1)} is a value"
            triangle = parts.pop()
            if not self.is_proven(triangle):
                parts.extend(self.halves(triangle))

    def gap(self, sign):
        return scientific(sign * (self.w - self.best).mid())


class AdjustedComponent:
    """The maximum of s - lambda G(s), between two bounds that come closer."""

    def __init__(self, record, negatives, factor, temperature):
        own, other = rational(record, "own"), rational(record, "other")
        self.share, growth = rational(record, "share"), rational(record, "growth")
        end_classes = rational(record, "end_classes")
        check(self.share >= 0, "share >= 0")
        check(growth > 0 and end_classes > 0, "growth > 0, end_classes > 0")
        self.g = MeanLogarithm(negatives, own, other, False)
        self.growth, self.factor = arb(growth), factor
        self.lower, self.order = None, itertools.count()
        end = rational_above(arb(end_classes) * (2 / arb(temperature)).exp())
        self.parts = []
        self.push(self.point(fmpq(0)), self.point(end))

    def point(self, y):
        """A value y of e^s - 1, and lambda G there."""
        ball = arb(y)
        fall = self.factor * self.g.value(arb(0), ball * self.growth)
        value = ((1 + ball).log() - fall).lower()
        if self.lower is None or value > self.lower:
            self.lower = value
        return y, ball, fall

    def push(self, a, b):
        middle = (a[1] + b[1]) / 2
        height, slope = (1 + middle).log(), 1 / (1 + middle)
        # Ends of balls are numbers, so that their order is exact.
        bound = max((height + slope * (end[1] - middle) - end[2]).upper() for end in (a, b))
        heapq.heappush(self.parts, (-bound, next(self.order), a, b))

    @property
    def upper(self):
        return -self.parts[0][0]

    def halve(self):
        _, _, a, b = heapq.heappop(self.parts)
        middle = self.point((a[0] + b[0]) / 2)
        self.push(a, middle)
        self.push(middle, b)


class AdjustedProof:
    """The proof that a sum of maxima is at most w."""

    def __init__(self, record):
        negatives = count(record, "negatives", 1)
        temperature = rational(record, "temperature")
        factor = rational(record, "lambda")
        check(temperature > 0 and factor >= 0, "temperature > 0, lambda >= 0")
        self.w = arb(rational(record, "w"))
        self.components = [
            AdjustedComponent(component, negatives, arb(factor), temperature)
            for component in record.get("components", [])
        ]
        check(sum((c.share for c in self.components), fmpq(0)) == 1, "the shares add up to 1")
        self.name = f"adjusted, {len(self.components)} components, {negatives} negatives"

    def describe(self):
        return self.name

    def total(self, bound):
        return sum((arb(part.share) * bound(part) for part in self.components), arb(0))

    def run(self, limit):
        cells, width = len(self.components), 1e-2
        while True:
            lower, upper = self.total(lambda c: c.lower), self.total(lambda c: c.upper)
            if upper <= self.w:
                gap = scientific((self.w - lower).mid())
                return f"proven, w - {gap} is a lower bound of the maximum ({cells} segments)"
            if lower > self.w:
                gap = scientific((lower - self.w).mid())
                return f"NOT proven: the maximum is above w by at least {gap}"
            if cells > limit or width < 1e-24:
                gap = scientific((upper - self.w).mid())
                return f"NOT proven by {cells} segments: the maximum is above w by at most {gap}"
            for component in self.components:
                while float((component.upper - component.lower).mid()) > width and cells <= limit:
                    component.halve()
                    cells += 1
            width /= 8


PROOFS = {"spread": SpreadProof, "adjusted": AdjustedProof}


def verdict(line, limit):
    try:
        record = json.loads(line)
        proof = PROOFS.get(record.get("kind")) if isinstance(record, dict) else None
        if proof is None:
            raise Refused("kind must be spread or adjusted")
        proof = proof(record)
        return f"{proof.describe()}: {proof.run(limit)}"
    except (Refused, json.JSONDecodeError) as error:
        return f"NOT proven: {error}"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cells", type=int, default=400_000, help="give up after N parts")
    parser.add_argument("files", nargs="*", metavar="FILE", default=["-"])
    arguments = parser.parse_args()
    number, failed = 0, False
    for name in arguments.files:
        with sys.stdin if name == "-" else open(name, encoding="utf-8") as file:
            for line in filter(str.strip, file):
                number += 1
                text = verdict(line, arguments.cells)
                failed |= "NOT proven" in text
                print(f"{number}: {text}", flush=True)
    if number == 0:
        print("NOT proven: no certificate")
    return 1 if failed or number == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
