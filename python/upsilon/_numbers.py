# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""One number in all its forms."""

from __future__ import annotations

from ctypes import byref, c_double, c_void_p
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ._library import Handle, call, interruptible, take, text_of

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

# The quantities of upsilon.h.
QUANTITIES = {
    name: code
    for code, name in enumerate(
        [
            "pmf",
            "cdf",
            "sf",
            "logcdf",
            "logsf",
            "log10cdf",
            "log10sf",
            "singleton",
            "mean",
            "var",
            "std",
            "expected_log",
            "expected_log_given_collision",
        ]
    )
}


def decimal_of(text: str) -> Decimal:
    """The decimal that the library printed; its minus infinity too."""
    from decimal import Decimal

    return Decimal(text)


def fraction_of(text: str) -> Fraction:
    """The fraction that the library printed."""
    from fractions import Fraction

    return Fraction(text)


@dataclass(frozen=True)
class Enclosure:
    """Two fractions between which a number provably lies.

    >>> from fractions import Fraction
    >>> Fraction(1, 3) in Enclosure(Fraction(1, 4), Fraction(1, 2))
    True
    """

    lower: Fraction
    upper: Fraction

    def __contains__(self, value: object) -> bool:
        from fractions import Fraction

        return isinstance(value, (int, float, Fraction)) and self.lower <= value <= self.upper

    @property
    def width(self) -> Fraction:
        """How far apart the ends are.

        >>> from fractions import Fraction
        >>> Enclosure(Fraction(1, 4), Fraction(1, 2)).width
        Fraction(1, 4)
        """
        return self.upper - self.lower


class Number:
    """A real number that can be had as precisely as wanted.

    >>> from upsilon import Law, WaitingTime
    >>> number = WaitingTime(Law.uniform(6)).number("cdf", 8)
    >>> float(number), number.fraction()
    (0.11402606310013717, Fraction(665, 5832))
    >>> number.decimal(12)
    Decimal('0.114026063100')
    """

    __slots__ = ("_handle",)

    def __init__(self, distribution: Handle, quantity: str, n: int = 0) -> None:
        self._handle = Handle("number_of", distribution.pointer, code_of(quantity), n)

    def __float__(self) -> float:
        return self.double()[0]

    def double(self) -> tuple[float, float]:
        """The nearest float, ties to even, and an upper bound of how far it is off.

        >>> from upsilon import Law, WaitingTime
        >>> WaitingTime(Law.uniform(6)).number("mean").double()[0]
        14.7
        """

        def work() -> tuple[float, float]:
            value, error = c_double(), c_double()
            call("number_double", self._handle.pointer, byref(value), byref(error))
            return value.value, error.value

        return interruptible(work)

    def decimal(self, digits: int) -> Decimal:
        """So many significant digits, every one correct.

        >>> from upsilon import Law, WaitingTime
        >>> WaitingTime(Law.uniform(6)).number("cdf", 24).decimal(20)
        Decimal('0.92541516456631639031')
        """
        return decimal_of(
            interruptible(lambda: text_of("number_decimal", self._handle.pointer, digits))
        )

    def fraction(self) -> Fraction:
        """The number as a fraction; ``ValueError`` where it is none.

        >>> from upsilon import Law, WaitingTime
        >>> WaitingTime(Law.uniform(6)).number("cdf", 8).fraction()
        Fraction(665, 5832)
        """
        return fraction_of(interruptible(lambda: text_of("number_fraction", self._handle.pointer)))

    def enclosure(self, bits: int = 64) -> Enclosure:
        """Two fractions around the number, no farther apart than 2**-bits of it.

        >>> from upsilon import Law, WaitingTime
        >>> float(WaitingTime(Law.uniform(6)).number("mean").enclosure().lower)
        14.7
        """

        def work() -> tuple[str, str]:
            lower, upper = c_void_p(), c_void_p()
            call("number_enclosure", self._handle.pointer, bits, byref(lower), byref(upper))
            return take(lower), take(upper)

        lower, upper = interruptible(work)
        return Enclosure(fraction_of(lower), fraction_of(upper))

    def __repr__(self) -> str:
        return f"Number({self.decimal(17)})"


def code_of(quantity: str) -> int:
    """The number of a quantity.

    >>> code_of("cdf")
    1
    """
    code = QUANTITIES.get(quantity)
    if code is None:
        raise ValueError(f"quantity must be one of {', '.join(QUANTITIES)}, but is {quantity}")
    return code
