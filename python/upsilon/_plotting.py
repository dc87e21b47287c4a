# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""The figure of bounds, in the style of the tool's own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Optional

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ._tables import Value


class _Look(NamedTuple):
    """How a curve is drawn; colours are those of M. Okabe and K. Ito, as in the tool's figures."""

    column: str
    label: str
    color: str
    marker: str = ""
    dash: Any = "-"
    is_hollow: bool = False


class _Panel(NamedTuple):
    """A loss, its bounds and the losses of guessing."""

    axis: str
    loss: _Look
    chances: Sequence[_Look]
    best: tuple[str, str]
    bounds: Sequence[_Look]


_DASHED: Any = (0, (5, 4))
_DASH_DOT: Any = (0, (7, 3, 1, 3))
_SUPERVISED = _Panel(
    "Supervised loss (nats)",
    _Look("supervised_loss", "Measured L_sup", "#000000", "o"),
    [_Look("chance", "Chance, ln C", "#606060", dash=_DASHED)],
    ("best_lower", "best_upper"),
    [
        _Look("spread_upper", "Spread, upper", "#0072B2", "v"),
        # Above the other, which it often is the same as.
        _Look("phi_upper", "Phi, upper", "#009E73", "^", _DASHED, True),
        _Look("spread_lower", "Spread, lower", "#0072B2", "v", _DASH_DOT, True),
    ],
)
_ADJUSTED = _Panel(
    "Loss with priors (nats)",
    _Look("prior_adjusted_loss", "Measured L_adj", "#000000", "o"),
    [
        _Look("chance", "ln C", "#A0A0A0", dash=":"),
        _Look("prior_adjusted_chance", "Chance, H(rho)", "#606060", dash=_DASHED),
    ],
    ("prior_adjusted_lower", "prior_adjusted_upper"),
    [
        _Look("prior_adjusted_upper", "With priors, upper", "#D55E00", "^"),
        _Look("prior_adjusted_lower", "With priors, lower", "#D55E00", "^", _DASH_DOT, True),
    ],
)
# How far above the loss of guessing an axis ends.
_HEADROOM = 1.12

Row = dict[str, "Value"]
# For each number of draws a mean, and the length of its bar.
Curve = dict[int, tuple[float, float]]


def figure(rows: Sequence[Row], temperature: Optional[float], is_theory: bool) -> Figure:
    """Losses between their bounds, over the number of draws."""
    from matplotlib.figure import Figure

    if temperature is not None:
        rows = [row for row in rows if row["temperature"] == temperature]
    if not rows:
        given = "" if temperature is None else f" of the temperature {temperature}"
        raise ValueError(f"there is no row{given}")
    setting = {name: _one(rows, name) for name in ["dataset", "classes", "temperature", "sampling"]}
    panels = [_SUPERVISED]
    if any(_number(row, "prior_adjusted_chance") < _number(row, "chance") - 1e-9 for row in rows):
        panels.insert(0, _ADJUSTED)
    result = Figure(figsize=(9.6, 3.9 * len(panels) + 0.4), layout="constrained")
    bars = []
    for index, panel in enumerate(panels):
        axes = result.add_subplot(len(panels), 1, index + 1)
        bars += _draw(axes, panel, rows, is_theory)
    axes.set_xlabel("Number of draws K+1")
    name = "Theoretical optimum (simplex frame)" if is_theory else setting["dataset"]
    recipe = " and ".join(sorted({str(row["recipe"]) for row in rows}))
    title = (
        f"{name}, C = {setting['classes']}, t = {setting['temperature']}, "
        f"{str(setting['sampling']).replace('-', ' ')}, {recipe} bounds"
    )
    if any(bars):
        seeds = len({row["seed"] for row in rows})
        what = f"standard deviation over {seeds} seeds" if seeds > 1 else "standard error"
        title += f" (error bars: {what})"
    result.suptitle(title, fontsize=11)
    return result


def _one(rows: Sequence[Row], column: str) -> Value:
    """What all rows have in a column."""
    found = sorted({str(row[column]) for row in rows})
    if len(found) > 1:
        choice = ": choose one with temperature=" if column == "temperature" else ""
        raise ValueError(f"the rows differ in {column} ({', '.join(found)}){choice}")
    return rows[0][column]


def _draw(axes: Any, panel: _Panel, rows: Sequence[Row], is_theory: bool) -> list[float]:
    """Draws a panel; returns the lengths of all bars."""
    low, high = (_curve(rows, column) for column in panel.best)
    curves = [(look, _curve(rows, look.column)) for look in [*panel.bounds, panel.loss]]
    chances = [(look, _curve(rows, look.column)) for look in panel.chances]
    chance = max((mean for _, curve in chances for mean, _ in curve.values()), default=None)
    draws = sorted({int(row["draws"] or 0) for row in rows})

    means = [mean for _, curve in curves for mean, _ in curve.values()]
    means += [mean for mean, _ in low.values()]
    shown = [mean for curve in [curves[-1][1], low] for mean, _ in curve.values()]
    # Of an upper bound something is seen, if only that it is above the loss of guessing.
    shown.append(min((mean for mean, _ in high.values()), default=0.0))
    top = 1.05 * max(means, default=1.0)
    if chance is not None:
        top = max(1.05 * max(shown), _HEADROOM * chance)
        means.append(chance)
    smallest = min(means, default=0.0)
    bottom = smallest - 0.12 * (top - smallest)
    axes.set_ylim(max(0.0, bottom) if smallest >= 0 else bottom, top)
    _scale(axes, draws)

    both = [n for n in draws if n in low and n in high]
    if len(both) > 1:
        axes.fill_between(
            both, [low[n][0] for n in both], [high[n][0] for n in both], color="#D8E8F3",
            linewidth=0, label="Best lower to upper",
        )
    for look, curve in chances:
        if curve:
            level = max(mean for mean, _ in curve.values())
            axes.axhline(
                level, color=look.color, linestyle=look.dash, linewidth=1, label=look.label
            )
    for look, curve in curves:
        if not curve:
            continue
        is_optimum = is_theory and look is panel.loss
        axes.errorbar(
            list(curve), [mean for mean, _ in curve.values()],
            [bar for _, bar in curve.values()] if any(bar for _, bar in curve.values()) else None,
            color=look.color, marker=look.marker, linestyle=":" if is_optimum else look.dash,
            markersize=6 if look.is_hollow else 4.5, linewidth=1.5, elinewidth=1, capsize=2,
            markerfacecolor="white" if look.is_hollow else look.color,
            label="L_sup at the optimum" if is_optimum else look.label,
        )
    axes.set_ylabel(panel.axis)
    axes.grid(axis="y", color="#DDDDDD")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.01, 1.02), fontsize=9)
    return [bar for _, curve in curves for _, bar in curve.values()]


def _scale(axes: Any, draws: list[int]) -> None:
    """A logarithmic axis with labels at numbers of draws that stand far enough apart."""
    first, last = draws[0], draws[-1]
    axes.set_xscale("log", base=2)
    margin = (last / first) ** 0.035 if last > first else 2.0
    axes.set_xlim(first / margin, last * margin)
    powers = [n for n in draws if n & (n - 1) == 0]
    distance = (last / first) ** (0.035 + 0.014 * len(str(last)))
    ticks: list[int] = []
    for n in powers if len(powers) > 2 else draws:
        if not ticks or n >= ticks[-1] * distance:
            ticks.append(n)
    axes.set_xticks(ticks, [str(n) for n in ticks])
    axes.minorticks_off()


def _number(row: Row, column: str) -> float:
    """A number, NaN where there is none."""
    value = row.get(column)
    return value if isinstance(value, float) else math.nan


def _curve(rows: Sequence[Row], column: str) -> Curve:
    """The means over seeds of a column, with standard deviations, or the standard error of one.

    What is infinite for a seed is left out.

    >>> rows = [{"draws": 2, "gap": 1.0}, {"draws": 2, "gap": 3.0}, {"draws": 4, "gap": math.inf}]
    >>> _curve(rows, "gap")
    {2: (2.0, 1.4142135623730951)}
    >>> _curve([{"draws": 2, "gap": 1.0, "gap_se": 0.25}], "gap")
    {2: (1.0, 0.25)}
    """
    found: dict[int, list[Row]] = {}
    for row in rows:
        if not math.isnan(_number(row, column)):
            found.setdefault(int(row["draws"] or 0), []).append(row)
    curve: Curve = {}
    for draws, own in sorted(found.items()):
        values = [_number(row, column) for row in own]
        if not all(map(math.isfinite, values)):
            continue
        mean = math.fsum(value / len(values) for value in values)
        if len(values) > 1:
            squares = math.fsum((value - mean) ** 2 for value in values)
            bar = math.sqrt(squares / (len(values) - 1))
        else:
            bar = _number(own[0], f"{column}_se")
        curve[draws] = (mean, 0.0 if math.isnan(bar) else bar)
    return curve
