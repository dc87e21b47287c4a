# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""A wheel for every CPython 3 on one kind of machine: it carries a shared library, and no module
that is compiled against Python. Its version is the library's."""

import re
from pathlib import Path

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.dist import Distribution


class PlatformWheel(bdist_wheel):
    def get_tag(self):
        return "py3", "none", super().get_tag()[2]


class BinaryDistribution(Distribution):
    def has_ext_modules(self):
        return True


def version():
    given = Path(__file__).with_name("VERSION")
    return given.read_text().strip() if given.exists() else "0"


setup(
    version=version(),
    cmdclass={"bdist_wheel": PlatformWheel},
    distclass=BinaryDistribution,
)
