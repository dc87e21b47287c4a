# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Tables that the library prints as CSV."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

if TYPE_CHECKING:
    from os import PathLike

    import pandas

Value = Union[float, int, str, None]

# Columns of words, which are words even where one of them looks like a number.
_WORDS = frozenset(["dataset", "class_sizes", "bound", "formula", "numbers", "note"])
_WHOLE = frozenset(["classes", "draws", "seed", "batches"])


def value_of(column: str, text: str) -> Value:
    """What a field means: a word, a number, or None where it is empty.

    >>> value_of("draws", "32"), value_of("gap", "0.5"), value_of("gap", "")
    (32, 0.5, None)
    >>> value_of("dataset", "1e5"), value_of("verdict", "below-chance")
    ('1e5', 'below-chance')
    """
    if text == "":
        return None
    if column in _WORDS:
        return text
    try:
        return int(text) if column in _WHOLE else float(text)
    except ValueError:
        return text


class Table:
    """Rows of values by the names of their columns, and the text that they were read from.

    >>> table = Table("dataset,draws,gap\\ntoy,32,-0.5\\n")
    >>> table[0]
    {'dataset': 'toy', 'draws': 32, 'gap': -0.5}
    >>> table["gap"], len(table), table
    ([-0.5], 1, <Table of 1 row>)
    """

    def __init__(self, text: str) -> None:
        self.csv = text
        reader = csv.DictReader(io.StringIO(text, newline=""))
        self.columns = list(reader.fieldnames or [])
        self.rows = [
            {column: value_of(column, field) for column, field in row.items()} for row in reader
        ]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.rows)

    def __getitem__(self, key: Union[int, str]) -> Any:
        """The row of a number, or the column of a name."""
        if isinstance(key, int):
            return self.rows[key]
        if key not in self.columns:
            raise KeyError(key)
        return [row[key] for row in self.rows]

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame; needs pandas."""
        import pandas

        frame: pandas.DataFrame = pandas.DataFrame(self.rows, columns=self.columns)
        return frame

    def to_csv(self, path: Union[str, PathLike[str]]) -> None:
        """Writes the table as the tool would.

        >>> import tempfile
        >>> with tempfile.NamedTemporaryFile("w+") as file:
        ...     Table("dataset,draws\\ntoy,32\\n").to_csv(file.name)
        ...     file.read()
        'dataset,draws\\ntoy,32\\n'
        """
        Path(path).write_bytes(self.csv.encode())

    def _shown(self) -> list[str]:
        """The columns that are shown: those with a value that is no standard error."""
        return [
            column
            for column in self.columns
            if not column.endswith("_se") and any(row[column] is not None for row in self.rows)
        ]

    def _repr_html_(self) -> str:
        return html_of(self._shown(), self.rows)

    def __repr__(self) -> str:
        rows = "row" if len(self) == 1 else "rows"
        return f"<{type(self).__name__} of {len(self)} {rows}>"


def short(value: Value) -> str:
    """A value with few digits.

    >>> short(1.23456789), short("toy"), short(None)
    ('1.23457', 'toy', '')
    """
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def html_of(columns: list[str], rows: list[dict[str, Value]]) -> str:
    """A table for a notebook.

    >>> html_of(["a"], [{"a": 1.0}])
    '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'
    """
    head = "".join(f"<th>{html.escape(column)}</th>" for column in columns)
    body = "".join(
        "<tr>"
        + "".join(f"<td>{html.escape(short(row[column]))}</td>" for column in columns)
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
