#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Writes NPY files of features and what `upsilon measure` must make of them: measure/*.

Independent of the Swift code: double precision throughout, every loss and term by its definition,
one negative after another; means over independent draws by a fine sum over ln s, term by term; the
linear classifier is trained here too. Only which items are drawn is by the same rule: SplitMix64 (Steele, Lea and Flood 2014) with keys (seed, 4, pass), orders by Fisher
and Yates. Made with Python 3.11, NumPy 2.4.6.
"""
import csv
import math
import os

import numpy as np

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "measure")
MASK = (1 << 64) - 1
NAMES = [1, 4, 9]  # labels as they are in the files
MEANS = [
    "contrastive_loss", "gap", "gap_convex", "gap_linear", "supervised_loss",
    "covered_supervised_term", "uncovered_subset_term", "collision_free_covered_term",
    "collision_free_uncovered_term", "collision_term", "collision_bound", "coverage_rate",
    "collision_rate", "mean_classifier_accuracy", "linear_accuracy", "linear_accuracy_without_head",
    "between_class_variance", "class_separation", "prior_adjusted_loss", "gap_exact",
    "expected_bound",
]
# What batches measure of independent draws; all else is exact.
SET_MEANS = [
    "covered_supervised_term", "uncovered_subset_term", "collision_free_covered_term",
    "collision_free_uncovered_term", "coverage_rate",
]


# --- Random numbers by the rule of the tool

def mixed(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class SplitMix64:
    def __init__(self, *keys):
        self.state = 0
        for key in keys:
            self.state = mixed(((self.state ^ key) + 0x9E3779B97F4A7C15) & MASK)

    def index(self, bound):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        return (mixed(self.state) * bound) >> 64

    def shuffle(self, items):
        for last in range(len(items) - 1, 0, -1):
            other = self.index(last + 1)
            items[last], items[other] = items[other], items[last]


# --- Features

def make_files():
    random = np.random.default_rng(20211206)
    centres = np.array([[2, 0, 0, 1, 0], [0, 2, 0, 0, -1], [0, 0, 2, 1, 1]], dtype=float)

    def views(classes, types, spread):
        items = centres[classes] + spread * random.standard_normal((len(classes), 5))
        lengths = 10.0 ** random.uniform(-1, 1, len(classes))
        return [
            ((items + 0.9 * random.standard_normal(items.shape)) * lengths[:, None]).astype(t)
            for t in types
        ]

    # One class has a single item: it has no pair, and a negative of it is of another class.
    validation = np.array([0] * 11 + [1] * 11 + [2])
    training = np.array([0] * 10 + [1] * 12 + [2] * 9)
    random.shuffle(validation)
    random.shuffle(training)
    files = {}
    for number, view in enumerate(views(validation, ["<f4", "<f8", ">f4"], 0.4)):
        files[f"val-{number}"] = view
    files["val-plain"] = views(validation, ["<f4"], 0.4)[0]
    for number, view in enumerate(views(training, ["<f2", ">f8"], 0.4)):
        files[f"train-{number}"] = view
    files["train-plain"] = views(training, ["<f4"], 0.4)[0]
    files["val-labels"] = np.array(NAMES)[validation].astype("<i8")
    files["train-labels"] = np.array(NAMES)[training].astype("|u1")
    # The names of the published code, plain features and two augmented views.
    published = {
        "feature.val": "val-plain", "feature.0.val": "val-0", "feature.1.val": "val-1",
        "label.val": "val-labels", "feature.train": "train-plain", "feature.0.train": "train-0",
        "feature.1.train": "train-1", "label.train": "train-labels",
    }
    for name, source in published.items():
        files[f"epoch_3-toy.pt.{name}"] = files[source]
    for name, array in files.items():
        np.save(os.path.join(FOLDER, name + ".npy"), array)
    return files


def unit(array):
    array = array.astype(np.float64)
    return array / np.sqrt((array * array).sum(axis=1, keepdims=True))


# --- Measuring by the definitions

def linear_accuracy(features, labels, test, test_labels, seed):
    """Soft-max regression by Adam in shuffled batches, from zeros, cosine schedule from 0.01."""
    rows, width = features.shape
    classes = max(labels) + 1
    size = min(256, rows)
    per_epoch = rows // size
    epochs = max(5, -(-1500 // per_epoch))
    steps = epochs * per_epoch
    w = [np.zeros((width, classes)), np.zeros(classes)]
    m, v = [0 * a for a in w], [0 * a for a in w]
    generator, order, step = SplitMix64(seed, 0x6C696E656172), list(range(rows)), 0
    for _ in range(epochs):
        generator.shuffle(order)
        for start in range(0, per_epoch * size, size):
            items = order[start:start + size]
            x, y = features[items], labels[items]
            scores = x @ w[0] + w[1]
            p = np.exp(scores - scores.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            p[np.arange(size), y] -= 1
            p /= size
            rate = 0.5 * 0.01 * (1 + math.cos(math.pi * step / steps))
            step += 1
            for k, g in enumerate([x.T @ p, p.sum(axis=0)]):
                m[k] = 0.9 * m[k] + 0.1 * g
                v[k] = 0.999 * v[k] + 0.001 * g * g
                w[k] = w[k] - rate * (m[k] / (1 - 0.9 ** step)) / (
                    np.sqrt(v[k] / (1 - 0.999 ** step)) + 1e-8)
    return share(test @ w[0] + w[1], test_labels)


def share(scores, labels):
    ordered = np.sort(scores, axis=1)
    # No item is so near a boundary that single precision could decide otherwise.
    assert (ordered[:, -1] - ordered[:, -2]).min() > 1e-4
    return (scores.argmax(axis=1) == labels).mean()


def batches_of(pass_seed, count, n, views, replacement):
    generator = SplitMix64(*pass_seed)
    if not replacement:
        order = list(range(count))
        generator.shuffle(order)
        cut = [order[i * n:(i + 1) * n] for i in range(count // n)]
        return [[(x, 0, 1) for x in batch] for batch in cut], generator
    batches = [
        [(generator.index(count), generator.index(views), generator.index(views)) for _ in range(n)]
        for _ in range(max(1, count // n))
    ]
    return batches, generator


def measure_batch(batch, views, zbar, mu, labels, sizes, t, replacement):
    n, sums = len(batch), {
        name: 0.0 for name in MEANS[:13] + MEANS[16:] if name != "collision_bound"}
    shares = np.array(sizes) / sum(sizes)
    classes = [labels[item] for item, _, _ in batch]
    covered = len(set(classes)) == len(mu)
    for i, (item, a, b) in enumerate(batch):
        z, plus, c = views[a][item], views[b][item], classes[i]
        others = [j for j in range(n) if j != i]
        negatives = [views[batch[j][2]][batch[j][0]] for j in others]
        positive = math.exp(z @ plus / t)
        total = positive + sum(math.exp(z @ w / t) for w in negatives)
        logits = [math.exp(z @ m / t) for m in mu]
        supervised = -math.log(logits[c] / sum(logits))
        present = {classes[j] for j in others} | {c}
        subset = -math.log(logits[c] / sum(logits[j] for j in present))
        collisions = sum(classes[j] == c for j in others)
        y = z @ (mu[c] - zbar[item]) / t
        p = logits[c] / (logits[c] + sum(logits[classes[j]] for j in others))
        weight = 1 - p
        if not replacement and sizes[c] > 1:
            weight += p * collisions / (sizes[c] - 1)
        scores = np.array([z @ m for m in mu])
        sums["contrastive_loss"] -= math.log(positive / total)
        sums["between_class_variance"] += scores[c] - shares @ scores
        sums["class_separation"] += scores[c] - scores.mean()
        sums["prior_adjusted_loss"] -= math.log(shares[c] * logits[c] / (shares @ logits))
        sums["expected_bound"] -= math.log(p)
        sums["gap_exact"] += math.log(p) - math.log(positive / total)
        sums["gap"] += min(0.0, y)
        sums["gap_convex"] += weight * y
        sums["gap_linear"] += y
        sums["supervised_loss"] += supervised
        sums["collision_term"] += math.log(1 + collisions)
        sums["coverage_rate"] += covered
        sums["collision_rate"] += collisions > 0
        sums["covered_supervised_term" if covered else "uncovered_subset_term"] += (
            supervised if covered else subset)
        if collisions == 0:
            sums["collision_free_covered_term" if covered
                 else "collision_free_uncovered_term"] += subset
    return {name: value / n for name, value in sums.items()}


def expected_logarithm(positives, values, weights, count):
    """E ln(b+ + b_1 + ... + b_K), and E b+/X if there is one b+: int (e^-s - E e^-sX) ds/s."""
    step = 0.05
    s = np.exp(np.arange(-60, 60, step))[:, None]
    phi = (weights * np.exp(-s * values)).sum(axis=1)
    f = np.exp(-s * positives).mean(axis=1) * phi ** count
    logarithm = step * (np.exp(-s[:, 0]) - f).sum()
    return logarithm, step * positives[0] * (s[:, 0] * f).sum()


def exact_means(views, zbar, mu, labels, sizes, t, count):
    """The means over independent draws, anchor by anchor."""
    sums = {name: 0.0 for name in MEANS if name not in SET_MEANS and "accuracy" not in name}
    shares = np.array(sizes) / sum(sizes)
    rows = np.concatenate(views)
    uniform = np.full(len(rows), 1 / len(rows))
    for i, z in enumerate(rows):
        item = i % len(labels)
        c = labels[item]
        own = np.array([z @ v[item] for v in views]) / t
        loss = expected_logarithm(np.exp(own), np.exp(rows @ z / t), uniform, count)[0] - own.mean()
        scores = np.array([z @ m for m in mu])
        r = np.exp((scores - scores[c]) / t)
        bound, p = expected_logarithm(np.array([1.0]), r, shares, count)
        y = z @ (mu[c] - zbar[item]) / t
        ones = np.zeros(len(mu))
        ones[c] = 1
        found = {
            "contrastive_loss": loss, "gap": min(0.0, y), "gap_convex": (1 - p) * y,
            "gap_linear": y, "supervised_loss": math.log(r.sum()),
            "collision_term": expected_logarithm(np.array([1.0]), ones, shares, count)[0],
            "collision_rate": 1 - (1 - shares[c]) ** count,
            "between_class_variance": scores[c] - shares @ scores,
            "class_separation": scores[c] - scores.mean(),
            "prior_adjusted_loss": math.log(shares @ r / shares[c]), "gap_exact": loss - bound,
            "expected_bound": bound,
        }
        # |z.w - z.z+| over all views of all items of the class, every class alike.
        same = [v[j] for v in views for j in range(len(labels)) if labels[j] == c]
        apart = np.mean([abs(z @ w - z @ v[item]) for w in same for v in views])
        found["collision_bound"] = apart / shares[c] / len(mu)
        for name, value in found.items():
            sums[name] += value / len(rows)
    return sums


def spread(z, plus, w, labels):
    means = []
    for c in sorted(set(labels)):
        items = np.flatnonzero(labels == c)
        values = [abs(z[j] @ w[i] - z[j] @ plus[j]) for i in items for j in items if i != j]
        if values:
            means.append(np.mean(values))
    return np.mean(means) if means else None


def estimate(values):
    n = len(values)
    error = None if n < 2 else np.std(values, ddof=1) / math.sqrt(n)
    return float(np.mean(values)), None if error is None else float(error)


def measure(name, views, labels, sizes, training, plain, n, seed, t, passes, replacement, origin):
    count = len(labels)
    mean_views = views if replacement or len(views) == 1 else views[1:]
    zbar = np.mean(mean_views, axis=0)
    if origin == "training":
        stacked = np.concatenate(training["views"])
        stacked_labels = np.concatenate([training["labels"]] * len(training["views"]))
        mu = [stacked[stacked_labels == c].mean(axis=0) for c in range(3)]
    else:
        mu = [zbar[labels == c].mean(axis=0) for c in range(3)]
    found, spreads = {}, []
    for number in range(passes):
        batches, generator = batches_of((seed, 4, number), count, n, len(views), replacement)
        for batch in batches:
            result = measure_batch(batch, views, zbar, mu, labels, sizes, t, replacement)
            for key, value in result.items():
                found.setdefault(key, []).append(value)
        if not replacement and number == 0:
            spreads.append(spread(views[0], views[1], views[1], labels))
    exact = exact_means(views, zbar, mu, labels, sizes, t, n - 1) if replacement else {}
    row = {
        "dataset": name, "classes": 3, "draws": n, "seed": seed, "temperature": t,
        "sampling": ("with" if replacement else "without") + "-replacement",
        "class_sizes": "1*1;11*2", "class_means": origin, "batches": len(found["gap"]), "instruction_set": "",
    }
    shares = {"mean_classifier_accuracy": share(plain @ np.array(mu).T, labels)}
    if training:
        shares["linear_accuracy"] = linear_accuracy(
            training["plain"], training["labels"], plain, labels, seed)
    for key in MEANS:
        if key in shares:
            value, error = shares[key], math.sqrt(shares[key] * (1 - shares[key]) / count)
        elif key in exact:
            value, error = float(exact[key]), 0.0
        elif key == "collision_bound":
            value, error = estimate(spreads)
        else:
            value, error = estimate(found[key]) if key in found else (None, None)
        row[key], row[key + "_se"] = value, error
    return row


def main():
    files = make_files()
    index = {name: number for number, name in enumerate(NAMES)}
    labels = np.array([index[x] for x in files["val-labels"]])
    sizes = [int((labels == c).sum()) for c in range(3)]
    views = [unit(files[f"val-{k}"]) for k in range(3)]
    training = {
        "views": [unit(files[f"train-{k}"]) for k in range(2)],
        "plain": unit(files["train-plain"]),
        "labels": np.array([index[x] for x in files["train-labels"]]),
    }
    plain = unit(files["val-plain"])
    first = dict(training, plain=training["views"][0])
    cases = {
        # upsilon measure --features val-0,val-1,val-2 with training features but none plain
        "shuffled": dict(
            name="toy", views=views, training=first, plain=views[0], t=0.5, passes=2,
            replacement=False, origin="training"),
        # --with-replacement --temperature 0.2, no training features
        "independent": dict(
            name="val-0", views=views, training=None, plain=views[0], t=0.2, passes=3,
            replacement=True, origin="validation"),
        # --dump epoch_3-toy.pt
        "published": dict(
            name="epoch_3-toy.pt", views=views[:2], training=training, plain=plain, t=0.5,
            passes=10, replacement=False, origin="training"),
        # the same with --class-means validation
        "validation": dict(
            name="epoch_3-toy.pt", views=views[:2], training=training, plain=plain, t=0.5,
            passes=10, replacement=False, origin="validation"),
    }
    columns = (
        ["dataset", "classes", "draws", "seed", "temperature", "sampling", "class_sizes"]
        + MEANS + ["class_means", "batches"] + [m + "_se" for m in MEANS] + ["instruction_set"])
    for name, case in cases.items():
        with open(os.path.join(FOLDER, f"expected-{name}.csv"), "w", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            for n in [4, 9, 23]:
                for seed in [7, 11]:
                    writer.writerow(
                        measure(labels=labels, sizes=sizes, n=n, seed=seed, **case))


if __name__ == "__main__":
    main()
