# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Losses, gaps and terms of features that are in memory."""

from __future__ import annotations

import ctypes
import sys
import threading
import warnings
from array import array
from collections.abc import Sequence
from ctypes import byref, c_double, c_void_p, pointer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional, Union

from ._laws import sampling_code, whole
from ._library import (
    Cancelled,
    Features,
    Items,
    Progress,
    Request,
    call,
    integers,
    interruptible,
    take,
)
from ._tables import Table

if TYPE_CHECKING:
    from os import PathLike

_SIZES = {"f2": 2, "f4": 4, "f8": 8}
_CLASS_MEANS = {None: 0, "training": 1, "validation": 2}


class Measurements(Table):
    """Measured losses: a row for each temperature, number of draws and seed.

    >>> table = Measurements("dataset,draws\\ntoy,32\\n")
    >>> table["draws"]
    [32]
    """

    def __init__(self, text: str, notes: Sequence[str] = ()) -> None:
        super().__init__(text)
        self.notes = list(notes)

    @classmethod
    def read(cls, path: Union[str, PathLike[str]]) -> Measurements:
        """Reads what ``upsilon train`` or ``upsilon measure`` wrote."""
        return cls(Path(path).read_text(encoding="utf-8"))


def measure(
    *views: Any,
    labels: Any,
    plain: Any = None,
    training: Any = None,
    training_labels: Any = None,
    training_plain: Any = None,
    draws: Union[int, Sequence[int]] = (32, 64, 128, 256, 512),
    temperature: Union[float, Sequence[float]] = 0.5,
    seeds: Union[int, Sequence[int]] = 7,
    sampling: str = "without-replacement",
    class_means: Optional[str] = None,
    passes: Optional[int] = None,
    threads: Optional[int] = None,
    name: str = "features",
    progress: Union[bool, Callable[[float], object], None] = None,
) -> Measurements:
    """Measures the losses of features, as ``upsilon measure`` does.

    Views are matrices (items, features), the first of them the anchors', the second the keys':
    NumPy arrays or PyTorch tensors of 16, 32 or 64 bits, of any strides, which are read where they
    are. What else there is is copied: other types, tensors that are not in the memory of the
    processor (with a warning), and lists of rows. Labels may be anything that can be sorted.

    ``training`` is one view of training items or a list of views, for class means and the linear
    classifier. ``progress`` is told the share of the work that is done; ``True`` shows a bar, if
    there is tqdm. Ctrl-C stops it soon.

    >>> z = [[1.0, 0.0], [1.0, 0.1], [0.0, 1.0], [0.1, 1.0]]
    >>> m = measure(z, z, labels=["a", "a", "b", "b"], draws=4, temperature=1)
    >>> m[0]["classes"], m[0]["mean_classifier_accuracy"]
    (2, 1.0)
    """
    numbers = _label_numbers(labels, training_labels)
    keep: list[Any] = []
    items = _items(views, plain, numbers[0], keep)
    others: Optional[Items] = None
    if training_labels is not None:
        parts = [] if training is None else _list_of_views(training)
        others = _items(parts, training_plain, numbers[1], keep)
    elif training is not None or training_plain is not None:
        raise ValueError("training features need training_labels")
    if class_means not in _CLASS_MEANS:
        raise ValueError(f"class_means must be training or validation, but is {class_means}")
    all_draws = integers(_whole_numbers(draws, "draws"))
    all_seeds = integers(_whole_numbers(seeds, "seeds"))
    temperatures = [temperature] if isinstance(temperature, (int, float)) else list(temperature)
    values = (c_double * len(temperatures))(*temperatures)
    request = Request(
        items=pointer(items),
        training=pointer(others) if others is not None else None,
        name=name.encode(),
        draws=all_draws,
        draw_count=len(all_draws),
        seeds=all_seeds,
        seed_count=len(all_seeds),
        temperatures=values,
        temperature_count=len(temperatures),
        sampling=sampling_code(sampling),
        class_means=_CLASS_MEANS[class_means],
        passes=_positive(passes, "passes"),
        threads=_positive(threads, "threads"),
    )
    return _run(request, progress, keep)


def _run(
    request: Request, progress: Union[bool, Callable[[float], object], None], keep: list[Any]
) -> Measurements:
    """Measures in another thread; what it is told, and Ctrl-C, reach this one."""
    show, close = _shown(progress)
    stop = threading.Event()
    errors: list[BaseException] = []

    def report(_: Any, share: float) -> int:
        if stop.is_set():
            return 1
        try:
            if show is not None:
                show(share)
        except BaseException as problem:  # Raised where measure was called.
            errors.append(problem)
            return 1
        return 0

    def work() -> tuple[str, str]:
        csv, notes = c_void_p(), c_void_p()
        call("measure", byref(request), Progress(report), None, byref(csv), byref(notes))
        # The features were needed until here.
        keep.clear()
        return take(csv), take(notes)

    try:
        text, notes = interruptible(work)
    except Cancelled:
        if errors:
            raise errors[0] from None
        raise
    except BaseException:
        stop.set()
        raise
    finally:
        close()
    return Measurements(text, notes.splitlines())


def _shown(
    progress: Union[bool, Callable[[float], object], None],
) -> tuple[Optional[Callable[[float], object]], Callable[[], object]]:
    """What is told the progress, and what is called at the end."""
    if callable(progress):
        return progress, lambda: None
    if not progress:
        return None, lambda: None
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None, lambda: None
    bar = tqdm(total=100, unit="%", desc="measuring", leave=False)

    def show(share: float) -> None:
        bar.update(int(100 * share) - bar.n)

    return show, bar.close


def _positive(value: Optional[int], name: str) -> int:
    """A count, 0 for none."""
    if value is None:
        return 0
    if value < 1:
        raise ValueError(f"{name} must be at least 1, but is {value}")
    return value


def _whole_numbers(values: Any, name: str) -> list[int]:
    """One number or several.

    >>> _whole_numbers(3, "draws"), _whole_numbers(range(2, 4), "draws")
    ([3], [2, 3])
    """
    try:
        parts = list(values)
    except TypeError:
        parts = [values]
    return [whole(value, name) for value in parts]


# Features and labels


def _list_of_views(training: Any) -> list[Any]:
    """One view, or a list of them."""
    if isinstance(training, (list, tuple)) and training and _is_matrix(training[0]):
        return list(training)
    return [training]


def _is_matrix(value: Any) -> bool:
    """Whether a value is a matrix, and no row of one."""
    if hasattr(value, "shape"):
        return len(value.shape) == 2
    return isinstance(value, Sequence) and len(value) > 0 and isinstance(value[0], Sequence)


def _items(views: Sequence[Any], plain: Any, labels: list[int], keep: list[Any]) -> Items:
    parts = [_features(view, f"view {index}", keep) for index, view in enumerate(views)]
    found = (Features * len(parts))(*parts)
    others = pointer(_features(plain, "plain features", keep)) if plain is not None else None
    numbers = integers(labels)
    keep.extend([found, others, numbers])
    return Items(
        views=found, view_count=len(parts), plain=others, labels=numbers, label_count=len(labels)
    )


def _features(value: Any, name: str, keep: list[Any]) -> Features:
    """Where a matrix is; `keep` keeps it there."""
    if "torch" in sys.modules and isinstance(value, sys.modules["torch"].Tensor):
        value = _tensor(value, name)
    interface = getattr(value, "__array_interface__", None)
    if interface is None:
        if hasattr(value, "__array__"):
            import numpy

            return _features(numpy.asarray(value), name, keep)
        return _rows(value, name, keep)
    shape = interface["shape"]
    if len(shape) != 2:
        raise ValueError(f"{name} must be a matrix (items, features), but has the shape {shape}")
    kind = interface["typestr"]
    size = _SIZES.get(kind[1:])
    if size is None or kind[0] == (">" if sys.byteorder == "little" else "<"):
        import numpy

        if numpy.asarray(value).dtype.kind not in "biuf":
            raise ValueError(f"{name} must be numbers, but is an array of {kind}")
        return _features(numpy.asarray(value, dtype=numpy.float64), name, keep)
    strides = interface.get("strides") or (shape[1] * size, size)
    keep.append(value)
    return Features(
        data=interface["data"][0],
        rows=shape[0],
        columns=shape[1],
        row_stride=strides[0],
        column_stride=strides[1],
        type=size,
    )


def _tensor(value: Any, name: str) -> Any:
    """A tensor as an array: shared where it can be."""
    import torch

    value = value.detach()
    if value.device.type != "cpu":
        warnings.warn(f"{name} is copied from {value.device}", stacklevel=5)
        value = value.cpu()
    if value.dtype not in (torch.float16, torch.float32, torch.float64):
        # Each number of a shorter type is one of single precision.
        value = value.to(torch.float32 if value.dtype == torch.bfloat16 else torch.float64)
    return value.numpy()


def _rows(value: Any, name: str, keep: list[Any]) -> Features:
    """A list of rows, copied."""
    rows = [list(row) for row in value]
    width = len(rows[0]) if rows else 0
    if any(len(row) != width for row in rows):
        raise ValueError(f"{name} must have rows of one length")
    data = array("d", [float(element) for row in rows for element in row])
    keep.append(data)
    start, _ = data.buffer_info()
    return Features(
        data=start, rows=len(rows), columns=width, row_stride=8 * width, column_stride=8, type=8
    )


def _label_numbers(labels: Any, training: Any) -> tuple[list[int], list[int]]:
    """Whole numbers for labels: themselves, or their ranks if they are anything else.

    >>> _label_numbers(["b", "a"], ["a"])
    ([1, 0], [0])
    """
    parts = [_label_list(labels), [] if training is None else _label_list(training)]
    if all(type(label) is int for part in parts for label in part):
        return parts[0], parts[1]
    ranks = {label: rank for rank, label in enumerate(sorted({*parts[0], *parts[1]}))}
    return [ranks[label] for label in parts[0]], [ranks[label] for label in parts[1]]


def _label_list(labels: Any) -> list[Any]:
    """The labels as Python's objects."""
    if hasattr(labels, "detach"):
        labels = labels.detach().cpu()
    if getattr(labels, "ndim", 1) != 1:
        raise ValueError(f"labels must be a list, but have the shape {tuple(labels.shape)}")
    return list(labels.tolist() if hasattr(labels, "tolist") else labels)
