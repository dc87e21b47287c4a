# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""The figure of bounds, in the style of the tool's own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Optional

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ._bounds import Bounds

# The colours of M. Okabe and K. Ito, as in the tool's figures.
_LINES = [
    ("supervised_loss", "L_sup", "#000000", "o", "-"),
    ("phi_upper", "Phi, upper", "#009E73", "v", "-"),
    ("spread_upper", "Spread, upper", "#0072B2", "v", "-"),
    ("spread_lower", "Spread, lower", "#0072B2", "^", "-."),
    ("chance", "ln C", "#A0A0A0", "", ":"),
]


def figure(bounds: Bounds) -> Figure:
    """The supervised loss between its bounds, over the number of draws."""
    from matplotlib.figure import Figure

    result = Figure(figsize=(6.4, 4.0), layout="constrained")
    axes: Any = result.subplots()
    axes.set_xscale("log", base=2)
    lower = _curve(bounds, "best_lower")
    upper = _curve(bounds, "best_upper")
    both = sorted(lower.keys() & upper.keys())
    if both:
        axes.fill_between(
            both, [lower[n] for n in both], [upper[n] for n in both], color="#D8E8F3", linewidth=0
        )
    for column, label, color, marker, dash in _LINES:
        curve = _curve(bounds, column)
        if curve:
            axes.plot(
                list(curve), list(curve.values()), color=color, label=label, marker=marker or None,
                linestyle=dash, markersize=4,
            )
    chance = max((value for value in _curve(bounds, "chance").values()), default=1.0)
    axes.set_ylim(0, 1.6 * chance)
    axes.set_xlabel("Number of draws K+1")
    axes.set_ylabel("Supervised loss (nats)")
    axes.grid(axis="y", color="#dddddd")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    return result


def _curve(bounds: Bounds, column: str) -> dict[int, float]:
    """The means of a column over rows of the same number of draws, those that are finite."""
    sums: dict[int, list[float]] = {}
    for row in bounds.rows:
        value: Optional[Any] = row.get(column)
        if isinstance(value, float) and math.isfinite(value):
            sums.setdefault(int(row["draws"] or 0), []).append(value)
    return {n: math.fsum(values) / len(values) for n, values in sorted(sums.items())}
