# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Every example in a docstring prints what it says, and everything public has a docstring."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import upsilon

MODULES = ["upsilon"] + [f"upsilon.{module.name}" for module in pkgutil.iter_modules(upsilon.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module(name)
    assert module.__doc__
    assert doctest.testmod(module).failed == 0


def test_there_are_examples():
    modules = [importlib.import_module(name) for name in MODULES]
    count = sum(len(test.examples) for m in modules for test in doctest.DocTestFinder().find(m))
    assert count > 60


def test_everything_public_is_described():
    for name in upsilon.__all__:
        value = getattr(upsilon, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), name
        if inspect.isclass(value):
            for member, function in inspect.getmembers(value, inspect.isfunction):
                if not member.startswith("_"):
                    assert inspect.getdoc(function), f"{name}.{member}"
