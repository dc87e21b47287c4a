# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Random requests to the program, held against their definitions.

The definitions are evaluated here in exact fractions (products of polynomials, inclusion-exclusion
over subsets, elementary symmetric polynomials) and, where a logarithm is in them, in balls of
python-flint. Nothing is shared with the program but the question. Every decimal that it prints has
to be the nearest one of so many digits, and one of fewer digits the value itself.

    scripts/oracles --program .build/release/upsilon --seconds 60 --seed 1
"""

import argparse
import csv
import io
import os
import random
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from itertools import combinations
from math import comb, factorial

from flint import arb, ctx, fmpq, fmpq_poly

WITH, WITHOUT = "with-replacement", "without-replacement"


class Law:
    """Class sizes, how often each class must come, and the number of classes that must."""

    def __init__(self, generator):
        self.sizes = [generator.randint(1, 9) for _ in range(generator.randint(1, 7))]
        if generator.random() < 0.3:
            self.sizes = [generator.randint(1, 400)] * len(self.sizes)
        self.total = sum(self.sizes)


def series(terms):
    return fmpq_poly([fmpq(t.numerator, t.denominator) for t in terms])


def fraction(q):
    return Fraction(int(q.p), int(q.q))


def terms(size, sampling, top):
    """t_k of a class: the k draws that show it, as a coefficient of z^k."""
    if sampling == WITH:
        return [Fraction(size**k, factorial(k)) for k in range(top + 1)]
    return [Fraction(comb(size, k)) for k in range(top + 1)]


def ways(total, sampling, draws):
    return Fraction(total**draws, factorial(draws)) if sampling == WITH else comb(total, draws)


def counts_reached(sizes, sampling, draws, copies):
    """The law of the number of classes that come at least so often, as a list of fractions."""
    law = [series([Fraction(1)])]
    for size in sizes:
        t = terms(size, sampling, draws)
        low = series(t[:copies])
        high = series([Fraction(0)] * min(copies, draws + 1) + t[copies:])
        zero = series([Fraction(0)])
        grown = [zero] * (len(law) + 1)
        for count, polynomial in enumerate(law):
            grown[count] = grown[count] + polynomial * low
            grown[count + 1] = grown[count + 1] + polynomial * high
        law = [truncated(p, draws) for p in grown]
    all_ways = ways(sum(sizes), sampling, draws)
    return [fraction(p[draws]) / all_ways if draws < len(p) else Fraction(0) for p in law]


def truncated(polynomial, degree):
    return fmpq_poly(polynomial.coeffs()[: degree + 1])


def collision_law(law, sampling, negatives):
    """P(Col = m) for the number of negatives that share the class of the anchor."""
    result = [Fraction(0)] * (negatives + 1)
    for size in law.sizes:
        share = Fraction(size, law.total)
        for m in range(negatives + 1):
            if sampling == WITH:
                p = comb(negatives, m) * share**m * (1 - share) ** (negatives - m)
            else:
                p = Fraction(
                    comb(size - 1, m) * comb(law.total - size, negatives - m),
                    comb(law.total - 1, negatives),
                )
            result[m] += share * p
    return result


def waiting_moments(law):
    """Mean and variance of the number of draws, with replacement, by inclusion-exclusion."""
    first = second = Fraction(0)
    for count in range(1, len(law.sizes) + 1):
        for subset in combinations(law.sizes, count):
            p = Fraction(sum(subset), law.total)
            sign = (-1) ** (count + 1)
            first += sign / p
            second += sign * (2 - p) / p**2
    return first, second - first**2


class Checker:
    def __init__(self, program, seed):
        self.program, self.seed = program, seed
        self.numbers = self.wrong = 0

    def ask(self, words):
        run = subprocess.run([self.program] + words, capture_output=True, text=True)
        if run.returncode:
            self.fail(words, f"exit {run.returncode}: {run.stderr.strip()}")
            return []
        return list(csv.DictReader(io.StringIO(run.stdout)))

    def fail(self, words, problem):
        self.wrong += 1
        print(f"wrong (seed {self.seed}): upsilon {' '.join(words)}: {problem}", flush=True)

    def exact(self, words, name, text, value, digits):
        """Whether `text` is the fraction `value` to so many digits."""
        self.numbers += 1
        if value is None:
            good = text == ""
        elif text in ("inf", "-inf", ""):
            good = False
        else:
            good = nearest(text, value, digits)
        if not good:
            self.fail(words, f"{name} is {text}, not {value if value is None else float(value)}")

    def ball(self, words, name, text, value, digits):
        """Whether `text` is the number that `value()` gives a ball of, to so many digits."""
        self.numbers += 1
        for bits in (200, 800, 3200):
            ctx.prec = bits + 4 * digits
            ball = value()
            if ball.is_zero():
                break
            if ball.contains(0):
                continue
            low, high = ends(ball)
            answers = {nearest(text, end, digits) for end in (low, high)}
            if len(answers) == 1:
                if not answers.pop():
                    self.fail(words, f"{name} is {text}, not {ball.str(digits + 5)}")
                return
        if not (ball.is_zero() and text == "0"):
            self.fail(words, f"{name} is {text}: undecided")


def ends(ball):
    def rational(x):
        mantissa, exponent = x.mid().man_exp()
        return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)

    return rational(ball.lower()), rational(ball.upper())


def nearest(text, value, digits):
    """Whether a decimal is the nearest of `digits` digits; with fewer it has to be the value."""
    number = Fraction(text)
    mantissa = text.lstrip("-").split("e")[0].replace(".", "").lstrip("0")
    if len(mantissa) > digits and not ("." not in text and "e" not in text):
        return False
    if number == value:
        return True
    if len(mantissa) < digits or number == 0 or value == 0:
        return False
    last = Fraction(1)
    exponent = len(str(abs(value.numerator))) - len(str(value.denominator)) - 1
    while Fraction(10) ** (exponent + 1) <= abs(value):
        exponent += 1
    last = Fraction(10) ** (exponent - digits + 1)
    return 2 * abs(number - value) <= last


def check(checker, generator, folder):
    law = Law(generator)
    digits = generator.choice([1, 3, 8, 17, 17, 25, 26, 40, 60])
    path = os.path.join(folder, "sizes.csv")
    with open(path, "w") as file:
        file.write("count,classes\n" + "".join(f"{size},1\n" for size in law.sizes))
    sampling = generator.choice([WITH, WITHOUT])
    limit = law.total if sampling == WITHOUT else 60
    draws = generator.randint(1, min(limit, 60))
    setting = ["--counts", path] + ([f"--{WITHOUT}"] if sampling == WITHOUT else [])
    ending = ["--digits", str(digits), "--format", "csv"]
    copies = generator.choice([1, 1, 1, 2, 3])
    needed = generator.randint(1, len(law.sizes))
    if sampling == WITH or sum(size >= copies for size in law.sizes) >= needed:
        check_coverage(checker, generator, law, sampling, draws, copies, needed, setting, ending)
    words = ["distinct"] + setting + ["--draws", str(draws)] + ending
    reached = counts_reached(law.sizes, sampling, draws, 1)
    for row in checker.ask(words):
        count = int(row["distinct"])
        checker.exact(words, "probability", row["probability"], reached[count], digits)
        below = sum(reached[: count + 1])
        checker.exact(words, "cumulative_probability", row["cumulative_probability"], below, digits)
    check_duplicates(checker, law, sampling, draws, setting, ending)
    if draws > 1:
        check_collisions(checker, law, sampling, draws - 1, setting, ending)
    if sampling == WITH:
        words = ["waiting"] + setting + ending
        mean, variance = waiting_moments(law)
        for row in checker.ask(words):
            checker.exact(words, "mean", row["mean"], mean, digits)
            root = lambda: arb(fmpq(variance.numerator, variance.denominator)).sqrt()
            checker.ball(words, "standard_deviation", row["standard_deviation"], root, digits)


def check_coverage(checker, generator, law, sampling, draws, copies, needed, setting, ending):
    digits = int(ending[1])
    goal = ["--copies", str(copies), "--at-least", str(needed)]
    method = generator.choice(["auto", "auto", "stirling", "contour"])
    words = ["coverage"] + setting + goal + ["--draws", str(draws), "--method", method] + ending
    reached = counts_reached(law.sizes, sampling, draws, copies)
    v, u = sum(reached[needed:]), sum(reached[:needed])
    for row in checker.ask(words):
        checker.exact(words, "coverage_probability", row["coverage_probability"], v, digits)
        checker.exact(words, "miss_probability", row["miss_probability"], u, digits)
        for name, p in (("log10_coverage_probability", v), ("log10_miss_probability", u)):
            power = len(str(p.denominator)) - 1
            if p == 0:
                if row[name] != "-inf":
                    checker.fail(words, f"{name} is {row[name]}, not -inf")
            elif p == Fraction(1, 10**power):
                checker.exact(words, name, row[name], Fraction(-power), digits)
            else:
                logarithm = lambda: arb(fmpq(p.numerator, p.denominator)).log() / arb(10).log()
                checker.ball(words, name, row[name], logarithm, digits)


def check_duplicates(checker, law, sampling, draws, setting, ending):
    digits = int(ending[1])
    words = ["duplicates"] + setting + ["--draws", str(draws)] + ending
    every = series([Fraction(1)])
    lonely = series([Fraction(1)])
    for size in law.sizes:
        t = terms(size, sampling, draws)
        every = truncated(every * series(t[:2]), draws)
        lonely = truncated(lonely * series([t[0], Fraction(0)] + t[2:]), draws)
    all_ways = ways(law.total, sampling, draws)
    coefficient = lambda p: fraction(p[draws]) / all_ways if draws < len(p) else Fraction(0)
    different, nobody = coefficient(every), coefficient(lonely)
    for row in checker.ask(words):
        for name, p in (
            ("duplicate_probability", 1 - different),
            ("distinct_probability", different),
            ("singleton_probability", 1 - nobody),
        ):
            checker.exact(words, name, row[name], p, digits)


def check_collisions(checker, law, sampling, negatives, setting, ending):
    digits = int(ending[1])
    words = ["collision"] + setting + ["--negatives", str(negatives)] + ending
    p = collision_law(law, sampling, negatives)
    mean = sum(m * q for m, q in enumerate(p))

    def expected_log():
        return sum(
            (arb(m + 1).log() * arb(fmpq(q.numerator, q.denominator)) for m, q in enumerate(p)),
            arb(0),
        )

    for row in checker.ask(words):
        checker.exact(words, "collision_probability", row["collision_probability"], 1 - p[0], digits)
        name = "collision_free_probability"
        checker.exact(words, name, row[name], p[0], digits)
        checker.exact(words, "expected_collisions", row["expected_collisions"], mean, digits)
        name = "expected_log_collisions"
        if p[0] == 1:
            checker.exact(words, name, row[name], Fraction(0), digits)
            continue
        checker.ball(words, name, row[name], expected_log, digits)
        hit = 1 - p[0]
        name = "expected_log_collisions_given_collision"
        given = lambda: expected_log() / arb(fmpq(hit.numerator, hit.denominator))
        checker.ball(words, name, row[name], given, digits)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default=".build/release/upsilon")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    checker = Checker(options.program, options.seed)
    start = time.monotonic()
    laws = 0
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() - start < options.seconds:
            # Every law has a seed of its own, which a failure prints.
            checker.seed = options.seed + laws
            check(checker, random.Random(checker.seed), folder)
            laws += 1
    print(f"{laws} laws, {checker.numbers} numbers, {checker.wrong} wrong")
    sys.exit(1 if checker.wrong else 0)


if __name__ == "__main__":
    main()
