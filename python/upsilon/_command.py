# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Every command of the tool, in memory; and the console script."""

from __future__ import annotations

import csv
import io
import signal
import sys
from collections.abc import Sequence
from ctypes import byref, c_char_p, c_int32, c_void_p
from dataclasses import dataclass
from typing import Any, Optional, Union

from ._library import call, interruptible, lib, take


class CommandError(ValueError):
    """A command that could not do what it was asked for; the message is the tool's own.

    >>> try:
    ...     run("coverage", "--classes", 0, "--draws", 1)
    ... except CommandError as problem:
    ...     print(str(problem)[:24])
    The value '0' is invalid
    """


@dataclass(frozen=True)
class CommandResult:
    """What a command printed: its table, and notes for a person.

    >>> CommandResult("a,b\\n1,2\\n", []).rows()
    [{'a': '1', 'b': '2'}]
    """

    output: str
    notes: list[str]

    def rows(self) -> list[dict[str, str]]:
        """The rows of a table printed with ``--format csv``, by the names of columns.

        >>> result = run("duplicates", "--classes", 6, "--draws", "2,3", "--format", "csv")
        >>> [row["draws"] for row in result.rows()]
        ['2', '3']
        """
        return list(csv.DictReader(io.StringIO(self.output, newline="")))


def run(*words: Any, input: Union[str, bytes, None] = None) -> CommandResult:
    """Runs a command of the tool in this process; ``input`` is what it reads as the file ``-``.

    >>> run("waiting", "--classes", 6, "--format", "csv", "--digits", 5).rows()[0]["mean"]
    '14.7'
    >>> run("coverage", "--classes", 6)
    Traceback (most recent call last):
    ...
    upsilon._command.CommandError: Missing one of: '--draws <list>', '--negatives <list>'
    """
    texts = [str(word).encode() for word in words]
    array = (c_char_p * len(texts))(*texts)
    data = input.encode() if isinstance(input, str) else input or b""

    def work() -> tuple[str, str, int]:
        output, diagnostics, status = c_void_p(), c_void_p(), c_int32()
        call(
            "command", array, len(texts), data, len(data), byref(output), byref(diagnostics),
            byref(status),
        )
        return take(output), take(diagnostics), status.value

    output, diagnostics, status = interruptible(work)
    if status != 0:
        raise CommandError(labelled(diagnostics, "Error: ")[0])
    return CommandResult(output, labelled(diagnostics, "Note: "))


def labelled(text: str, label: str) -> list[str]:
    """The lines with a label, without it.

    >>> labelled("Note: one\\nNote: two\\n", "Note: ")
    ['one', 'two']
    """
    return [line[len(label) :] for line in text.splitlines() if line.startswith(label)]


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """The program ``upsilon``, on the streams of this process: the console script."""
    words = sys.argv if arguments is None else ["upsilon", *arguments]
    # The program has handlers of its own; Python's would wait for it to end.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    texts = [word.encode(errors="surrogateescape") for word in words]
    return int(lib.upsilon_1_main((c_char_p * len(texts))(*texts), len(texts)))
