# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Distributions, shaped like the frozen ones of ``scipy.stats``."""

from __future__ import annotations

import ctypes
import math
import sys
from collections.abc import Sequence
from ctypes import byref, c_double, c_int64, c_void_p
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional, Union

from ._laws import Law, exact_text, sampling_code, whole
from ._library import Handle, Requirement, call, error, integers, interruptible, lib
from ._numbers import QUANTITIES, Enclosure, Number, fraction_of

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from ._laws import Probability

    # A number in the form that was asked for.
    Form = Union[float, Decimal, Fraction]

_double = lib.upsilon_1_double
_doubles = lib.upsilon_1_doubles
_CDF, _SF = QUANTITIES["cdf"], QUANTITIES["sf"]
_LOG_CDF, _LOG_SF = QUANTITIES["logcdf"], QUANTITIES["logsf"]
# Beyond what any distribution serves, so that larger numbers mean the same.
_LIMIT = 1 << 62


class Distribution:
    """What the distributions have in common: quantities in the forms that are asked for.

    A number is a ``float``, the nearest one; with ``digits=d`` a ``Decimal`` of d correct digits;
    with ``exact=True`` a ``Fraction``, where it is one. Arguments may be numbers, sequences, or
    arrays of NumPy and what it makes arrays of: a sequence gives a list, an array an array.
    """

    __slots__ = ("_handle", "_is_quick")

    # Whether a scalar takes milliseconds at most, so that nobody needs to interrupt it.
    _is_quick: bool

    def __init__(self, handle: Handle, is_quick: bool = False) -> None:
        self._handle = handle
        self._is_quick = is_quick

    def number(self, quantity: str, n: int = 0) -> Number:
        """A quantity, such as ``"cdf"`` or ``"mean"``, in all its forms.

        >>> WaitingTime(Law.uniform(6)).number("mean").fraction()
        Fraction(147, 10)
        """
        return Number(self._handle, quantity, n)

    def enclosure(self, quantity: str, n: int = 0, bits: int = 64) -> Enclosure:
        """Two fractions around a quantity, no farther apart than 2**-bits of it.

        >>> found = WaitingTime(Law.uniform(6)).enclosure("mean", bits=100)
        >>> fraction_of("147/10") in found, found.width < fraction_of("1e-28")
        (True, True)
        """
        return self.number(quantity, n).enclosure(bits)

    def support(self) -> tuple[int, Optional[int]]:
        """The least and the greatest number that is possible; None for no end.

        >>> WaitingTime(Law.uniform(6)).support()
        (6, None)
        """
        least, greatest = c_int64(), c_int64()
        call("support", self._handle.pointer, byref(least), byref(greatest))
        end = greatest.value
        return least.value, None if end == (1 << 63) - 1 else end

    def _constant(self, quantity: str, digits: Optional[int], exact: bool) -> Any:
        return _form(self.number(quantity), digits, exact)

    def _at(self, code: int, n: Any, digits: Optional[int], exact: bool) -> Any:
        """A quantity at one n or at many."""
        if type(n) is int and digits is None and not exact:
            if not -_LIMIT < n < _LIMIT:
                n = _LIMIT if n > 0 else -_LIMIT
            return self._scalar(code, n)
        return self._other(code, n, digits, exact)

    def _scalar(self, code: int, n: int) -> float:
        value, message = c_double(), c_void_p()
        pointer = self._handle.pointer
        if self._is_quick:
            failure = _double(pointer, code, n, byref(value), byref(message))
        else:
            failure = interruptible(
                lambda: _double(pointer, code, n, byref(value), byref(message))
            )
        if failure:
            raise error(failure, message)
        return value.value

    def _other(self, code: int, n: Any, digits: Optional[int], exact: bool) -> Any:
        array = _as_array(n)
        if array is not None:
            return self._array(code, array, digits, exact)
        if isinstance(n, Sequence):
            if digits is None and not exact:
                numbers = [
                    value if type(value) is int and -_LIMIT < value < _LIMIT else _floor(value)
                    for value in n
                ]
                return list(self._many(code, integers(numbers), len(n)))
            return [self._at(code, value, digits, exact) for value in n]
        n = _floor(n)
        if digits is None and not exact:
            return self._scalar(code, n)
        return _form(Number(self._handle, _names[code], n), digits, exact)

    def _many(self, code: int, numbers: Any, count: int) -> Any:
        values = (c_double * count)()
        pointer = self._handle.pointer
        interruptible(lambda: call("doubles", pointer, code, numbers, count, values))
        return values

    def _array(self, code: int, array: Any, digits: Optional[int], exact: bool) -> Any:
        import numpy

        if array.dtype.kind not in "iuf":
            raise ValueError(f"n must be whole numbers, but is an array of {array.dtype}")
        if array.dtype.kind == "f":
            array = numpy.floor(array)
            if not numpy.isfinite(array).all():
                raise ValueError("n must be finite")
        if digits is not None or exact:
            forms = [self._at(code, int(value), digits, exact) for value in array.ravel()]
            result = numpy.empty(len(forms), dtype=object)
            result[:] = forms
            return result.reshape(array.shape)
        numbers = numpy.ascontiguousarray(numpy.clip(array, -_LIMIT, _LIMIT), dtype=numpy.int64)
        values = numpy.empty(array.shape)
        pointer = self._handle.pointer
        interruptible(
            lambda: call(
                "doubles", pointer, code, numbers.ctypes.data, numbers.size, values.ctypes.data
            )
        )
        return values


_names = {code: name for name, code in QUANTITIES.items()}


def _as_array(n: Any) -> Any:
    """What is an array of one or more dimensions, as NumPy's; None for anything else."""
    if "numpy" not in sys.modules or isinstance(n, (int, float)):
        return None
    import numpy

    if isinstance(n, numpy.ndarray) or hasattr(n, "__array__"):
        array = numpy.asarray(n)
        return array if array.ndim > 0 else None
    return None


def _floor(n: Any) -> int:
    """The whole number that a distribution function sees.

    >>> _floor(2.5), _floor(-0.5)
    (2, -1)
    """
    if isinstance(n, float) and not math.isfinite(n):
        raise ValueError(f"n must be finite, but is {n}")
    return max(-_LIMIT, min(_LIMIT, int(math.floor(n))))


def _form(number: Number, digits: Optional[int], exact: bool) -> Form:
    if exact:
        if digits is not None:
            raise ValueError("digits and exact cannot be combined")
        return number.fraction()
    return float(number) if digits is None else number.decimal(digits)


class _WithTails(Distribution):
    """A distribution with a distribution function."""

    __slots__ = ()

    def cdf(self, n: Any, *, digits: Optional[int] = None, exact: bool = False) -> Any:
        """P(X <= n).

        >>> WaitingTime(Law.uniform(6)).cdf(24), WaitingTime(Law.uniform(6)).cdf(24, digits=5)
        (0.9254151645663163, Decimal('0.92542'))
        """
        return self._at(_CDF, n, digits, exact)

    def sf(self, n: Any, *, digits: Optional[int] = None, exact: bool = False) -> Any:
        """P(X > n), with all its digits also where it is tiny.

        >>> WaitingTime(Law.uniform(6)).sf([24, 500])
        [0.0745848354336836, 1.5400266154231892e-39]
        """
        return self._at(_SF, n, digits, exact)


class _WithLogs(_WithTails):
    __slots__ = ()

    def logcdf(self, n: Any, *, digits: Optional[int] = None) -> Any:
        """ln P(X <= n).

        >>> WaitingTime(Law.uniform(6)).logcdf([5, 24])
        [-inf, -0.07751281560404379]
        """
        return self._at(_LOG_CDF, n, digits, False)

    def logsf(self, n: Any, *, digits: Optional[int] = None) -> Any:
        """ln P(X > n).

        >>> WaitingTime(Law.uniform(6)).logsf(100000, digits=8)
        Decimal('-18230.364')
        """
        return self._at(_LOG_SF, n, digits, False)


class _WithMean(Distribution):
    __slots__ = ()

    def mean(self, *, digits: Optional[int] = None, exact: bool = False) -> Any:
        """The expectation.

        >>> WaitingTime(Law.uniform(6)).mean(), WaitingTime(Law.uniform(6)).mean(exact=True)
        (14.7, Fraction(147, 10))
        """
        return self._constant("mean", digits, exact)


class _WithMoments(_WithMean):
    __slots__ = ()

    def var(self, *, digits: Optional[int] = None, exact: bool = False) -> Any:
        """The variance.

        >>> WaitingTime(Law.uniform(6)).var(exact=True)
        Fraction(3899, 100)
        """
        return self._constant("var", digits, exact)

    def std(self, *, digits: Optional[int] = None) -> Any:
        """The standard deviation.

        >>> WaitingTime(Law.uniform(6)).std(digits=10)
        Decimal('6.244197306')
        """
        return self._constant("std", digits, False)


class _WithQuantiles(Distribution):
    __slots__ = ()

    def ppf(self, q: Any) -> Any:
        """The least n with P(X <= n) >= q, proven; a float counts as the decimal it prints as.

        >>> WaitingTime(Law.uniform(6)).ppf([0.5, "9/10"])
        [13, 23]
        """
        return _each(q, self._quantile)

    def isf(self, q: Any) -> Any:
        """The least n with P(X > n) <= q, proven.

        >>> WaitingTime(Law.uniform(6)).isf(0.01)
        36
        """
        return _each(q, lambda value: self._quantile(1 - fraction_of(exact_text(value))))

    def median(self) -> int:
        """The least n with P(X <= n) >= 1/2.

        >>> WaitingTime(Law.uniform(6)).median()
        13
        """
        return self._quantile("1/2")

    def interval(self, confidence: Probability) -> tuple[int, int]:
        """The quantiles of (1 - confidence)/2 and (1 + confidence)/2.

        >>> WaitingTime(Law.uniform(6)).interval(0.9)
        (7, 27)
        """
        half = fraction_of(exact_text(confidence)) / 2
        middle = fraction_of("1/2")
        return self._quantile(middle - half), self._quantile(middle + half)

    def _quantile(self, q: Probability) -> int:
        text = exact_text(q).encode()

        def work() -> int:
            n = c_int64()
            call("quantile", self._handle.pointer, text, byref(n))
            return n.value

        return interruptible(work)


def _each(q: Any, function: Any) -> Any:
    """The function of one number, or of each of many."""
    array = _as_array(q)
    if array is not None:
        import numpy

        values = [function(float(value)) for value in array.ravel()]
        return numpy.array(values, dtype=numpy.int64).reshape(array.shape)
    if isinstance(q, Sequence) and not isinstance(q, str):
        return [function(value) for value in q]
    return function(float(q) if hasattr(q, "dtype") else q)


def _requirement(
    copies: Any, at_least: Optional[int], required: Optional[int]
) -> tuple[Requirement, bool]:
    """What draws are to show, and whether that is every class once."""
    for name, value in [("at_least", at_least), ("required", required)]:
        if value is not None and value < 1:
            raise ValueError(f"{name} must be at least 1, but is {value}")
    result = Requirement(at_least=at_least or 0, required=required or 0)
    if isinstance(copies, int):
        if copies < 1:
            raise ValueError(f"copies must be at least 1, but is {copies}")
        result.copies = copies
    else:
        if required is not None:
            raise ValueError("required cannot be combined with copies of each class")
        each = [whole(value, "copies") for value in copies]
        result.copies_of_each = integers(each)
        result.count = len(each)
    is_plain = copies == 1 if isinstance(copies, int) else False
    return result, is_plain and at_least is None and required is None


# Scalars of laws with more classes may take long enough to be interrupted.
_QUICK_CLASSES = 2000


class WaitingTime(_WithLogs, _WithMoments, _WithQuantiles):
    """The number of draws until every class was seen: the coupon collector's waiting time.

    ``copies=m`` asks for every class m times, or a list for each class its own number, 0 for one
    that need not come; ``at_least=j`` for j of the classes; ``required=r`` for the first r only.

    >>> time = WaitingTime(Law.uniform(6))
    >>> time.mean(), time.mean(exact=True), time.ppf([0.5, 0.99])
    (14.7, Fraction(147, 10), [13, 36])
    >>> time.cdf([6, 12, 24])
    [0.015432098765432098, 0.43781568062117904, 0.9254151645663163]
    >>> time.sf(500, digits=20)
    Decimal('1.5400266154231892035E-39')
    >>> WaitingTime(Law.uniform(6), copies=2).mean(digits=10)
    Decimal('24.13386920')
    """

    __slots__ = ()

    def __init__(
        self,
        law: Law,
        *,
        sampling: str = "with-replacement",
        copies: Union[int, Sequence[int]] = 1,
        at_least: Optional[int] = None,
        required: Optional[int] = None,
    ) -> None:
        requirement, is_plain = _requirement(copies, at_least, required)
        handle = Handle(
            "waiting_time", law._handle.pointer, sampling_code(sampling), byref(requirement)
        )
        super().__init__(handle, is_quick=is_plain and law.classes <= _QUICK_CLASSES)


class Packs(_WithLogs, _WithMoments, _WithQuantiles):
    """The number of packs, of ``size`` different classes each, until all were seen.

    ``required=r`` asks for the first r classes only.

    >>> Packs(670, size=5).mean(digits=10)
    Decimal('946.9837488')
    """

    __slots__ = ()

    def __init__(self, classes: int, *, size: int, required: Optional[int] = None) -> None:
        if required is not None and required < 1:
            raise ValueError(f"required must be at least 1, but is {required}")
        numbers = integers([classes, size, required or 0])
        super().__init__(Handle("pack_waiting_time", *numbers))


class DuplicateTime(_WithLogs, _WithQuantiles):
    """The number of draws until a class comes twice: the birthday problem.

    >>> time = DuplicateTime(Law.uniform(365))
    >>> time.median(), time.cdf(23)
    (23, 0.5072972343239854)
    """

    __slots__ = ()

    def __init__(self, law: Law, *, sampling: str = "with-replacement") -> None:
        super().__init__(Handle("duplicate_time", law._handle.pointer, sampling_code(sampling)))

    def singleton(self, n: Any, *, digits: Optional[int] = None, exact: bool = False) -> Any:
        """The probability that some class comes exactly once among n draws.

        >>> DuplicateTime(Law.uniform(365)).singleton(23, digits=10)
        Decimal('1.000000000')
        """
        return self._at(QUANTITIES["singleton"], n, digits, exact)


@dataclass(frozen=True)
class Duplicates:
    """How likely n draws are to show some class twice, no class twice, or some class exactly once.

    >>> duplicates(Law.uniform(6), 2, exact=True).distinct_probability
    Fraction(5, 6)
    """

    draws: int
    duplicate_probability: Form
    distinct_probability: Form
    singleton_probability: Form


def duplicates(
    law: Law,
    draws: int,
    *,
    sampling: str = "with-replacement",
    digits: Optional[int] = None,
    exact: bool = False,
) -> Duplicates:
    """How likely is a class twice, no class twice, or some class exactly once, among n draws.

    >>> duplicates(Law.dataset("imagenet-1k"), 64, digits=6).duplicate_probability
    Decimal('0.873334')
    """
    time = DuplicateTime(law, sampling=sampling)
    return Duplicates(
        draws,
        time.cdf(draws, digits=digits, exact=exact),
        time.sf(draws, digits=digits, exact=exact),
        time.singleton(draws, digits=digits, exact=exact),
    )


class CollisionLaw(_WithTails, _WithMean):
    """The number of negatives that share the anchor's class.

    >>> law = CollisionLaw(Law.dataset("cifar-100"), negatives=127)
    >>> law.probability(digits=8), law.mean(exact=True)
    (Decimal('0.72095791'), Fraction(127, 100))
    """

    __slots__ = ()

    def __init__(self, law: Law, *, negatives: int, sampling: str = "with-replacement") -> None:
        count = integers([negatives])[0]
        super().__init__(
            Handle("collision_law", law._handle.pointer, sampling_code(sampling), count)
        )

    def pmf(self, m: Any, *, digits: Optional[int] = None, exact: bool = False) -> Any:
        """The probability of exactly m collisions.

        >>> CollisionLaw(Law.uniform(100), negatives=127).pmf(1)
        0.35796308333638904
        """
        return self._at(QUANTITIES["pmf"], m, digits, exact)

    def probability(self, *, digits: Optional[int] = None, exact: bool = False) -> Any:
        """The probability of a collision.

        >>> CollisionLaw(Law.uniform(100), negatives=127).probability(digits=8)
        Decimal('0.72095791')
        """
        return self._at(_SF, 0, digits, exact)

    def free_probability(self, *, digits: Optional[int] = None, exact: bool = False) -> Any:
        """The probability that there is none.

        >>> CollisionLaw(Law.uniform(100), negatives=127).free_probability(digits=8)
        Decimal('0.27904209')
        """
        return self._at(_CDF, 0, digits, exact)

    def expected_log(self, *, digits: Optional[int] = None) -> Any:
        """E ln(1 + Col), in nats.

        >>> CollisionLaw(Law.uniform(100), negatives=127).expected_log()
        0.696611371428506
        """
        return self._constant("expected_log", digits, False)

    def expected_log_given_collision(self, *, digits: Optional[int] = None) -> Any:
        """The same given that there is a collision.

        >>> CollisionLaw(Law.uniform(100), negatives=127).expected_log_given_collision()
        0.9662302894510822
        """
        return self._constant("expected_log_given_collision", digits, False)


class CoveredCollisionLaw(Distribution):
    """The number of collisions, where anchor and negatives show every class besides.

    Its probabilities sum to that of coverage.

    >>> law = CoveredCollisionLaw(Law.uniform(3), negatives=4)
    >>> law.pmf(0, exact=True)
    Fraction(14, 81)
    """

    __slots__ = ()

    def __init__(
        self,
        law: Law,
        *,
        negatives: int,
        sampling: str = "with-replacement",
        copies: Union[int, Sequence[int]] = 1,
        at_least: Optional[int] = None,
        required: Optional[int] = None,
    ) -> None:
        requirement, _ = _requirement(copies, at_least, required)
        count = integers([negatives])[0]
        super().__init__(
            Handle(
                "covered_collision_law",
                law._handle.pointer,
                sampling_code(sampling),
                count,
                byref(requirement),
            )
        )

    def pmf(self, m: Any, *, digits: Optional[int] = None, exact: bool = False) -> Any:
        """The probability of coverage with exactly m collisions.

        >>> CoveredCollisionLaw(Law.uniform(3), negatives=4).pmf([0, 1])
        [0.1728395061728395, 0.2962962962962963]
        """
        return self._at(QUANTITIES["pmf"], m, digits, exact)


class DistinctLaw(_WithTails, _WithMoments, _WithQuantiles):
    """The number of distinct labels among n draws.

    >>> law = DistinctLaw(Law.uniform(6), draws=4)
    >>> law.support(), law.pmf(3, exact=True), law.median()
    ((1, 4), Fraction(5, 9), 3)
    """

    __slots__ = ()

    def __init__(self, law: Law, *, draws: int, sampling: str = "with-replacement") -> None:
        count = integers([draws])[0]
        super().__init__(
            Handle("distinct_law", law._handle.pointer, sampling_code(sampling), count)
        )

    def pmf(self, d: Any, *, digits: Optional[int] = None, exact: bool = False) -> Any:
        """The probability of exactly d distinct labels.

        >>> DistinctLaw(Law.uniform(6), draws=4).pmf(3, exact=True)
        Fraction(5, 9)
        """
        return self._at(QUANTITIES["pmf"], d, digits, exact)
