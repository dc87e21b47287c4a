#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Prints 20 losses of a small encoder for every loss and optimizer, as CSV: reference-steps.csv.

Independent of the Swift code in its means too: double precision throughout, losses by their
definitions, and gradients by the complex step, f'(x) = Im f(x + ih) / h with h = 1e-30, which is
exact to the last digits and needs no formula of a gradient. Made with Python 3.11, NumPy 2.4.6.
"""
import numpy as np

WIDTHS = [6, 8, 8, 4]  # 6 inputs, two hidden layers of 8 with batch normalisation, 4 features
N = 7
TEMPERATURE = 0.5
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


INPUT = numbers(2 * N * WIDTHS[0], 100).reshape(2 * N, WIDTHS[0])


def features(tensors):
    x, rest = INPUT, list(tensors)
    for _ in range(len(WIDTHS) - 2):
        weight, gamma, beta = rest[:3]
        rest = rest[3:]
        x = x @ weight
        mean = x.mean(axis=0)
        variance = ((x - mean) ** 2).mean(axis=0)
        x = gamma * (x - mean) / np.sqrt(variance + 1e-5) + beta
        x = np.where(x.real > 0, x, 0)
    weight, bias = rest
    x = x @ weight + bias
    return x / np.sqrt((x * x).sum(axis=1, keepdims=True))


def loss(tensors, kind):
    z = features(tensors)
    total = 0
    if kind == "infonce":
        for i in range(N):
            logits = z[N:] @ z[i] / TEMPERATURE
            total += np.log(np.exp(logits).sum()) - logits[i]
        return total / N
    for i in range(2 * N):
        logits = z @ z[i] / TEMPERATURE
        others = np.arange(2 * N) != i
        total += np.log(np.exp(logits[others]).sum()) - logits[(i + N) % (2 * N)]
    return total / (2 * N)


def gradients(tensors, kind):
    result = []
    for index, tensor in enumerate(tensors):
        gradient = np.zeros(tensor.size)
        for k in range(tensor.size):
            moved = tensor.astype(complex).ravel()
            moved[k] += 1e-30j
            changed = tensors[:index] + [moved.reshape(tensor.shape)] + tensors[index + 1 :]
            gradient[k] = loss(changed, kind).imag / 1e-30
        result.append(gradient.reshape(tensor.shape))
    return result


def rate(step, peak, warm_up):
    if step < warm_up:
        return peak * (step + 1) / warm_up
    return peak / 2 * (1 + np.cos(np.pi * (step - warm_up) / (STEPS - warm_up)))


def run(kind, optimizer):
    tensors = [tensor for tensor, _ in initial()]
    is_weight = [flag for _, flag in initial()]
    first = [np.zeros_like(tensor) for tensor in tensors]
    second = [np.zeros_like(tensor) for tensor in tensors]
    peak = {"sgd": 0.05, "lars": 1.0, "adam": 0.01}[optimizer]
    decay = 0.01
    for step in range(STEPS):
        print(f"{kind},{optimizer},{step},{loss(tensors, kind)!r}".replace("np.float64(", "").replace(")", ""))
        r = rate(step, peak, 3)
        for i, g in enumerate(gradients(tensors, kind)):
            w, d = tensors[i], decay if is_weight[i] else 0
            if optimizer == "adam":
                first[i] = 0.9 * first[i] + 0.1 * g
                second[i] = 0.999 * second[i] + 0.001 * g * g
                mean = first[i] / (1 - 0.9 ** (step + 1))
                square = second[i] / (1 - 0.999 ** (step + 1))
                tensors[i] = w - r * d * w - r * mean / (np.sqrt(square) + 1e-8)
            else:
                g = g + d * w
                if optimizer == "lars" and is_weight[i]:
                    g = g * 0.001 * np.linalg.norm(w) / np.linalg.norm(g)
                first[i] = 0.9 * first[i] + g
                tensors[i] = w - r * first[i]


print("loss,optimizer,step,value")
for kind in ["infonce", "nt-xent"]:
    for optimizer in ["sgd", "lars", "adam"]:
        run(kind, optimizer)
