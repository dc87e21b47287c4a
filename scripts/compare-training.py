#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Compares training steps with PyTorch, products with OpenBLAS, measuring with both, and two
threads with one.

    compare-training [ROUNDS]

In every round each program runs alone for about half a second, one after the other on one
processor, so that a slow or disturbed round slows both; two threads have two processors. Raw figures
go to standard output as CSV, one row a step or product, then the ratios of medians, and the ratio
of each round with its extremes, to standard error.

A step is the same on both sides: two views of N images are ready in memory as 2 N rows of 64 floats;
forward through a perceptron 64-256-256-64 (no bias before batch normalisation), unit length, InfoNCE
of view 0 against view 1 at temperature 0.5, backward, and stochastic gradient descent with momentum
0.9 and weight decay. PyTorch runs eagerly, with the fused optimizer where that is faster.

What is measured are shuffled batches of 32, 64, 128, 256 and 512 of 3,080 items in two views of 384
features, ten passes: for each batch InfoNCE, the supervised loss over 77 class means and over the
classes that are there, in single precision, batch by batch; and in NumPy also from one product and
one exponential of all pairs, from which every batch gathers its own. Ours are all columns of
`measure`, most of them in double precision.
"""
import csv
import io
import os
import statistics
import subprocess
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy
import torch
import torch.nn.functional as F

BENCHMARKS = sys.argv[1]
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
SECONDS = 0.4
processors = sorted(os.sched_getaffinity(0))
torch.set_num_threads(1)


def timed(task):
    """Durations of a task for about half a second, at least five."""
    for _ in range(3):
        task()
    durations, start = [], time.perf_counter()
    while len(durations) < 5 or time.perf_counter() - start < SECONDS:
        begin = time.perf_counter()
        task()
        durations.append(time.perf_counter() - begin)
    return durations


def torch_step(images, fused):
    torch.manual_seed(7)
    nn = torch.nn
    model = nn.Sequential(
        nn.Linear(64, 256, bias=False), nn.BatchNorm1d(256), nn.ReLU(),
        nn.Linear(256, 256, bias=False), nn.BatchNorm1d(256), nn.ReLU(),
        nn.Linear(256, 64))
    weights = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() == 1]
    optimizer = torch.optim.SGD(
        [{"params": weights, "weight_decay": 1e-4}, {"params": others, "weight_decay": 0.0}],
        lr=0.05, momentum=0.9, fused=fused)
    views = 2 * torch.rand(2 * images, 64) - 1
    labels = torch.arange(images)

    def step():
        features = F.normalize(model(views), dim=1)
        logits = features[:images] @ features[images:].T / 0.5
        loss = F.cross_entropy(logits, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        assert loss.item() == loss.item()

    return step


def openblas_product(n):
    random = numpy.random.default_rng(7)
    a, b = (random.random((n, n), dtype=numpy.float32) for _ in range(2))
    c = numpy.empty((n, n), dtype=numpy.float32)
    return lambda: numpy.matmul(a, b, out=c)


def measured_data():
    random = numpy.random.default_rng(7)
    labels = numpy.arange(3080) % 77
    items = random.standard_normal((77, 384))[labels] + random.standard_normal((3080, 384))
    views = [(items + random.standard_normal(items.shape) / 2).astype(numpy.float32)
             for _ in range(2)]
    views = [view / numpy.linalg.norm(view, axis=1, keepdims=True) for view in views]
    means = numpy.stack([views[1][labels == c].mean(0) for c in range(77)])
    return views[0], views[1], labels, means


def shuffled_batches(random):
    for n in (32, 64, 128, 256, 512):
        for _ in range(10):
            order = random.permutation(3080)
            for start in range(0, 3080 // n * n, n):
                yield order[start:start + n]


def numpy_measure():
    anchors, keys, labels, means = measured_data()

    def log_sum(x):
        top = x.max(1)
        return numpy.log(numpy.exp(x - top[:, None]).sum(1)) + top

    def task():
        totals = numpy.zeros(3)
        for batch in shuffled_batches(numpy.random.default_rng(7)):
            z, own = anchors[batch], labels[batch]
            products, scores = z @ keys[batch].T / 0.5, z @ means.T / 0.5
            right = scores[numpy.arange(len(batch)), own]
            absent = numpy.bincount(own, minlength=77) == 0
            totals += [(log_sum(products) - products.diagonal()).mean(),
                       (log_sum(scores) - right).mean(),
                       (log_sum(numpy.where(absent, -numpy.inf, scores)) - right).mean()]
        assert (totals == totals).all()

    return task


def numpy_joint_measure():
    anchors, keys, labels, means = measured_data()

    def task():
        products, scores = anchors @ keys.T / 0.5, anchors @ means.T / 0.5
        own_products, right = products.diagonal().copy(), scores[numpy.arange(len(labels)), labels]
        numpy.exp(products, out=products)
        powers = numpy.exp(scores)
        supervised = numpy.log(powers.sum(1)) - right
        totals = numpy.zeros(3)
        for batch in shuffled_batches(numpy.random.default_rng(7)):
            present = numpy.bincount(labels[batch], minlength=77) > 0
            sums = products[batch[:, None], batch].sum(1)
            subset = powers[batch] @ present.astype(numpy.float32)
            totals += [(numpy.log(sums) - own_products[batch]).mean(), supervised[batch].mean(),
                       (numpy.log(subset) - right[batch]).mean()]
        assert (totals == totals).all()

    return task


def torch_measure():
    anchors, keys, labels, means = map(torch.from_numpy, measured_data())

    def task():
        total = 0.0
        for batch in shuffled_batches(numpy.random.default_rng(7)):
            batch = torch.from_numpy(batch)
            z, own = anchors[batch], labels[batch]
            products, scores = z @ keys[batch].T / 0.5, z @ means.T / 0.5
            absent = torch.bincount(own, minlength=77) == 0
            total += (torch.logsumexp(products, 1) - products.diagonal()).mean()
            total += F.cross_entropy(scores, own)
            total += F.cross_entropy(scores.masked_fill(absent, -torch.inf), own)
        assert total.item() == total.item()

    return task


def ours(name, size, threads):
    """Durations of a benchmark of ours, on as many processors as threads."""
    command = [BENCHMARKS, "--filter", f"{name}/threads={threads} {size}"]
    allowed = set(processors[-threads:])
    output = subprocess.run(
        command, check=True, capture_output=True, text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, allowed)).stdout
    rows = [r for r in csv.DictReader(io.StringIO(output)) if r["size"] == size]
    assert rows, f"no benchmark {name} {size}"
    return [float(row["duration_s"]) for row in rows]


def main():
    os.sched_setaffinity(0, {processors[-1]})
    best = subprocess.run(
        [BENCHMARKS, "--filter", "n=256"], check=True, capture_output=True, text=True).stdout
    instruction_set = best.split("/threads=2")[0].split("/")[-1]
    comparisons = []  # title, target, theirs, name of ours, size
    for images, target in ((32, 2.5), (512, 1.5)):
        for fused in (False, True):
            comparisons.append((
                f"step batch={images} PyTorch{' fused' if fused else ''}", target,
                lambda images=images, fused=fused: torch_step(images, fused),
                f"step/{instruction_set}", f"batch={images}"))
    for n in (512, 768, 1024):
        comparisons.append((
            f"sgemm n={n} OpenBLAS", 0.95, lambda n=n: openblas_product(n),
            f"sgemm/{instruction_set}", f"n={n}"))
    for title, make in (("NumPy", numpy_measure), ("NumPy, one product", numpy_joint_measure),
                        ("PyTorch", torch_measure)):
        comparisons.append((
            f"measure 3080 x 384 {title}", 3, make, "measure/batches", "rows=3080 d=384"))
    comparisons += [
        (f"{name} {size} two threads", 1.8, None, f"{name}/{instruction_set}", size)
        for name, size in (("step", "batch=512"), ("sgemm", "n=512"), ("sgemm", "n=1024"))]

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["comparison", "round", "program", "iteration", "duration_s"])
    print(f"{instruction_set}, PyTorch {torch.__version__}, {ROUNDS} rounds", file=sys.stderr)
    for title, target, make, name, size in comparisons:
        if make is None and len(processors) < 2:
            print(f"{title}: needs two processors", file=sys.stderr)
            continue
        task = make() if make else None
        pairs = []
        for number in range(1, ROUNDS + 1):
            # Whoever is compared with comes first; then ours, on one thread or on two.
            first = timed(task) if task else ours(name, size, 1)
            second = ours(name, size, 1 if task else 2)
            for program, durations in (("theirs" if task else "one thread", first),
                                       ("ours", second)):
                for iteration, duration in enumerate(durations, 1):
                    writer.writerow([title, number, program, iteration, f"{duration:.9f}"])
            pairs.append((statistics.median(first), statistics.median(second)))
        ratios = sorted(a / b for a, b in pairs)
        a, b = (1e3 * statistics.median(column) for column in zip(*pairs))
        print(
            f"{title:37} {a:9.3f} ms, ours {b:9.3f} ms: {statistics.median(ratios):5.2f} times as "
            f"fast ({ratios[0]:.2f} to {ratios[-1]:.2f}; wanted {target})", file=sys.stderr)


main()
