#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Writes the two arrays of features and the labels of docs/tutorial.md: make-features.py FOLDER

Needs NumPy (made with 2.4). A perceptron is trained on 1,277 of the embedded digits with the
contrastive loss of 63 negatives at temperature 0.5; features are those of two random views, images
shifted by up to a pixel and with noise, of the other 520.
"""
import gzip
import sys

import numpy as np

TEMPERATURE, BATCH, EPOCHS, WIDTH, FEATURES = 0.5, 64, 60, 128, 32
random = np.random.default_rng(7)

with gzip.open("Sources/CResources/digits.gz") as file:
    rows = np.frombuffer(file.read(), np.uint8).reshape(1797, 65)
images, labels = rows[:, :64].reshape(-1, 8, 8) / 16, rows[:, 64]
# 52 of each class are measured.
measured = np.sort(np.concatenate([np.flatnonzero(labels == c)[:52] for c in range(10)]))
trained = np.setdiff1d(np.arange(1797), measured)


def views(items):
    """(items, 64): each image shifted by up to a pixel, with noise."""
    padded = np.pad(images[items], ((0, 0), (1, 1), (1, 1)))
    shifts = random.integers(0, 3, (len(items), 2))
    moved = np.stack([p[y : y + 8, x : x + 8] for p, (y, x) in zip(padded, shifts)])
    return (moved + random.normal(0, 0.1, moved.shape)).reshape(-1, 64)


weights = [random.normal(0, (2 / 64) ** 0.5, (64, WIDTH)),
           random.normal(0, (2 / WIDTH) ** 0.5, (WIDTH, FEATURES))]


def forward(x):
    """Hidden units, what the last layer gives, and that of unit length."""
    hidden = np.maximum(x @ weights[0], 0)
    out = hidden @ weights[1]
    return hidden, out, out / np.linalg.norm(out, axis=1, keepdims=True)


def backward(x, hidden, out, unit, gradient):
    """Gradients of the weights, of that of the unit features."""
    gradient -= unit * (gradient * unit).sum(1, keepdims=True)
    gradient /= np.linalg.norm(out, axis=1, keepdims=True)
    return [x.T @ (gradient @ weights[1].T * (hidden > 0)), hidden.T @ gradient]


moments = [[np.zeros_like(w), np.zeros_like(w)] for w in weights]
step = 0
for _ in range(EPOCHS):
    order = random.permutation(trained)
    for start in range(0, len(order) - BATCH + 1, BATCH):
        x, y = views(order[start : start + BATCH]), views(order[start : start + BATCH])
        a, b = forward(x), forward(y)
        scores = a[2] @ b[2].T / TEMPERATURE
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        slope = (shares - np.eye(BATCH)) / BATCH / TEMPERATURE
        gradients = [g + h for g, h in zip(
            backward(x, *a, slope @ b[2]), backward(y, *b, slope.T @ a[2]))]
        step += 1
        for w, g, (first, second) in zip(weights, gradients, moments):  # Adam
            first += 0.1 * (g - first)
            second += 0.001 * (g * g - second)
            w -= 1e-3 * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)

for view in range(2):
    np.save(f"{sys.argv[1]}/view-{view}.npy", forward(views(measured))[2].astype(np.float16))
np.save(f"{sys.argv[1]}/labels.npy", labels[measured])
