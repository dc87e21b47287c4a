# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Joins the raw figures of the Benchmarks target with those of peers.py.

compare.py UPSILON.csv... -- PEERS.csv... prints CSV: benchmark,size,tool,duration_s,ratio. The
ratio is the duration in units of Upsilon's, medians of all rounds.
"""

import csv
import statistics
import sys


def medians(files, key):
    """The median duration for each key, in order of appearance."""
    durations = {}
    for name in files:
        with open(name, newline="") as file:
            for row in csv.DictReader(file):
                durations.setdefault(key(row), []).append(float(row["duration_s"]))
    return {name: statistics.median(values) for name, values in durations.items()}


divide = sys.argv.index("--")
ours = medians(sys.argv[1:divide], lambda row: (row["benchmark"], row["size"]))
theirs = medians(sys.argv[divide + 1 :], lambda row: (row["benchmark"], row["size"], row["tool"]))

print("benchmark,size,tool,duration_s,ratio")
for (benchmark, size), duration in ours.items():
    print(f"{benchmark},{size},Upsilon,{duration:.4g},1")
    for (name, peer_size, tool), seconds in theirs.items():
        if (name, peer_size) == (benchmark, size):
            print(f"{benchmark},{size},{tool},{seconds:.4g},{seconds / duration:.3g}")
