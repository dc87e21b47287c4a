# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""The example of the README runs as it stands."""

import re
from pathlib import Path

import numpy
import pytest

ROOT = Path(__file__).parent.parent
README = next(path for path in (ROOT.parent / "README.md", ROOT / "README.md") if path.exists())


def test_the_example_runs(tmp_path, monkeypatch, capsys):
    match = re.search("```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    if match is None or "numpy.load" not in match.group(1):
        pytest.fail("README.md has no example")
    generator = numpy.random.default_rng(3)
    labels = generator.integers(0, 4, 600)
    centers = 3 * numpy.eye(4, 16)
    monkeypatch.chdir(tmp_path)
    for name in ["view0", "view1"]:
        numpy.save(name, centers[labels] + 0.5 * generator.normal(size=(600, 16)))
    numpy.save("labels", labels)
    exec(match.group(1), {})
    verdict, law = capsys.readouterr().out.split("\n", 1)
    assert re.fullmatch(r"[\d.]+ <= L_sup <= [\d.]+ by \w+ below-chance", verdict)
    assert law.startswith("0.5614616003667013 0.561461600366701392302752728242 908 [")
