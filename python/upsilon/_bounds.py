# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Bounds between the contrastive and the supervised loss."""

from __future__ import annotations

from ctypes import byref, c_void_p
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any, Optional, Union, cast

from ._command import run
from ._library import call, interruptible, take
from ._measuring import Measurements
from ._tables import Table, Value, html_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Best:
    """The best bounds of the supervised loss that a row proves, in nats; None where there is none.

    ``bound`` is the name of the upper one.

    >>> Best(0.25, 1.5, "phi_upper").upper
    1.5
    """

    lower: Optional[float]
    upper: Optional[float]
    bound: Optional[str]


class Explanation(Table):
    """How each bound of a row comes about: its formula, with the numbers put in, and its value."""

    def __str__(self) -> str:
        lines = []
        for row in self.rows:
            value = row["value"]
            lines.append(f"{row['bound']} = {row['formula']}")
            if row["numbers"] is not None:
                lines.append(f"    = {row['numbers']}")
            lines.append(f"    = {value}" if value is not None else f"    : {row['note']}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return html_of(["bound", "formula", "numbers", "value", "note"], self.rows)


class Bounds(Table):
    """All bounds, a row for each row of measurements.

    >>> b = Bounds.published("cifar-10")
    >>> b.best[0].bound, b.verdict[0]
    ('spread_upper', 'below-chance')
    """

    def __init__(self, text: str, reasons: list[str], source: list[str], data: str) -> None:
        super().__init__(text)
        self.reasons = reasons
        self._source = source
        self._data = data

    @classmethod
    def published(cls, dataset: str, *, digits: int = 17) -> Bounds:
        """Those of the losses published for ``cifar-10``, ``cifar-100`` or ``ag-news``.

        >>> len(Bounds.published("cifar-100"))
        8
        """
        return cls._of(["--published", dataset], "", digits)

    @classmethod
    def theory(
        cls, classes: int, *, temperature: Any, negatives: Union[int, str], digits: int = 17
    ) -> Bounds:
        """Those at the simplex frame, the best encoder; ``negatives`` may be a list as text.

        >>> len(Bounds.theory(10, temperature=0.5, negatives="1..8:*2"))
        4
        """
        words = ["--theory", "--classes", classes, "--temperature", temperature]
        return cls._of([*map(str, words), "--negatives", str(negatives)], "", digits)

    @classmethod
    def _of(cls, source: list[str], data: str, digits: int) -> Bounds:
        result = run("bounds", *source, "--format", "csv", "--digits", digits, input=data)
        return cls(result.output, result.notes, source, data)

    @property
    def best(self) -> list[Best]:
        """The best bounds of the supervised loss, row by row.

        >>> Bounds.published("cifar-10").best[0].upper
        2.1113985213403663
        """
        return [
            Best(
                cast(Optional[float], row["best_lower"]),
                cast(Optional[float], row["best_upper"]),
                cast(Optional[str], row["best_bound"]),
            )
            for row in self.rows
        ]

    @property
    def verdict(self) -> list[Optional[str]]:
        """Row by row: below-chance, above-chance, above-cap, or None where there is no bound.

        >>> Bounds.published("ag-news").verdict[0]
        'above-chance'
        """
        return [cast(Optional[str], row["verdict"]) for row in self.rows]

    def explain(self, row: int) -> Explanation:
        """How each bound of a row, counted from 0, comes about.

        >>> print(str(Bounds.published("cifar-10").explain(0)).splitlines()[0][:12])
        curl_lower =
        """
        if not 0 <= row < len(self):
            raise IndexError(f"row must be from 0 to {len(self) - 1}, but is {row}")
        words = ["bounds", *self._source, "--explain", row + 1, "--format", "csv"]
        return Explanation(run(*words, input=self._data).output)

    def plot(self, *, temperature: Optional[float] = None) -> Figure:
        """The loss between its bounds, over the number of draws, as ``upsilon plot`` draws it.

        For unequal classes the loss with priors is above it. Rows that differ in the seed only are
        drawn as their mean with a bar of their standard deviation. The rows must be of one
        temperature, or of the one that is given. Needs matplotlib.
        """
        from ._plotting import figure

        return figure(self.rows, temperature, is_theory="--theory" in self._source)

    def _shown(self) -> list[str]:
        keys = ["dataset", "classes", "draws", "temperature", "contrastive_loss"]
        return [
            *keys, "supervised_loss", "best_lower", "best_upper", "best_bound", "chance", "verdict",
        ]

    def _repr_html_(self) -> str:
        table = super()._repr_html_()
        if not self.reasons:
            return table
        reasons: list[dict[str, Value]] = [{"missing": reason} for reason in self.reasons]
        return table + html_of(["missing"], reasons)


def bounds(
    measurements: Union[Measurements, str, PathLike[str]],
    *,
    gap: Optional[str] = None,
    digits: int = 17,
) -> Bounds:
    """All bounds of measurements, or of a file of them.

    ``gap`` is the form of the gap that bounds subtract: ``convex``, ``published`` or ``exact``;
    the best one that was measured by default.

    >>> from upsilon import measure
    >>> z = [[1.0, 0.0], [1.0, 0.1], [0.0, 1.0], [0.1, 1.0]]
    >>> m = measure(z, z, labels=[0, 0, 1, 1], draws=[2, 4], sampling="with-replacement")
    >>> b = bounds(m)
    >>> b.verdict, b.best[1].lower <= b[1]["supervised_loss"] <= b.best[1].upper
    (['below-chance', 'below-chance'], True)
    """
    if not isinstance(measurements, Measurements):
        measurements = Measurements.read(measurements)
    text = measurements.csv

    def work() -> tuple[str, str]:
        csv, reasons = c_void_p(), c_void_p()
        form = None if gap is None else gap.encode()
        call("bounds", text.encode(), form, digits, byref(csv), byref(reasons))
        return take(csv), take(reasons)

    csv, reasons = interruptible(work)
    source = ["--measurements", "-"] + ([] if gap is None else ["--gap", gap])
    return Bounds(csv, reasons.splitlines(), source, text)
