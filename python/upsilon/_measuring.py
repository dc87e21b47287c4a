# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Losses, gaps and terms of features that are in memory."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import warnings
from array import array
from collections.abc import Sequence
from ctypes import byref, c_double, c_void_p, pointer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional, Union

from ._command import run
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
# Labels that are numbers are those of the library up to here, and else their ranks.
_LABELS = 1 << 63
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
        """Reads what ``upsilon train`` or ``upsilon measure`` wrote.

        >>> import tempfile
        >>> with tempfile.NamedTemporaryFile("w+") as file:
        ...     Measurements("dataset,draws\\ntoy,32\\n").to_csv(file.name)
        ...     Measurements.read(file.name)
        <Measurements of 1 row>
        """
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
    part: Optional[tuple[int, int]] = None,
    output: Union[str, PathLike[str], None] = None,
    name: str = "features",
    progress: Union[bool, Callable[[float], object], None] = None,
) -> Measurements:
    """Measures the losses of features, as ``upsilon measure`` does.

    Views are matrices (items, features), the first of them the anchors', the second the keys':
    NumPy arrays or PyTorch tensors of 16, 32 or 64 bits, of any strides, which are read where they
    are. What else there is is copied: other types (bfloat16 as float32, which has all of its
    values), sparse tensors, tensors that are not in the memory of the processor (with a warning),
    and lists of rows. Labels may be anything that can be sorted.

    ``training`` is one view of training items or a list of views, for class means and the linear
    classifier. ``progress`` is told the share of the work that is done; ``True`` shows a bar, if
    there is tqdm. Ctrl-C stops it soon.

    ``part=(i, n)`` does the i-th of n shares of the work, counted from 1, and keeps its values in
    the file ``output``; the table that is returned has no rows. ``merge`` makes it of all files.

    >>> z = [[1.0, 0.0], [1.0, 0.1], [0.0, 1.0], [0.1, 1.0]]
    >>> m = measure(z, z, labels=["a", "a", "b", "b"], draws=4, temperature=1)
    >>> m[0]["classes"], m[0]["mean_classifier_accuracy"]
    (2, 1.0)
    """
    numbers = _label_numbers(labels, training_labels)
    keep: list[Any] = []
    items = _items(views, plain, numbers[0], "", keep)
    others: Optional[Items] = None
    if training_labels is not None:
        parts = [] if training is None else _list_of_views(training)
        others = _items(parts, training_plain, numbers[1], "training ", keep)
    elif training is not None or training_plain is not None:
        raise ValueError("training features need training_labels")
    if class_means not in _CLASS_MEANS:
        raise ValueError(f"class_means must be training or validation, but is {class_means}")
    all_draws = integers(_whole_numbers(draws, "draws"))
    all_seeds = integers(_whole_numbers(seeds, "seeds"))
    temperatures = _numbers(temperature)
    if (part is None) != (output is None):
        raise ValueError("part and output belong together: the file of a part")
    number, count = (0, 0) if part is None else (whole(value, "part") for value in part)
    if part is not None and not 1 <= number <= count:
        raise ValueError(f"part must be (i, n) with i from 1 to n, but is {(number, count)}")
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
        part=number,
        parts=count,
        part_path=None if output is None else os.fsencode(output),
    )
    return _run(request, progress, keep)


def merge(*parts: Union[str, PathLike[str]]) -> Measurements:
    """Joins the files of all parts, in any order, to what one process measures, bit for bit.

    A name may be a pattern, such as ``part-*``, for all files that fit it.

    >>> import tempfile
    >>> z, y = [[1.0, 0.0], [1.0, 0.1], [0.0, 1.0], [0.1, 1.0]], ["a", "a", "b", "b"]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for i in 1, 2:
    ...         _ = measure(z, z, labels=y, draws=4, part=(i, 2), output=f"{folder}/part-{i}")
    ...     merge(f"{folder}/part-*").csv == measure(z, z, labels=y, draws=4).csv
    True
    """
    result = run("merge", *(os.fspath(part) for part in parts), "--format", "csv")
    return Measurements(result.output, result.notes)


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
        bar.update(round(100 * share) - bar.n)

    return show, bar.close


def _positive(value: Optional[int], name: str) -> int:
    """A count, 0 for none."""
    if value is None:
        return 0
    if value < 1:
        raise ValueError(f"{name} must be at least 1, but is {value}")
    return value


def _numbers(values: Any) -> list[float]:
    """One number of any type or several.

    >>> _numbers(1), _numbers([0.1, 0.5])
    ([1.0], [0.1, 0.5])
    """
    if hasattr(values, "detach"):
        # A temperature that is learned.
        values = values.detach()
    try:
        parts = list(values)
    except TypeError:
        parts = [values]
    return [float(value) for value in parts]


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


def _items(
    views: Sequence[Any], plain: Any, labels: list[int], prefix: str, keep: list[Any]
) -> Items:
    parts = [_features(view, f"{prefix}view {index}", keep) for index, view in enumerate(views)]
    found = (Features * len(parts))(*parts)
    others = None
    if plain is not None:
        others = pointer(_features(plain, f"{prefix}plain features", keep))
    numbers = integers(labels)
    keep.extend([found, others, numbers])
    return Items(
        views=found, view_count=len(parts), plain=others, labels=numbers, label_count=len(labels)
    )


def _features(value: Any, name: str, keep: list[Any]) -> Features:
    """Where a matrix is; `keep` keeps it there."""
    if "torch" in sys.modules and isinstance(value, sys.modules["torch"].Tensor):
        return _tensor(value, name, keep)
    interface = getattr(value, "__array_interface__", None)
    if interface is None:
        if hasattr(value, "__array__"):
            import numpy

            return _features(numpy.asarray(value), name, keep)
        return _rows(value, name, keep)
    shape = interface["shape"]
    _check_matrix(shape, name)
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


def _check_matrix(shape: Sequence[int], name: str) -> None:
    if len(shape) != 2:
        raise ValueError(
            f"{name} must be a matrix (items, features), but has the shape {tuple(shape)}"
        )


def _tensor(value: Any, name: str, keep: list[Any]) -> Features:
    """Where a tensor is, or a copy of it if it cannot be read there; NumPy is not needed."""
    import torch

    _check_matrix(value.shape, name)
    value = value.detach()
    if value.is_meta or value.is_complex() or value.is_quantized:
        kind = "one without data" if value.is_meta else f"of {value.dtype}"
        raise ValueError(f"{name} must be numbers, but the tensor is {kind}")
    if value.device.type != "cpu":
        _warn(f"{name} is copied from {value.device}")
        value = value.cpu()
    if value.layout is not torch.strided:
        value = value.to_dense()
    if value.dtype not in (torch.float16, torch.float32, torch.float64):
        # Each number of a shorter type is one of single precision.
        value = value.to(torch.float32 if value.dtype == torch.bfloat16 else torch.float64)
    # The imaginary part of a conjugate is a tensor whose memory has the other sign.
    value = value.resolve_neg()
    size = value.element_size()
    keep.append(value)
    return Features(
        data=value.data_ptr(),
        rows=value.shape[0],
        columns=value.shape[1],
        row_stride=value.stride(0) * size,
        column_stride=value.stride(1) * size,
        type=size,
    )


def _warn(message: str) -> None:
    """Warns at the line that called this package."""
    level, frame = 1, sys._getframe()
    while frame.f_back is not None and frame.f_globals.get("__package__") == __package__:
        level, frame = level + 1, frame.f_back
    warnings.warn(message, stacklevel=level)


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
    parts = [label_list(labels), [] if training is None else label_list(training)]
    if all(type(label) is int and -_LABELS <= label < _LABELS for part in parts for label in part):
        return parts[0], parts[1]
    found = {*parts[0], *parts[1]}
    try:
        if any(label != label for label in found):
            raise ValueError("labels must be there, but one of them is not a number")
        ranks = {label: rank for rank, label in enumerate(sorted(found))}
    except TypeError as problem:
        raise ValueError(f"labels must be of one type that can be sorted: {problem}") from None
    return [ranks[label] for label in parts[0]], [ranks[label] for label in parts[1]]


def label_list(labels: Any) -> list[Any]:
    """The labels as Python's objects, whatever holds them.

    >>> label_list(("a", "b"))
    ['a', 'b']
    """
    if hasattr(labels, "detach"):
        labels = labels.detach().cpu()
    if getattr(labels, "ndim", 1) != 1:
        raise ValueError(f"labels must be a list, but have the shape {tuple(labels.shape)}")
    if hasattr(labels, "tolist"):
        return list(labels.tolist())
    # Numbers of NumPy and tensors without dimensions are equal to others, but not the same.
    return [label.item() if hasattr(label, "item") else label for label in labels]
