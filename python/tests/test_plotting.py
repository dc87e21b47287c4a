# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""What figures of bounds show; skipped where matplotlib is missing."""

import io

import pytest

import upsilon

pytest.importorskip("matplotlib")


def bounds_of(**options):
    """Bounds of features at the corners of a square, of so many items a corner."""
    sizes = options.pop("sizes", (30, 30))
    corners = [(1.0, 0.1), (0.1, 1.0)]
    rows = [
        [x + 0.003 * (i % 5), y]
        for (x, y), size in zip(corners, sizes)
        for i in range(size)
    ]
    labels = [label for label, size in enumerate(sizes) for _ in range(size)]
    return upsilon.bounds(upsilon.measure(rows, rows, labels=labels, **options))


def labels_of(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


def test_equal_classes():
    found = bounds_of(draws=[2, 4, 8, 16], temperature=0.5, sampling="with-replacement", name="toy")
    figure = found.plot()
    (axes,) = figure.axes
    assert axes.get_xlabel() == "Number of draws K+1"
    assert axes.get_ylabel() == "Supervised loss (nats)"
    assert labels_of(axes) == [
        "Best lower to upper", "Chance, ln C", "Spread, upper", "Phi, upper", "Spread, lower",
        "Measured L_sup",
    ]
    title = figure.get_suptitle()
    assert title == "toy, C = 2, t = 0.5, with replacement, exact bounds"
    # What is drawn is what the table has.
    lines = {container.get_label(): container.lines[0] for container in axes.containers}
    assert list(lines["Phi, upper"].get_xdata()) == found["draws"]
    assert list(lines["Phi, upper"].get_ydata()) == found["phi_upper"]
    assert list(lines["Measured L_sup"].get_ydata()) == found["supervised_loss"]
    low, high = axes.get_ylim()
    assert 0 <= low < min(found["best_lower"]) and found[0]["chance"] < high
    assert [text.get_text() for text in axes.get_xticklabels()] == ["2", "4", "8", "16"]
    for kind in ["svg", "png", "pdf"]:
        figure.savefig(io.BytesIO(), format=kind)


def test_unequal_classes_have_a_loss_with_priors():
    figure = bounds_of(draws=[4, 8], sizes=(50, 20)).plot()
    assert [axes.get_ylabel() for axes in figure.axes] == [
        "Loss with priors (nats)", "Supervised loss (nats)",
    ]
    assert "Chance, H(rho)" in labels_of(figure.axes[0])
    assert figure.get_suptitle().endswith("(error bars: standard error)")


def test_seeds_are_drawn_as_their_mean():
    found = bounds_of(draws=[4, 8], seeds=[1, 2, 3], sizes=(50, 20))
    figure = found.plot()
    assert figure.get_suptitle().endswith("(error bars: standard deviation over 3 seeds)")
    lines = {container.get_label(): container.lines[0] for container in figure.axes[1].containers}
    values = [row["phi_upper"] for row in found if row["draws"] == 8]
    assert lines["Phi, upper"].get_ydata()[1] == pytest.approx(sum(values) / 3, rel=1e-15)


def test_one_temperature():
    found = bounds_of(draws=[4, 8], temperature=[0.2, 0.5])
    with pytest.raises(ValueError, match=r"rows differ in temperature \(0.2, 0.5\): choose one"):
        found.plot()
    assert "t = 0.2," in found.plot(temperature=0.2).get_suptitle()
    with pytest.raises(ValueError, match="there is no row of the temperature 0.3"):
        found.plot(temperature=0.3)


def test_theory_and_published():
    figure = upsilon.Bounds.theory(10, temperature=0.5, negatives="1..64:*2").plot()
    assert figure.get_suptitle().startswith("Theoretical optimum (simplex frame), C = 10, t = 0.5")
    assert "L_sup at the optimum" in labels_of(figure.axes[0])
    published = upsilon.Bounds.published("cifar-10")
    assert "cifar-10, C = 10" in published.plot().get_suptitle()
