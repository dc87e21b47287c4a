#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Two views of the texts of Banking77 as float16 features, and their labels as text.

    embed-texts.py FOLDER        with train.csv and test.csv, columns "text" and "category"

`encode` stands in for a sentence encoder, `model.encode(texts)` for instance: the words of a text and
their triples of letters are hashed to random directions in 384 dimensions and added up. A view lacks
a random seventh of the words, as dropout would have it.
"""
import csv
import hashlib
import sys

import numpy as np

DIMENSIONS = 384
directions = {}


def direction(piece):
    if piece not in directions:
        digest = hashlib.blake2b(piece.encode(), digest_size=8).digest()
        random = np.random.default_rng(int.from_bytes(digest, "little"))
        directions[piece] = random.standard_normal(DIMENSIONS)
    return directions[piece]


def encode(texts):
    rows = []
    for words in texts:
        pieces = [p for w in words for p in [w] + ["#" + w[i:i + 3] for i in range(len(w) - 2)]]
        rows.append(sum((direction(p) for p in pieces), np.zeros(DIMENSIONS)))
    rows = np.array(rows) - np.mean(rows, axis=0)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)


random = np.random.default_rng(7)
for split in ("train", "test"):
    with open(f"{sys.argv[1]}/{split}.csv", encoding="utf-8") as file:
        items = list(csv.DictReader(file))
    words = [item["text"].lower().split() for item in items]
    for view in range(2):
        np.save(f"{split}-{view}.npy", encode(
            [[w for w in text if random.random() < 6 / 7] or text for text in words]))
    np.save(f"{split}-labels.npy", np.array([item["category"] for item in items]))
