# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Results are those of the tool in every digit, on random requests."""

import json
import random
from decimal import Decimal
from fractions import Fraction

import pytest

import upsilon

SEED = 17


def random_law(generator):
    """A law, and the words and the file that choose it for the tool."""
    kind = generator.choice(["uniform", "balanced", "counts", "probabilities", "dataset"])
    classes = generator.randint(2, 40)
    if kind == "uniform":
        return upsilon.Law.uniform(classes), ["--classes", classes], ""
    if kind == "balanced":
        size = generator.randint(2, 9)
        law = upsilon.Law.uniform(classes, per_class=size)
        return law, ["--classes", classes, "--per-class", size], ""
    if kind == "dataset":
        name = generator.choice(["binary", "cifar-10", "cifar-100", "digits", "banking77"])
        return upsilon.Law.dataset(name), ["--dataset", name], ""
    weights = [generator.randint(1, 12) for _ in range(classes)]
    if kind == "counts":
        text = "label,count\n" + "".join(f"c{i},{w}\n" for i, w in enumerate(weights))
        return upsilon.Law.counts(weights), ["--counts", "-"], text
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    text = "label,probability\n" + "".join(f"c{i},{p}\n" for i, p in enumerate(shares))
    return upsilon.Law.probabilities(shares), ["--probabilities", "-"], text


def row_of(words, text, digits):
    result = upsilon.run(*words, "--format", "json", "--digits", digits, input=text)
    rows = json.loads(result.output, parse_float=str, parse_int=str)
    assert len(rows) == 1
    return rows[0]


def check(number, text, digits):
    """The decimal and the float of a number are those that the tool printed."""
    if text is None:
        return
    printed = Decimal(text)
    assert number.decimal(digits) == printed
    if digits >= 25:
        # Rounding twice could differ only within 10^-25 of a tie.
        assert float(number) == float(printed)


@pytest.mark.parametrize("index", range(50))
def test_coverage(index):
    generator = random.Random(f"{SEED} coverage {index}")
    law, words, text = random_law(generator)
    sampling = generator.choice(
        ["with-replacement"] + (["without-replacement"] if law.items else [])
    )
    limit = min(8 * law.classes, law.items if sampling == "without-replacement" else 1 << 30)
    n = generator.randint(1, limit)
    digits = generator.choice([5, 17, 25, 40])
    options = {}
    if generator.random() < 0.3 and law.items is None:
        options = {"copies": generator.randint(1, 3), "at_least": generator.randint(1, law.classes)}
        words = [*words, "--copies", options["copies"], "--at-least", options["at_least"]]
    time = upsilon.WaitingTime(law, sampling=sampling, **options)
    words = ["coverage", *words, "--draws", n]
    if sampling == "without-replacement":
        words.append("--without-replacement")
    row = row_of(words, text, digits)
    check(time.number("cdf", n), row["coverage_probability"], digits)
    check(time.number("sf", n), row["miss_probability"], digits)
    check(time.number("log10cdf", n), row["log10_coverage_probability"], digits)
    check(time.number("log10sf", n), row["log10_miss_probability"], digits)
    assert time.cdf(n) == float(time.number("cdf", n))


@pytest.mark.parametrize("index", range(50))
def test_waiting(index):
    generator = random.Random(f"{SEED} waiting {index}")
    law, words, text = random_law(generator)
    digits = generator.choice([5, 17, 25, 40])
    q = generator.choice(["0.5", "0.9", "0.99", "0.001"])
    row = row_of(["waiting", *words, "--quantiles", q], text, digits)
    time = upsilon.WaitingTime(law)
    check(time.number("mean"), row["mean"], digits)
    check(time.number("std"), row["standard_deviation"], digits)
    assert str(time.ppf(float(q))) == row[f"quantile_{q}"]
    assert time.isf(1 - Fraction(q)) == time.ppf(q)


@pytest.mark.parametrize("index", range(50))
def test_collisions(index):
    generator = random.Random(f"{SEED} collision {index}")
    law, words, text = random_law(generator)
    negatives = generator.randint(1, 200)
    digits = generator.choice([5, 17, 25, 40])
    row = row_of(["collision", *words, "--negatives", negatives], text, digits)
    collisions = upsilon.CollisionLaw(law, negatives=negatives)
    check(collisions.number("sf", 0), row["collision_probability"], digits)
    check(collisions.number("cdf", 0), row["collision_free_probability"], digits)
    check(collisions.number("mean"), row["expected_collisions"], digits)
    check(collisions.number("expected_log"), row["expected_log_collisions"], digits)
    given = collisions.number("expected_log_given_collision")
    check(given, row["expected_log_collisions_given_collision"], digits)


@pytest.mark.parametrize("index", range(25))
def test_distinct(index):
    generator = random.Random(f"{SEED} distinct {index}")
    law, words, text = random_law(generator)
    n = generator.randint(1, 20)
    rows = json.loads(
        upsilon.run(
            "distinct", *words, "--draws", n, "--format", "json", "--digits", 25, input=text
        ).output,
        parse_float=str,
        parse_int=str,
    )
    distinct = upsilon.DistinctLaw(law, draws=n)
    assert len(rows) > 0
    for row in generator.sample(rows, min(4, len(rows))):
        check(distinct.number("pmf", int(row["distinct"])), row["probability"], 25)
        check(distinct.number("cdf", int(row["distinct"])), row["cumulative_probability"], 25)


@pytest.mark.parametrize("index", range(25))
def test_duplicates(index):
    generator = random.Random(f"{SEED} duplicates {index}")
    law, words, text = random_law(generator)
    n = generator.randint(1, 30)
    row = row_of(["duplicates", *words, "--draws", n], text, 25)
    time = upsilon.DuplicateTime(law)
    check(time.number("cdf", n), row["duplicate_probability"], 25)
    check(time.number("sf", n), row["distinct_probability"], 25)
    check(time.number("singleton", n), row["singleton_probability"], 25)
