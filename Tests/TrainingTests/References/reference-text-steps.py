#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Prints 20 losses of a small encoder of texts for every optimizer: reference-text-steps.csv.

Independent of the Swift code in its means too: double precision throughout, bags as a matrix of
counts, the loss by its definition, and gradients by the complex step, f'(x) = Im f(x + ih) / h with
h = 1e-30. Every step has texts of its own, so that most rows of the table are touched in some steps
only; rows that are not keep their values and moments. Made with Python 3.11, NumPy 2.4.6.
"""
import numpy as np

ROWS, WIDTH, HIDDEN, FEATURES = 23, 5, 6, 4
N = 6
SLOTS = 7
TEMPERATURE = 0.5
STEPS = 20


def numbers(count, salt):
    """Fixed numbers of three decimals in [-0.5, 0.5)."""
    return ((np.arange(count) * 7919 + salt * 104729) % 1000) / 1000 - 0.5


def bags(step):
    """Features of 2 N texts: text i of a step has 1 + (i + step) % SLOTS of them, some twice."""
    return [
        [(i * 31 + step * 17 + k * k * 5) % 1009 for k in range(1 + (i + step) % SLOTS)]
        for i in range(2 * N)
    ]


def means(step):
    """The matrix by which the table is multiplied, (2 N, ROWS)."""
    result = np.zeros((2 * N, ROWS))
    for i, bag in enumerate(bags(step)):
        for feature in bag:
            result[i, feature % ROWS] += 1 / len(bag)
    return result


def initial():
    """Table, first layer, gamma, beta, last layer and bias, each with whether it is a weight."""
    return [
        (numbers(ROWS * WIDTH, 1).reshape(ROWS, WIDTH), True),
        (numbers(WIDTH * HIDDEN, 3).reshape(WIDTH, HIDDEN), True),
        (np.ones(HIDDEN), False),
        (np.zeros(HIDDEN), False),
        (numbers(HIDDEN * FEATURES, 5).reshape(HIDDEN, FEATURES), True),
        (numbers(FEATURES, 6), False),
    ]


def loss(tensors, step):
    table, first, gamma, beta, last, bias = tensors
    x = (means(step) @ table) @ first
    mean = x.mean(axis=0)
    variance = ((x - mean) ** 2).mean(axis=0)
    x = gamma * (x - mean) / np.sqrt(variance + 1e-5) + beta
    x = np.where(x.real > 0, x, 0) @ last + bias
    z = x / np.sqrt((x * x).sum(axis=1, keepdims=True))
    total = 0
    for i in range(N):
        logits = z[N:] @ z[i] / TEMPERATURE
        total += np.log(np.exp(logits).sum()) - logits[i]
    return total / N


def gradients(tensors, step):
    result = []
    for index, tensor in enumerate(tensors):
        gradient = np.zeros(tensor.size)
        for k in range(tensor.size):
            moved = tensor.astype(complex).ravel()
            moved[k] += 1e-30j
            changed = tensors[:index] + [moved.reshape(tensor.shape)] + tensors[index + 1 :]
            gradient[k] = loss(changed, step).imag / 1e-30
        result.append(gradient.reshape(tensor.shape))
    return result


def rate(step, peak, warm_up):
    if step < warm_up:
        return peak * (step + 1) / warm_up
    return peak / 2 * (1 + np.cos(np.pi * (step - warm_up) / (STEPS - warm_up)))


def run(optimizer):
    tensors = [tensor for tensor, _ in initial()]
    is_weight = [flag for _, flag in initial()]
    first = [np.zeros_like(tensor) for tensor in tensors]
    second = [np.zeros_like(tensor) for tensor in tensors]
    peak = {"sgd": 0.5, "lars": 1.0, "adam": 0.01}[optimizer]
    decay = 0.01
    for step in range(STEPS):
        print(f"{optimizer},{step},{float(loss(tensors, step))!r}")
        r = rate(step, peak, 3)
        for i, g in enumerate(gradients(tensors, step)):
            # Of the table the rows that the texts read, of all else everything.
            part = means(step).any(axis=0) if i == 0 else slice(None)
            w, d, g = tensors[i][part], decay if is_weight[i] else 0, g[part]
            if optimizer == "adam":
                first[i][part] = 0.9 * first[i][part] + 0.1 * g
                second[i][part] = 0.999 * second[i][part] + 0.001 * g * g
                mean = first[i][part] / (1 - 0.9 ** (step + 1))
                square = second[i][part] / (1 - 0.999 ** (step + 1))
                tensors[i][part] = w - r * d * w - r * mean / (np.sqrt(square) + 1e-8)
            else:
                g = g + d * w
                if optimizer == "lars" and is_weight[i]:
                    g = g * 0.001 * np.linalg.norm(w) / np.linalg.norm(g)
                first[i][part] = 0.9 * first[i][part] + g
                tensors[i][part] = w - r * first[i][part]


print("optimizer,step,value")
for optimizer in ["sgd", "lars", "adam"]:
    run(optimizer)
