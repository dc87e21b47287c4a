# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Parts of measurements in eight processes, one of them killed, beside one process.

The functions that lay out shards and measure a part are those of the recipe, taken from its text.
"""

import os
import re
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import upsilon
from dask.distributed import Client, LocalCluster

PARTS = 8
KILLED = 3
ITEMS, WIDTH, CLASSES, SHARDS = 6000, 48, 10, 8
REQUESTS = {
    "shuffled": ["--draws", "64,100,512", "--seeds", "7,11", "--passes", "4"],
    "exact": ["--draws", "16,512,1000001", "--with-replacement", "--temperature", "0.2,0.5"],
}


def recipe(path):
    """The text of the functions of the recipe."""
    blocks = re.findall(r"```python\n(.*?)```", Path(path).read_text(encoding="utf-8"), re.DOTALL)
    return next(block for block in blocks if "def lay_out" in block)


def write_shards(folder):
    """Parquet shards of two views of random items around their classes, in no order."""
    random = np.random.default_rng(17)
    labels = random.permutation(np.arange(ITEMS) % CLASSES)
    centres = random.normal(size=(CLASSES, WIDTH))
    views = [
        (centres[labels] + random.normal(size=(ITEMS, WIDTH))).astype(np.float32) for _ in range(2)
    ]
    for number, rows in enumerate(np.array_split(np.arange(ITEMS), SHARDS)):
        columns = {"label": pa.array(labels[rows])}
        for index, view in enumerate(views):
            flat = pa.array(view[rows].ravel())
            columns[f"view_{index}"] = pa.FixedSizeListArray.from_arrays(flat, WIDTH)
        pq.write_table(pa.table(columns), Path(folder) / f"shard-{number}.parquet")


def attempt(source, part, words, folder):
    """A part by the recipe; the process that is the first to try the third one is killed at it."""
    scope = {}
    exec(source, scope)
    tries = attempts(folder, part)
    with open(Path(folder) / f"attempts-{part}", "a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")
    isKilled = part == KILLED and not tries
    if isKilled:
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGKILL)).start()
    path = scope["measure"](part, PARTS, words, folder)
    if isKilled:
        time.sleep(60)
    return path


def attempts(folder, part):
    """The processes that have tried a part."""
    path = Path(folder) / f"attempts-{part}"
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def measure(client, source, words, name):
    with tempfile.TemporaryDirectory(prefix="upsilon-parts-") as folder:
        futures = [
            client.submit(attempt, source, part, words, folder, key=f"{name}-{part}", retries=3)
            for part in range(1, PARTS + 1)
        ]
        parts = client.gather(futures)
        processes = {pid for part in range(1, PARTS + 1) for pid in attempts(folder, part)}
        tries = len(attempts(folder, KILLED))
        if tries < 2:
            sys.exit(f"{name}: part {KILLED} was not run again")
        merged, one = Path(folder) / "merged.csv", Path(folder) / "one.csv"
        upsilon.run("merge", *reversed(parts), "--output", merged)
        upsilon.run("measure", *words, "--output", one)
        if merged.read_bytes() != one.read_bytes():
            sys.exit(f"{name}: the merged table is not that of one process")
        sizes = sum(Path(part).stat().st_size for part in parts)
        print(
            f"{name}: {len(merged.read_text().splitlines()) - 1} rows of {PARTS} parts, "
            f"{sizes} bytes, in {len(processes)} processes; part {KILLED} was killed and run again "
            f"({tries} tries): the same bytes as of one process",
            flush=True,
        )


def main():
    source = recipe(sys.argv[1])
    scope = {}
    exec(source, scope)
    with tempfile.TemporaryDirectory(prefix="upsilon-shards-") as folder:
        write_shards(folder)
        words = scope["lay_out"](folder, folder) + ["--name", "shards", "--threads", "1"]
        cluster = LocalCluster(
            n_workers=PARTS, threads_per_worker=1, processes=True, dashboard_address=":0"
        )
        with cluster, Client(cluster) as client:
            client.wait_for_workers(PARTS)
            for name, options in REQUESTS.items():
                measure(client, source, words + options, name)


if __name__ == "__main__":
    main()
