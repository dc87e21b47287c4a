# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Coverage, collisions, waiting times and bounds of contrastive learning, every digit proven.

>>> import upsilon
>>> law = upsilon.Law.dataset("cifar-100")
>>> time = upsilon.WaitingTime(law, sampling="without-replacement")
>>> time.cdf(512)
0.5614616003667013
>>> time.cdf(512, digits=30)
Decimal('0.561461600366701392302752728242')
>>> time.ppf(0.99)
908

No number is computed in Python: all of this is a thin layer over the shared library, whose digits
are those of the command ``upsilon``.
"""

from ._bounds import Best, Bounds, bounds
from ._command import CommandError, CommandResult, run
from ._distributions import (
    CollisionLaw,
    CoveredCollisionLaw,
    DistinctLaw,
    Duplicates,
    DuplicateTime,
    Packs,
    WaitingTime,
    duplicates,
)
from ._laws import Law
from ._library import CapacityError, version
from ._measuring import Measurements, measure, merge
from ._metric import ContrastiveMetric
from ._numbers import Enclosure, Number

__version__ = version()

__all__ = [
    "Best",
    "Bounds",
    "CapacityError",
    "CollisionLaw",
    "CommandError",
    "CommandResult",
    "ContrastiveMetric",
    "CoveredCollisionLaw",
    "DistinctLaw",
    "DuplicateTime",
    "Duplicates",
    "Enclosure",
    "Law",
    "Measurements",
    "Number",
    "Packs",
    "WaitingTime",
    "__version__",
    "bounds",
    "duplicates",
    "measure",
    "merge",
    "run",
]
