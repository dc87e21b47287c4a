# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Laws of one label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ctypes import c_char_p
from typing import TYPE_CHECKING, Any, Optional, Union

from ._library import Handle, integers, lib

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    Probability = Union[int, float, str, Fraction, Decimal]

SAMPLINGS = {"with-replacement": 0, "without-replacement": 1}


def sampling_code(sampling: str) -> int:
    """The number of a sampling scheme.

    >>> sampling_code("without-replacement")
    1
    """
    code = SAMPLINGS.get(sampling)
    if code is None:
        raise ValueError(
            f"sampling must be with-replacement or without-replacement, but is {sampling}"
        )
    return code


def exact_text(value: Probability) -> str:
    """A number as the library reads it, exactly; a float is the decimal that it prints as.

    >>> exact_text(0.1), exact_text("2/7")
    ('0.1', '2/7')
    """
    if isinstance(value, str):
        return value
    return repr(float(value)) if isinstance(value, float) else str(value)


class Law:
    """The law of one label: which classes there are, and how likely each is.

    >>> Law.uniform(100)
    Law.uniform(100)
    >>> Law.counts([500, 400, 60]).items
    960
    """

    __slots__ = ("_handle", "_text")

    def __init__(self, handle: Handle, text: str) -> None:
        self._handle = handle
        self._text = text

    @classmethod
    def uniform(cls, classes: int, per_class: Optional[int] = None) -> Law:
        """Equally likely classes; with ``per_class`` items of each, a finite set.

        >>> Law.uniform(10, per_class=50).items
        500
        """
        if per_class is None:
            handle = Handle("law_uniform", integers([classes])[0])
            return cls(handle, f"Law.uniform({classes})")
        handle = Handle("law_counts", integers([per_class]), integers([classes]), 1)
        return cls(handle, f"Law.uniform({classes}, per_class={per_class})")

    @classmethod
    def counts(cls, counts: Any) -> Law:
        """A finite set, by the number of items of each class.

        Takes any iterable of whole numbers, a mapping from labels to them, or what pandas'
        ``value_counts`` returns.

        >>> Law.counts({"cat": 3, "dog": 5}).classes
        2
        """
        values = counts.values() if isinstance(counts, Mapping) else counts
        sizes = [whole(value, "count") for value in values]
        return cls(
            Handle("law_counts", integers(sizes), None, len(sizes)),
            f"Law.counts(<{len(sizes)} classes>)",
        )

    @classmethod
    def probabilities(
        cls, probabilities: Iterable[Probability], *, normalize: bool = False, blank: bool = False
    ) -> Law:
        """Classes by their probabilities, exactly: fractions, decimals, or text of either.

        They must sum to exactly 1, unless ``normalize`` divides them by their sum, or ``blank``
        lets the rest of a draw show no class. A float counts as the decimal that it prints as.

        >>> Law.probabilities([0.1, "2/5", 0.5]).classes
        3
        >>> Law.probabilities([0.5, 0.4])
        Traceback (most recent call last):
        ...
        ValueError: sum of the probabilities must be 1, but is 9/10
        """
        if normalize and blank:
            raise ValueError("normalize and blank cannot be combined")
        texts = [exact_text(value).encode() for value in probabilities]
        array = (c_char_p * len(texts))(*texts)
        rest = 2 if normalize else 1 if blank else 0
        return cls(
            Handle("law_probabilities", array, len(texts), rest),
            f"Law.probabilities(<{len(texts)} classes>)",
        )

    @classmethod
    def dataset(cls, name: str) -> Law:
        """The training split of a well-known data set, such as ``imagenet-1k``.

        >>> Law.dataset("cifar-10").items
        50000
        """
        return cls(Handle("law_dataset", name.encode()), f"Law.dataset({name!r})")

    @property
    def classes(self) -> int:
        """The number of classes.

        >>> Law.dataset("imagenet-1k").classes
        1000
        """
        return int(lib.upsilon_1_law_classes(self._handle.pointer))

    @property
    def items(self) -> Optional[int]:
        """The number of items to draw from; None for a law that is not one of a finite set.

        >>> Law.uniform(5).items is None
        True
        """
        items = int(lib.upsilon_1_law_items(self._handle.pointer))
        return None if items < 0 else items

    def __repr__(self) -> str:
        return self._text


def whole(value: Any, name: str) -> int:
    """A whole number of any type.

    >>> whole(3.0, "count")
    3
    """
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        number = None
    if number is None or number != value:
        raise ValueError(f"{name} must be a whole number, but is {value!r}")
    return number
