#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Prints 20 losses of momentum contrast on a small encoder: reference-moco-steps.csv.

Independent of the Swift code in its means too: double precision throughout, the loss by its
definition, and gradients by the complex step, f'(x) = Im f(x + ih) / h with h = 1e-30. Batches of 7
and a queue of 10, so that the queue wraps within a batch. Made with Python 3.11, NumPy 2.4.6.
"""
import numpy as np

WIDTHS = [6, 8, 8, 4]  # 6 inputs, two hidden layers of 8 with batch normalisation, 4 features
N, K = 7, 10
TEMPERATURE = 0.5
MOMENTUM = 0.9
STEPS = 20


def numbers(count, salt):
    """Fixed numbers of three decimals in [-0.5, 0.5)."""
    return ((np.arange(count) * 7919 + salt * 104729) % 1000) / 1000 - 0.5


def initial():
    """Tensors in the order of the layers, each with whether it is a weight matrix."""
    tensors, salt = [], 1
    for index, (a, b) in enumerate(zip(WIDTHS, WIDTHS[1:])):
        tensors.append((numbers(a * b, salt).reshape(a, b), True))
        if index < len(WIDTHS) - 2:
            tensors += [(np.ones(b), False), (np.zeros(b), False)]  # gamma, beta
        else:
            tensors.append((numbers(b, salt + 1), False))  # bias
        salt += 2
    return tensors


def views(step):
    return numbers(2 * N * WIDTHS[0], 100 + step).reshape(2 * N, WIDTHS[0])


def unit(x):
    return x / np.sqrt((x * x).sum(axis=1, keepdims=True))


def features(tensors, x, statistics=None, seen=None):
    """Normalised by the rows' own statistics, which are put in `seen`, or by those given."""
    rest = list(tensors)
    for layer in range(len(WIDTHS) - 2):
        weight, gamma, beta = rest[:3]
        rest = rest[3:]
        x = x @ weight
        if statistics is None:
            mean = x.mean(axis=0)
            variance = ((x - mean) ** 2).mean(axis=0)
            if seen is not None:
                seen.append((mean, variance * N / (N - 1)))
        else:
            mean, variance = statistics[layer]
        x = gamma * (x - mean) / np.sqrt(variance + 1e-5) + beta
        x = np.where(x.real > 0, x, 0)
    weight, bias = rest
    return unit(x @ weight + bias)


def loss(tensors, x, keys, queue):
    q = features(tensors, x)
    total = 0
    for i in range(N):
        logits = np.concatenate([[q[i] @ keys[i]], queue @ q[i]]) / TEMPERATURE
        total += np.log(np.exp(logits).sum()) - logits[0]
    return total / N


def gradients(tensors, *rest):
    result = []
    for index, tensor in enumerate(tensors):
        gradient = np.zeros(tensor.size)
        for k in range(tensor.size):
            moved = tensor.astype(complex).ravel()
            moved[k] += 1e-30j
            changed = tensors[:index] + [moved.reshape(tensor.shape)] + tensors[index + 1 :]
            gradient[k] = loss(changed, *rest).imag / 1e-30
        result.append(gradient.reshape(tensor.shape))
    return result


def rate(step, peak, warm_up):
    if step < warm_up:
        return peak * (step + 1) / warm_up
    return peak / 2 * (1 + np.cos(np.pi * (step - warm_up) / (STEPS - warm_up)))


tensors = [tensor for tensor, _ in initial()]
is_weight = [flag for _, flag in initial()]
followers = [tensor.copy() for tensor in tensors]
statistics = [[np.zeros(8), np.ones(8)] for _ in range(2)]
following = [[np.zeros(8), np.ones(8)] for _ in range(2)]
velocities = [np.zeros_like(tensor) for tensor in tensors]
queue = unit(numbers(K * WIDTHS[-1], 300).reshape(K, WIDTHS[-1]))
oldest = 0
print("step,value")
for step in range(STEPS):
    x = views(step)
    keys = features(followers, x[N:], following)
    print(f"{step},{float(loss(tensors, x[:N], keys, queue))!r}")
    seen = []
    features(tensors, x[:N], seen=seen)
    for layer, values in enumerate(seen):
        for index, value in enumerate(values):
            statistics[layer][index] = 0.9 * statistics[layer][index] + 0.1 * value
    for i, g in enumerate(gradients(tensors, x[:N], keys, queue)):
        velocities[i] = 0.9 * velocities[i] + g + (0.01 if is_weight[i] else 0) * tensors[i]
        tensors[i] = tensors[i] - rate(step, 0.05, 3) * velocities[i]
    for i, tensor in enumerate(tensors):
        followers[i] = MOMENTUM * followers[i] + (1 - MOMENTUM) * tensor
    for layer in range(2):
        for index in range(2):
            following[layer][index] = (
                MOMENTUM * following[layer][index] + (1 - MOMENTUM) * statistics[layer][index]
            )
    for key in keys:
        queue[oldest] = key
        oldest = (oldest + 1) % K
