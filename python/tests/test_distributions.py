# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Shapes, forms and errors of the distributions."""

import math
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy
import pytest

import upsilon

DIE = upsilon.Law.uniform(6)


def enumerated(classes, n):
    """P(n draws show every class) by counting all sequences."""
    outcomes = list(product(range(classes), repeat=n))
    return Fraction(sum(len(set(o)) == classes for o in outcomes), len(outcomes))


@pytest.mark.parametrize("n", range(1, 7))
def test_cdf_is_the_share_of_sequences(n):
    time = upsilon.WaitingTime(upsilon.Law.uniform(3))
    assert time.cdf(n, exact=True) == enumerated(3, n)
    assert time.sf(n, exact=True) == 1 - enumerated(3, n)


def test_forms():
    time = upsilon.WaitingTime(DIE)
    exact = time.cdf(24, exact=True)
    assert isinstance(time.cdf(24), float) and time.cdf(24) == float(exact)
    assert time.cdf(24, digits=30) == Decimal("0.925415164566316390312622013875")
    value, error = time.number("cdf", 24).double()
    assert abs(Fraction(value) - exact) <= Fraction(error)
    enclosure = time.enclosure("cdf", 24, bits=200)
    assert exact in enclosure and enclosure.width <= exact / 2**200
    assert exact + 1 not in enclosure
    with pytest.raises(ValueError, match="cannot be combined"):
        time.cdf(24, digits=3, exact=True)


def test_logarithms():
    time = upsilon.WaitingTime(DIE)
    assert time.logcdf(5) == -math.inf and time.logsf(5) == 0
    assert time.logsf(100000, digits=8) == Decimal("-18230.364")
    with pytest.raises(ValueError, match="fraction"):
        time.number("logcdf", 24).fraction()


def test_arrays_are_scalars_bit_for_bit():
    for law in [DIE, upsilon.Law.uniform(100), upsilon.Law.counts([50, 30, 20, 7, 3])]:
        for sampling in ["with-replacement", "without-replacement"] if law.items else [
            "with-replacement"
        ]:
            time = upsilon.WaitingTime(law, sampling=sampling)
            n = numpy.arange(1, (law.items or 2000) + 1)
            for name in ["cdf", "sf"]:
                values = getattr(time, name)(n)
                sample = numpy.random.default_rng(1).choice(len(n), 60)
                for index in sample:
                    fraction = time.number(name, int(n[index]))
                    assert values[index] == float(fraction), (law, sampling, name, n[index])


def test_shapes():
    time = upsilon.WaitingTime(DIE)
    n = numpy.array([[6, 12], [24, 5]])
    assert time.cdf(n).shape == (2, 2) and time.cdf(n).dtype == numpy.float64
    assert time.cdf(n)[1, 0] == time.cdf(24) and time.cdf(n)[1, 1] == 0
    assert time.cdf(n[:, ::-1])[0, 0] == time.cdf(12)
    assert time.cdf(numpy.array([])).shape == (0,)
    assert time.cdf([]) == []
    assert time.cdf(n, digits=5)[0, 1] == time.cdf(12, digits=5)
    assert time.cdf((6, 12)) == [time.cdf(6), time.cdf(12)] == time.cdf(range(6, 13, 6))
    assert time.cdf(numpy.int32(12)) == time.cdf(12.9) == time.cdf(12)
    assert time.ppf(numpy.array([0.5, 0.99])).tolist() == [13, 36]
    # The nearest double of 0.7 is not the decimal, which is what is meant.
    assert time.ppf(numpy.float64(0.7)) == time.ppf("7/10")


def test_limits():
    time = upsilon.WaitingTime(DIE)
    assert time.cdf(-5) == 0 and time.sf(0) == 1 and time.cdf(-(10**30)) == 0
    with pytest.raises(ValueError, match="drawCount must be at most 1000000000000000"):
        time.cdf(10**30)
    with pytest.raises(ValueError, match="n must be finite"):
        time.cdf(math.nan)
    with pytest.raises(ValueError, match="n must be finite"):
        time.cdf(numpy.array([math.inf]))
    with pytest.raises(ValueError, match="whole numbers"):
        time.cdf(numpy.array(["a"]))


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: upsilon.Law.uniform(0), "classCount must be at least 1"),
        (lambda: upsilon.Law.uniform(1 << 70), "beyond 64 bits"),
        (lambda: upsilon.Law.counts([3, 0]), "but is 0"),
        (lambda: upsilon.Law.counts([2.5]), "count must be a whole number, but is 2.5"),
        (lambda: upsilon.Law.probabilities([0.5, 0.4]), "must be 1, but is 9/10"),
        (lambda: upsilon.Law.dataset("imagenet"), "dataset must be one of"),
        (lambda: upsilon.WaitingTime(DIE, sampling="some"), "sampling must be"),
        (lambda: upsilon.WaitingTime(DIE, sampling="without-replacement"), "without class sizes"),
        (lambda: upsilon.WaitingTime(DIE, at_least=7), "atLeast must"),
        (lambda: upsilon.WaitingTime(DIE, copies=0), "copies must be at least 1"),
        (lambda: upsilon.WaitingTime(DIE, copies=[1, 2]), "copies"),
        (lambda: upsilon.WaitingTime(DIE).ppf(1), "probability must be greater than 0"),
        (lambda: upsilon.WaitingTime(DIE).ppf("half"), "number must be"),
        (lambda: upsilon.CollisionLaw(DIE, negatives=-1), "negativeCount must be at least 0"),
        (lambda: upsilon.DistinctLaw(DIE, draws=0), "drawCount must be at least 1"),
        (lambda: upsilon.Packs(5, size=6), "packSize must"),
        (lambda: upsilon.WaitingTime(DIE).number("pdf"), "quantity must be one of"),
    ],
)
def test_errors(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_too_large():
    with pytest.raises(upsilon.CapacityError, match="would take"):
        upsilon.WaitingTime(upsilon.Law.uniform(10**6)).cdf(2 * 10**7, exact=True)


def test_requirements():
    law = upsilon.Law.counts([500, 400, 60, 30, 10])
    assert upsilon.WaitingTime(law, copies=[0, 0, 0, 3, 3]).mean() == 305.6640625
    assert upsilon.WaitingTime(upsilon.Law.uniform(10), required=2).mean(exact=True) == 15
    blank = upsilon.Law.probabilities(["0.007"] * 3, blank=True)
    assert upsilon.WaitingTime(blank).mean(digits=5) == Decimal("261.90")
    assert upsilon.WaitingTime(law).support() == (5, None)
    assert upsilon.WaitingTime(law, sampling="without-replacement").support() == (5, 991)
    assert upsilon.WaitingTime(DIE).interval(0.9) == (7, 27)


def test_laws():
    pandas = pytest.importorskip("pandas")
    labels = pandas.Series(["cat", "dog", "dog", "dog"])
    assert upsilon.Law.counts(labels.value_counts()).items == 4
    assert upsilon.Law.counts({"cat": 1, "dog": 3}).classes == 2
    assert upsilon.Law.counts(numpy.array([1, 3], dtype=numpy.uint8)).items == 4
    assert upsilon.Law.probabilities([1, 2, 5], normalize=True).classes == 3
    assert upsilon.Law.probabilities([Decimal("0.5"), Fraction(1, 2)]).classes == 2


def test_objects_outlive_what_they_were_made_from():
    number = upsilon.WaitingTime(upsilon.Law.uniform(6)).number("cdf", 24)
    assert float(number) == upsilon.WaitingTime(DIE).cdf(24)


def test_threads_share_a_distribution():
    time = upsilon.WaitingTime(upsilon.Law.dataset("cifar-10"), sampling="without-replacement")
    numbers = list(range(10, 200))
    expected = [time.cdf(n) for n in numbers]
    with ThreadPoolExecutor(4) as pool:
        for values in pool.map(lambda _: [time.cdf(n) for n in numbers], range(8)):
            assert values == expected
