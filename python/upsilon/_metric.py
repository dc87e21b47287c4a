# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""A metric for training loops, shaped like those of torchmetrics."""

from __future__ import annotations

from typing import Any

from ._bounds import Bounds, bounds
from ._measuring import Measurements, label_list, measure


class ContrastiveMetric:
    """Collects the features of batches, and measures them together.

    Options are those of ``measure``.

    >>> metric = ContrastiveMetric(draws=4, temperature=1)
    >>> metric.update([[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.1], [0.1, 1.0]], ["a", "b"])
    >>> metric.update([[1.0, 0.2], [0.2, 1.0]], [[1.0, 0.3], [0.3, 1.0]], ["a", "b"])
    >>> metric.compute()[0]["mean_classifier_accuracy"]
    1.0
    """

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.reset()

    def reset(self) -> None:
        """Forgets everything.

        >>> metric = ContrastiveMetric(draws=2)
        >>> metric.update([[1.0, 0.0]], [[1.0, 0.1]], [0])
        >>> metric.reset()
        >>> metric.compute()
        Traceback (most recent call last):
        ...
        ValueError: there is nothing to measure: update was not called
        """
        self._first: list[Any] = []
        self._second: list[Any] = []
        self._labels: list[Any] = []

    def update(self, z1: Any, z2: Any, y: Any) -> None:
        """Takes a batch: two views of its items, and their labels. Features are copied.

        >>> ContrastiveMetric(draws=2).update([[1.0, 0.0]], [[1.0, 0.1]], [0, 1])
        Traceback (most recent call last):
        ...
        ValueError: a batch must have as many labels as rows, but has 2 labels and 1 and 1 rows
        """
        labels = label_list(y)
        first, second = _copy(z1), _copy(z2)
        if not len(first) == len(second) == len(labels):
            raise ValueError(
                f"a batch must have as many labels as rows, but has {len(labels)} labels and "
                f"{len(first)} and {len(second)} rows"
            )
        self._first.append(first)
        self._second.append(second)
        self._labels.extend(labels)

    def compute(self) -> Measurements:
        """The measurements of all batches together.

        >>> metric = ContrastiveMetric(draws=[2, 4], sampling="with-replacement")
        >>> for i in range(4):
        ...     metric.update([[1.0, i]], [[1.0, i + 0.5]], [i // 2])
        >>> metric.compute()
        <Measurements of 2 rows>
        """
        if not self._first:
            raise ValueError("there is nothing to measure: update was not called")
        return measure(
            _joined(self._first), _joined(self._second), labels=self._labels, **self.options
        )

    def bounds(self, **options: Any) -> Bounds:
        """The bounds of these measurements.

        >>> metric = ContrastiveMetric(draws=[2, 4], sampling="with-replacement")
        >>> for i in range(4):
        ...     metric.update([[1.0, i]], [[1.0, i + 0.5]], [i // 2])
        >>> metric.bounds()
        <Bounds of 2 rows>
        """
        return bounds(self.compute(), **options)


def _copy(rows: Any) -> Any:
    """A copy in the memory of the processor."""
    if hasattr(rows, "detach"):
        return rows.detach().cpu().clone()
    if hasattr(rows, "__array__"):
        import numpy

        return numpy.array(rows)
    return [list(row) for row in rows]


def _joined(parts: list[Any]) -> Any:
    """The rows of all parts."""
    if hasattr(parts[0], "detach"):
        import torch

        return torch.cat(parts)
    if hasattr(parts[0], "__array__"):
        import numpy

        return numpy.concatenate(parts)
    return [row for part in parts for row in part]
