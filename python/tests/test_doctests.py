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


# What needs a library that may not be there.
WITHOUT_EXAMPLE = ["plot", "to_pandas"]


def members(value):
    """What is public of a class: functions, class methods and properties."""
    for name, member in inspect.getmembers(value):
        if not name.startswith("_") and (
            inspect.isfunction(member) or inspect.ismethod(member) or isinstance(member, property)
        ):
            yield name, member


def test_everything_public_has_an_example():
    for name in upsilon.__all__:
        value = getattr(upsilon, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert ">>> " in inspect.getdoc(value), name
        if inspect.isclass(value):
            for member, function in members(value):
                text = inspect.getdoc(function)
                assert text, f"{name}.{member}"
                assert ">>> " in text or member in WITHOUT_EXAMPLE, f"{name}.{member}"
