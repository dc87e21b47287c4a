# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Prints, as CSV, what calls of the Python package take, beside the same by other means.

Times are the least of several repetitions: what is left is what the call itself takes.
"""

import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import mpmath
import numpy
import scipy.special

import upsilon

PROGRAM = sys.argv[1]


def least(function, repetitions=7, calls=1):
    """Seconds of a call."""
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        for _ in range(calls):
            function()
        times.append((time.perf_counter() - start) / calls)
    return min(times)


def show(what, seconds, note=""):
    print(f"{what},{seconds:.4g},{note}", flush=True)


def import_seconds(module):
    code = f"import time; s = time.perf_counter(); import {module}; print(time.perf_counter() - s)"
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(9)
    ]
    return min(float(run.stdout) for run in runs)


def series(n, classes):
    """P(T <= n) by inclusion-exclusion in double precision, as one writes it by hand."""
    j = numpy.arange(classes)
    logs = scipy.special.gammaln(classes + 1) - scipy.special.gammaln(j + 1)
    logs = logs - scipy.special.gammaln(classes - j + 1)
    logs = logs + n * numpy.log1p(-j / classes)
    return float(numpy.sum((-1.0) ** j * numpy.exp(logs)))


def precise(n, classes):
    """The same to 30 digits with mpmath, with as many bits as cancel and more."""
    with mpmath.workdps(30 + classes):
        q = mpmath.mpf(1) / classes
        terms = ((-1) ** j * mpmath.binomial(classes, j) * (1 - j * q) ** n for j in range(classes))
        return mpmath.fsum(terms)


def scalars():
    for classes, n in [(100, 512), (1000, 7709)]:
        time_ = upsilon.WaitingTime(upsilon.Law.uniform(classes))
        exact = time_.cdf(n)
        show(f"cdf C={classes} n={n} known", least(lambda: time_.cdf(n), 7, 2000))
        numbers = list(range(n, n + 2000))

        def fresh():
            other = upsilon.WaitingTime(upsilon.Law.uniform(classes))
            for number in numbers:
                other.cdf(number)

        show(f"cdf C={classes} from n={n} one of 2000 in a loop", least(fresh, 3) / 2000)

        def first():
            upsilon.WaitingTime(upsilon.Law.uniform(classes)).cdf(n)

        show(f"law and cdf C={classes} n={n} the first time", least(first, 7, 50))
        error = abs(series(n, classes) / exact - 1)
        show(f"series in doubles C={classes} n={n}", least(lambda: series(n, classes), 5, 20),
             f"relative error {error:.1g}")
        show(f"mpmath to 30 digits C={classes} n={n}", least(lambda: precise(n, classes), 2))
        show(f"cdf(digits=30) C={classes} n={n}", least(lambda: time_.cdf(n, digits=30), 7, 20))


def arrays():
    n = numpy.arange(1, 65_537)
    for classes in [100, 1000]:
        time_ = upsilon.WaitingTime(upsilon.Law.uniform(classes))
        show(f"cdf C={classes} of 65536 n", least(lambda: time_.cdf(n)))
        show(f"sf C={classes} of 65536 n", least(lambda: time_.sf(n)))


def parallel():
    """Four threads against one, with as many calls each."""
    time_ = upsilon.WaitingTime(upsilon.Law.uniform(1000))

    def work():
        for _ in range(20):
            time_.cdf(7709, digits=200)

    def four():
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    one, all_ = least(work, 5), least(four, 5)
    show("20 calls of cdf(digits=200) in one thread", one)
    show("80 of them in four threads", all_, f"{4 * one / all_:.2f} times as fast as in turn on "
         f"{len(os.sched_getaffinity(0))} processors")


def measuring():
    generator = numpy.random.default_rng(1)
    labels = generator.integers(0, 10, 10_000)
    centers = generator.normal(size=(10, 384))
    views = [
        (centers[labels] + generator.normal(size=(10_000, 384))).astype(numpy.float32)
        for _ in range(2)
    ]
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder) / f"{name}.npy") for name in ["view0", "view1", "labels"]]
        for path, array in zip(paths, [*views, labels]):
            numpy.save(path, array)
        command = [
            PROGRAM, "measure", "--features", ",".join(paths[:2]), "--labels", paths[2], "--draws",
            "256", "--quiet", "--format", "csv",
        ]
        shell = least(lambda: subprocess.run(command, check=True, capture_output=True), 3)
    show("upsilon measure of 10000 x 384 floats in two files", shell)
    ours = least(lambda: upsilon.measure(*views, labels=labels, draws=256), 3)
    show("measure of the same arrays", ours, f"{ours / shell:.2f} of the command")
    if os.environ.get("TORCH") == "1":
        show("L_Info alone by PyTorch", least(lambda: torch_loss(views), 3))


def torch_loss(views):
    """The contrastive loss of the same batches, as one writes it with PyTorch."""
    import torch

    first, second = (torch.nn.functional.normalize(torch.from_numpy(view)) for view in views)
    losses = []
    for _ in range(10):
        order = torch.randperm(len(first))
        for batch in order[: len(order) // 256 * 256].reshape(-1, 256):
            scores = first[batch] @ second[batch].T / 0.5
            losses.append(torch.nn.functional.cross_entropy(scores, torch.arange(256)))
    return float(torch.stack(losses).mean())


def main():
    print("what,seconds,note")
    show("import upsilon", import_seconds("upsilon"))
    show("import ctypes, which it needs", import_seconds("ctypes"))
    scalars()
    arrays()
    parallel()
    measuring()


if __name__ == "__main__":
    assert math.isclose(series(7709, 1000), 0.63896, rel_tol=1e-3)
    main()
