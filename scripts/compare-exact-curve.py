#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Compares the exact contrastive losses of `upsilon measure --with-replacement` with NumPy.

    compare-exact-curve UPSILON [ROUNDS]

5,000 items of 10 classes in two views, 128 features, K = 2^1 ... 2^20, all pairs of the 10,000
rows. In every round both run one after the other, on the processors that this process may use: the
program as a whole, from its start to the table, and the integral of L_Info alone in NumPy, from unit
rows. Raw figures go to standard output as CSV; medians, the ratio and how far the losses differ to
standard error.

Both integrate over s in steps of (ln 2)/2 of ln s, and take the nodes of one parity from each other:
with q = 1 - e^{-s b}, q(2 s) = q (2 - q). NumPy has the products by its own BLAS, all cores, in
single precision; all else is in double precision, in place, in blocks that fit in the cache.
"""
import csv
import io
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

UPSILON = sys.argv[1]
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3
ITEMS, VIEWS, WIDTH, CLASSES, T = 5000, 2, 128, 10, 0.5
COUNTS = [2 ** k for k in range(1, 21)]
STEP = math.log(2) / 2


def features():
    random = np.random.default_rng(7)
    centres = random.uniform(-1, 1, (CLASSES, WIDTH))
    labels = np.arange(ITEMS) % CLASSES
    items = centres[labels] + random.uniform(-1, 1, (ITEMS, WIDTH))
    views = [items + 0.5 * random.uniform(-1, 1, items.shape) for _ in range(VIEWS)]
    views = [v / np.linalg.norm(v, axis=1, keepdims=True) for v in views]
    return [v.astype(np.float32) for v in views], labels


def losses(views):
    """L_Info for all K by the integral."""
    rows = np.concatenate(views)
    n = len(rows)
    # Nodes s = 2^(k/2): to the left as far as the largest K needs, to the right as any positive.
    first = 2 * math.floor(math.log2(1e-7 / (COUNTS[-1] + 1)))
    last = 2 * math.ceil(math.log2(36 * math.exp(2 / T)))
    s = 2.0 ** (np.arange(first, last) / 2)
    totals = np.zeros(len(COUNTS))
    block = 16
    for start in range(0, n, block):
        anchors = rows[start:start + block]
        b = (anchors @ rows.T).astype(np.float64)
        b -= 1
        b /= T
        np.exp(b, out=b)
        items = np.arange(start, start + block) % ITEMS
        own = np.stack([(anchors * v[items]).sum(axis=1, dtype=np.float64) for v in views]) - 1
        own /= T
        positives = np.exp(own)
        # 1 - e^{-s b} for small s by seven moments, from s = 2^-4 on by doublings.
        q = np.empty((len(s), len(anchors)))
        small = int((s <= 2.0 ** -4).sum())
        power, moments = b.copy(), []
        for m in range(1, 8):
            moments.append(power.mean(axis=1))
            power *= b
        for k in range(small):
            q[k] = sum((-1) ** (m + 1) * s[k] ** m / math.factorial(m) * moments[m - 1]
                       for m in range(1, 8))
        right = 36 / positives.min()
        for parity in range(2):
            chain, other = None, np.empty_like(b)
            for k in range(small + parity, len(s), 2):
                if s[k] > right * 2:
                    q[k:] = 1
                    break
                if chain is None:
                    chain = -np.expm1(-s[k] * b)
                else:
                    np.subtract(2, chain, out=other)
                    chain *= other
                q[k] = chain.mean(axis=1)
        with np.errstate(divide="ignore"):
            logs = np.log1p(-q)
        pi = np.exp(-s[:, None, None] * positives).mean(axis=1)
        reference = np.exp(-s)
        for index, count in enumerate(COUNTS):
            f = pi * np.exp(count * logs)
            expected = positives.mean(axis=0) + count * moments[0]
            left = s[0] / (math.sqrt(2) - 1) * (expected - 1)
            logarithm = STEP * ((reference[:, None] - f).sum(axis=0) + left)
            totals[index] += (logarithm - own.mean(axis=0)).sum()
    return totals / n


def main():
    views, labels = features()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["round", "program", "duration_s"])
    times = {"upsilon": [], "numpy": []}
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, f"view-{k}.npy") for k in range(VIEWS)]
        for path, view in zip(paths, views):
            np.save(path, view)
        np.save(os.path.join(folder, "labels.npy"), labels)
        command = [
            UPSILON, "measure", "--features", ",".join(paths),
            "--labels", os.path.join(folder, "labels.npy"), "--with-replacement",
            "--draws", ",".join(str(count + 1) for count in COUNTS), "--temperature", str(T),
            "--format", "csv", "--quiet"]
        for number in range(1, ROUNDS + 1):
            begin = time.perf_counter()
            theirs = losses(views)
            times["numpy"].append(time.perf_counter() - begin)
            begin = time.perf_counter()
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            times["upsilon"].append(time.perf_counter() - begin)
            for program in times:
                writer.writerow([number, program, f"{times[program][-1]:.6f}"])
            ours = [float(row["contrastive_loss"]) for row in csv.DictReader(io.StringIO(output))]
    assert len(ours) == len(theirs)
    apart = max(abs(a - b) for a, b in zip(ours, theirs))
    ratios = sorted(a / b for a, b in zip(times["numpy"], times["upsilon"]))
    print(
        f"NumPy {np.__version__} {statistics.median(times['numpy']):.2f} s, "
        f"upsilon {statistics.median(times['upsilon']):.2f} s: {statistics.median(ratios):.1f} "
        f"times as fast ({ratios[0]:.1f} to {ratios[-1]:.1f}; wanted 10); losses differ by {apart:.1e}",
        file=sys.stderr)
    assert apart < 1e-6


main()
