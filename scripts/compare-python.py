# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Prints, as CSV, what calls of the Python package take, beside the same by other means.

Times are medians of several repetitions, and what is compared is run in turn.
"""

import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

import mpmath
import numpy
import scipy.special

import upsilon

PROGRAM = sys.argv[1]


class Time(NamedTuple):
    """Seconds of a call on the clock, and those of all processors in it, which hardly depend on what
    else the machine does."""

    clock: float
    cpu: float

    @classmethod
    def now(cls):
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return cls(time.perf_counter(), time.process_time() + children.ru_utime + children.ru_stime)

    def since(self, start, calls=1):
        return Time((self.clock - start.clock) / calls, (self.cpu - start.cpu) / calls)


def median_of(times):
    """The medians of the seconds of both kinds."""
    return Time(*map(statistics.median, zip(*times)))


def medians(*functions, repetitions=9, calls=1):
    """The median time of a call of each of some functions, which take turns."""
    times = [[] for _ in functions]
    for _ in range(repetitions):
        for function, own in zip(functions, times):
            start = Time.now()
            for _ in range(calls):
                function()
            own.append(Time.now().since(start, calls))
    return [median_of(own) for own in times]


def median(function, repetitions=9, calls=1):
    """The median time of a call."""
    return medians(function, repetitions=repetitions, calls=calls)[0]


def show(what, times, note=""):
    print(f"{what},{times.clock:.3g},{times.cpu:.3g},{note}", flush=True)


def processor():
    """What the processor is called."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def import_time(module):
    """The median time of an import in a new process."""
    code = (
        f"import time; s, c = time.perf_counter(), time.process_time(); import {module}; "
        "print(time.perf_counter() - s, time.process_time() - c)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(20)
    ]
    return median_of([map(float, run.stdout.split()) for run in runs])


def logs(classes):
    """ln C(classes, j) and ln(1 - j/classes)."""
    j = numpy.arange(classes)
    binomials = scipy.special.gammaln(classes + 1) - scipy.special.gammaln(j + 1)
    return binomials - scipy.special.gammaln(classes - j + 1), numpy.log1p(-j / classes)


def series(n, classes):
    """P(T <= n) by inclusion-exclusion in double precision, as one writes it by hand."""
    binomials, rates = logs(classes)
    return float(numpy.sum((-1.0) ** numpy.arange(classes) * numpy.exp(binomials + n * rates)))


def series_of_many(numbers, classes):
    """The same for many n, 1024 at a time."""
    binomials, rates = logs(classes)
    signs = (-1.0) ** numpy.arange(classes)
    values = numpy.empty(len(numbers))
    for start in range(0, len(numbers), 1024):
        some = slice(start, start + 1024)
        values[some] = numpy.exp(binomials + numbers[some, None] * rates) @ signs
    return values


def precise(n, classes):
    """The same to 30 digits with mpmath, with as many more as the largest term has."""
    binomials, rates = logs(classes)
    largest = float(numpy.max(binomials + n * rates)) / math.log(10)
    with mpmath.workdps(30 + 4 + max(0, math.ceil(largest))):
        terms = (
            (-1) ** j * math.comb(classes, j) * (mpmath.mpf(classes - j) / classes) ** n
            for j in range(classes)
        )
        return mpmath.fsum(terms)


def scalars():
    for classes, n in [(100, 512), (1000, 7709)]:
        law = f"C={classes} n={n}"
        time_ = upsilon.WaitingTime(upsilon.Law.uniform(classes))
        exact = time_.cdf(n)
        show(f"cdf {law} known", median(lambda: time_.cdf(n), calls=2000))
        numbers = list(range(n, n + 2000))

        def fresh():
            other = upsilon.WaitingTime(upsilon.Law.uniform(classes))
            for number in numbers:
                other.cdf(number)

        each = Time(*(seconds / len(numbers) for seconds in median(fresh, 3)))
        show(f"cdf C={classes} from n={n} one of 2000 in a loop", each)

        def first():
            upsilon.WaitingTime(upsilon.Law.uniform(classes)).cdf(n)

        ours, series_ = medians(first, lambda: series(n, classes), calls=20)
        show(f"law and cdf {law} the first time", ours, "the nearest double")
        error = abs(series(n, classes) / exact - 1)
        show(f"series in doubles by NumPy and SciPy {law}", series_, f"relative error {error:.1g}")

        def digits():
            return upsilon.WaitingTime(upsilon.Law.uniform(classes)).cdf(n, digits=30)

        ours, mpmath_ = medians(digits, lambda: precise(n, classes), repetitions=5)
        assert abs(precise(n, classes) / mpmath.mpf(str(digits())) - 1) < 1e-15
        show(f"law and cdf(digits=30) {law}", ours)
        show(f"series to 30 digits by mpmath {law}", mpmath_)


def arrays():
    n = numpy.arange(1, 65_537)
    for classes in [100, 1000]:
        time_ = upsilon.WaitingTime(upsilon.Law.uniform(classes))
        ours, hand = medians(
            lambda: time_.cdf(n), lambda: series_of_many(n, classes), repetitions=3
        )
        show(f"cdf C={classes} of 65536 n", ours)
        with numpy.errstate(all="ignore"):
            errors = numpy.abs(series_of_many(n, classes) - time_.cdf(n))
        show(f"series in doubles by NumPy of them C={classes}", hand,
             f"greatest absolute error {numpy.max(errors):.1g}")
        show(f"sf C={classes} of 65536 n", median(lambda: time_.sf(n), 3))


def parallel():
    """Four threads against one, each with as many calls, none of which is known already."""

    def work():
        for n in range(7700, 7900):
            upsilon.WaitingTime(upsilon.Law.uniform(1000)).cdf(n, digits=200)

    def run(count):
        threads = [threading.Thread(target=work) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    one, all_ = medians(lambda: run(1), lambda: run(4))
    show("200 times cdf(digits=200) in one thread", one)
    show("as many in each of four threads", all_, f"{4 * one.clock / all_.clock:.2f} times as fast "
         f"as in turn on {len(os.sched_getaffinity(0))} processors")


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
        functions = [
            lambda: subprocess.run(command, check=True, capture_output=True),
            lambda: upsilon.measure(*views, labels=labels, draws=256),
        ]
        if os.environ.get("TORCH") == "1":
            functions.append(lambda: torch_loss(views))
            functions.append(lambda: torch_measure(views, labels))
        shell, ours, *others = medians(*functions)
    show("upsilon measure of 10000 x 384 floats in two files", shell)
    show("measure of the same arrays", ours,
         f"{ours.clock / shell.clock:.2f} of the command; {ours.cpu / shell.cpu:.2f} by processors")
    for what, times in zip(["L_Info alone", "L_Info L_sup gap and accuracy"], others):
        show(f"{what} by PyTorch", times)


def torch_loss(views):
    """The contrastive loss of as many batches, as one writes it with PyTorch."""
    import torch

    first, second = (torch.nn.functional.normalize(torch.from_numpy(view)) for view in views)
    losses = []
    for _ in range(10):
        for batch in torch.randperm(len(first)).split(256):
            if len(batch) == 256:
                scores = first[batch] @ second[batch].T / 0.5
                losses.append(torch.nn.functional.cross_entropy(scores, torch.arange(256)))
    return float(torch.stack(losses).mean())


def torch_measure(views, labels):
    """The main ones of the numbers that are measured, as one writes them with PyTorch."""
    import torch
    from torch.nn.functional import cross_entropy, normalize, one_hot

    first, second = (normalize(torch.from_numpy(view)) for view in views)
    label = torch.from_numpy(labels)
    members = one_hot(label).float()
    means = (members.T @ second) / members.sum(0)[:, None]
    scores = first @ means.T / 0.5
    supervised = cross_entropy(scores, label)
    accuracy = (scores.argmax(1) == label).float().mean()
    gap = ((means[label] - second) * first).sum(1).mean() / 0.5
    return torch_loss(views), float(supervised), float(accuracy), float(gap)


def main():
    print(f"# {time.strftime('%Y-%m-%d')}, {processor()}, {len(os.sched_getaffinity(0))} processors, "
          f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    print("what,seconds,cpu_seconds,note")
    show("import upsilon", import_time("upsilon"))
    show("import ctypes alone", import_time("ctypes"))
    scalars()
    arrays()
    parallel()
    measuring()


if __name__ == "__main__":
    assert math.isclose(series(7709, 1000), 0.63896, rel_tol=1e-3)
    main()
