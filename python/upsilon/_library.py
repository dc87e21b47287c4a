# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""The shared library: loading it, calling it, and what its codes mean."""

from __future__ import annotations

import ctypes
import os
import threading
from array import array
from ctypes import POINTER, byref, c_char_p, c_double, c_int32, c_int64, c_void_p
from pathlib import Path
from typing import Any, Callable, Optional, TypeVar

Result = TypeVar("Result")


class CapacityError(ValueError):
    """What was asked for would take too long or too much memory; nothing was begun.

    >>> from upsilon import Law, WaitingTime
    >>> try:
    ...     WaitingTime(Law.uniform(10**6)).cdf(2 * 10**7, exact=True)
    ... except CapacityError as problem:
    ...     print("would take" in str(problem))
    True
    """


class Cancelled(Exception):
    """A progress function asked to stop."""


def _path() -> str:
    """Where the library is: in the package, or where ``UPSILON_LIBRARY`` says."""
    given = os.environ.get("UPSILON_LIBRARY")
    return given or str(Path(__file__).parent / "_lib" / "libupsilon.so.1")


lib: Any = ctypes.CDLL(_path())

# The last argument of most functions: where the message of an error goes.
_message = POINTER(c_void_p)
_out = POINTER(c_void_p)
_integers = POINTER(c_int64)


class Requirement(ctypes.Structure):
    """``upsilon_1_requirement``."""

    _fields_ = [
        ("copies", c_int64),
        ("at_least", c_int64),
        ("required", c_int64),
        ("copies_of_each", _integers),
        ("count", c_int64),
    ]


class Features(ctypes.Structure):
    """``upsilon_1_features``."""

    _fields_ = [
        ("data", c_void_p),
        ("rows", c_int64),
        ("columns", c_int64),
        ("row_stride", c_int64),
        ("column_stride", c_int64),
        ("type", c_int32),
    ]


class Items(ctypes.Structure):
    """``upsilon_1_items``."""

    _fields_ = [
        ("views", POINTER(Features)),
        ("view_count", c_int64),
        ("plain", POINTER(Features)),
        ("labels", _integers),
        ("label_count", c_int64),
    ]


class Request(ctypes.Structure):
    """``upsilon_1_request``."""

    _fields_ = [
        ("items", POINTER(Items)),
        ("training", POINTER(Items)),
        ("name", c_char_p),
        ("draws", _integers),
        ("draw_count", c_int64),
        ("seeds", _integers),
        ("seed_count", c_int64),
        ("temperatures", POINTER(c_double)),
        ("temperature_count", c_int64),
        ("sampling", c_int32),
        ("class_means", c_int32),
        ("passes", c_int64),
        ("threads", c_int64),
        ("part", c_int64),
        ("parts", c_int64),
        ("part_path", c_char_p),
    ]


Progress = ctypes.CFUNCTYPE(c_int32, c_void_p, c_double)

_signatures: dict[str, list[Any]] = {
    "law_uniform": [c_int64, _out],
    "law_counts": [_integers, _integers, c_int64, _out],
    "law_probabilities": [POINTER(c_char_p), c_int64, c_int32, _out],
    "law_dataset": [c_char_p, _out],
    "waiting_time": [c_void_p, c_int32, POINTER(Requirement), _out],
    "pack_waiting_time": [c_int64, c_int64, c_int64, _out],
    "duplicate_time": [c_void_p, c_int32, _out],
    "collision_law": [c_void_p, c_int32, c_int64, _out],
    "covered_collision_law": [c_void_p, c_int32, c_int64, POINTER(Requirement), _out],
    "distinct_law": [c_void_p, c_int32, c_int64, _out],
    "double": [c_void_p, c_int32, c_int64, POINTER(c_double)],
    "doubles": [c_void_p, c_int32, c_void_p, c_int64, c_void_p],
    "quantile": [c_void_p, c_char_p, _integers],
    "support": [c_void_p, _integers, _integers],
    "number_of": [c_void_p, c_int32, c_int64, _out],
    "number_double": [c_void_p, POINTER(c_double), POINTER(c_double)],
    "number_decimal": [c_void_p, c_int64, _out],
    "number_fraction": [c_void_p, _out],
    "number_enclosure": [c_void_p, c_int64, _out, _out],
    "measure": [POINTER(Request), Progress, c_void_p, _out, _out],
    "command": [POINTER(c_char_p), c_int64, c_char_p, c_int64, _out, _out, POINTER(c_int32)],
    "bounds": [c_char_p, c_char_p, c_int64, _out, _out],
}

for _name, _arguments in _signatures.items():
    _function = getattr(lib, "upsilon_1_" + _name)
    _function.argtypes = [*_arguments, _message]
    _function.restype = c_int32

lib.upsilon_1_version.restype = c_char_p
lib.upsilon_1_free.argtypes = [c_void_p]
lib.upsilon_1_free.restype = None
lib.upsilon_1_release.argtypes = [c_void_p]
lib.upsilon_1_release.restype = None
lib.upsilon_1_law_classes.argtypes = [c_void_p]
lib.upsilon_1_law_classes.restype = c_int64
lib.upsilon_1_law_items.argtypes = [c_void_p]
lib.upsilon_1_law_items.restype = c_int64
lib.upsilon_1_main.argtypes = [POINTER(c_char_p), c_int64]
lib.upsilon_1_main.restype = c_int32

_free = lib.upsilon_1_free
_release = lib.upsilon_1_release

# The codes of upsilon.h.
_INVALID, _TOO_LARGE, _CANCELLED = 1, 2, 3


def version() -> str:
    """The version of the library.

    >>> version()
    '0.1.0'
    """
    text: bytes = lib.upsilon_1_version()
    return text.decode()


def take(pointer: c_void_p) -> str:
    """A string that the library has handed out, which is freed."""
    if not pointer.value:
        return ""
    text = ctypes.string_at(pointer.value).decode()
    _free(pointer)
    return text


def error(code: int, message: c_void_p) -> Exception:
    """The exception of a code other than 0."""
    text = take(message)
    if code == _INVALID:
        return ValueError(text)
    if code == _TOO_LARGE:
        return CapacityError(text)
    if code == _CANCELLED:
        return Cancelled(text)
    return RuntimeError(text)


def call(name: str, *arguments: Any) -> None:
    """Calls a function of the library; raises the exception of its code."""
    message = c_void_p()
    code = getattr(lib, "upsilon_1_" + name)(*arguments, byref(message))
    if code:
        raise error(code, message)


def text_of(name: str, *arguments: Any) -> str:
    """Calls a function whose last result is a string."""
    text = c_void_p()
    call(name, *arguments, byref(text))
    return take(text)


class Handle:
    """An object of the library, given back when nobody refers to it any more."""

    __slots__ = ("pointer",)

    def __init__(self, name: str, *arguments: Any) -> None:
        self.pointer: Optional[int] = None
        out = c_void_p()
        call(name, *arguments, byref(out))
        self.pointer = out.value

    def __del__(self) -> None:
        if self.pointer is not None:
            _release(self.pointer)


def integers(values: list[int]) -> Any:
    """An array of 64-bit integers; none for an empty list.

    >>> list(integers([1, 2]))
    [1, 2]
    """
    try:
        numbers = array("q", values)
    except OverflowError:
        far = next(value for value in values if not -(1 << 63) <= value < 1 << 63)
        raise ValueError(f"{far} is beyond 64 bits") from None
    return (c_int64 * len(values)).from_buffer(numbers) if values else (c_int64 * 0)()


def interruptible(function: Callable[[], Result]) -> Result:
    """Runs what may take long so that Ctrl-C ends the wait for it at once.

    Signals are delivered to the main thread between its instructions, of which there are none while
    it is in the library. So another thread calls the library, and goes on unheard if the wait is
    given up.

    >>> interruptible(lambda: 1 + 1)
    2
    """
    if threading.current_thread() is not threading.main_thread():
        return function()
    results: list[Result] = []
    errors: list[BaseException] = []
    done = threading.Event()

    def work() -> None:
        try:
            results.append(function())
        except BaseException as problem:  # Handed on to the thread that waits.
            errors.append(problem)
        finally:
            done.set()

    threading.Thread(target=work, daemon=True).start()
    done.wait()
    if errors:
        raise errors[0]
    return results[0]
