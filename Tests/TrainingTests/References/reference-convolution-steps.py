#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Prints 20 losses of a small residual network, as CSV: reference-convolution-steps.csv.

Independent of the Swift code in its means too: double precision throughout, convolutions by their
definition, and gradients by the complex step, f'(x) = Im f(x + ih) / h with h = 1e-30, which is exact
to the last digits and needs no formula of a gradient. Made with Python 3.11, NumPy 2.4.6 in about two
minutes.

The network, on images of 6 x 5 pixels: 3 x 3 convolution to 8 channels, normalised and rectified; a
basic block of 8 channels; one at stride 2, with a normalised 1 x 1 convolution as its shortcut; global
average pooling; linear to 4 features; unit length. InfoNCE on 5 images; stochastic gradient descent.
"""
import numpy as np

N, HEIGHT, WIDTH, CHANNELS, FEATURES = 5, 6, 5, 8, 4
TEMPERATURE = 0.5
STEPS = 20


def numbers(count, salt):
    """Fixed numbers of three decimals in [-0.5, 0.5)."""
    return ((np.arange(count) * 7919 + salt * 104729) % 1000) / 1000 - 0.5


def initial():
    """Tensors in the order of the layers, each with whether it is a weight matrix."""
    c, tensors = CHANNELS, []
    for salt, shape in enumerate(
        [(3, 3, 1, c), (3, 3, c, c), (3, 3, c, c), (3, 3, c, c), (3, 3, c, c), (1, 1, c, c)], 1):
        tensors.append((numbers(np.prod(shape), salt).reshape(shape), True))
        tensors += [(np.ones(c), False), (np.zeros(c), False)]  # gamma, beta
    tensors.append((numbers(c * FEATURES, 7).reshape(c, FEATURES), True))
    tensors.append((numbers(FEATURES, 8), False))
    return tensors


INPUT = numbers(2 * N * HEIGHT * WIDTH, 100).reshape(2 * N, HEIGHT, WIDTH, 1)


def convolve(x, weight, stride):
    side = weight.shape[0]
    border = side // 2
    padded = np.pad(x, ((0, 0), (border, border), (border, border), (0, 0)))
    height = (x.shape[1] - 1) // stride + 1
    width = (x.shape[2] - 1) // stride + 1
    y = 0
    for i in range(side):
        for j in range(side):
            window = padded[:, i : i + stride * height : stride, j : j + stride * width : stride]
            y = y + window[:, :height, :width] @ weight[i, j]
    return y


def normalize(x, gamma, beta):
    mean = x.mean(axis=(0, 1, 2))
    variance = ((x - mean) ** 2).mean(axis=(0, 1, 2))
    return gamma * (x - mean) / np.sqrt(variance + 1e-5) + beta


def rectify(x):
    return np.where(x.real > 0, x, 0)


def features(tensors):
    parts = [tensors[3 * i : 3 * i + 3] for i in range(6)]

    def unit(x, part, stride=1):
        return normalize(convolve(x, part[0], stride), part[1], part[2])

    x = rectify(unit(INPUT, parts[0]))
    x = rectify(unit(rectify(unit(x, parts[1])), parts[2]) + x)
    x = rectify(unit(rectify(unit(x, parts[3], 2)), parts[4]) + unit(x, parts[5], 2))
    x = x.mean(axis=(1, 2)) @ tensors[18] + tensors[19]
    return x / np.sqrt((x * x).sum(axis=1, keepdims=True))


def loss(tensors):
    z = features(tensors)
    logits = z[:N] @ z[N:].T / TEMPERATURE
    return (np.log(np.exp(logits).sum(axis=1)) - np.diag(logits)).sum() / N


def gradients(tensors):
    result = []
    for index, tensor in enumerate(tensors):
        gradient = np.zeros(tensor.size)
        for k in range(tensor.size):
            moved = tensor.astype(complex).ravel()
            moved[k] += 1e-30j
            changed = tensors[:index] + [moved.reshape(tensor.shape)] + tensors[index + 1 :]
            gradient[k] = loss(changed).imag / 1e-30
        result.append(gradient.reshape(tensor.shape))
    return result


tensors = [tensor for tensor, _ in initial()]
is_weight = [flag for _, flag in initial()]
velocities = [np.zeros_like(tensor) for tensor in tensors]
print("step,value")
for step in range(STEPS):
    print(f"{step},{float(loss(tensors))!r}")
    for i, gradient in enumerate(gradients(tensors)):
        gradient = gradient + (0.01 * tensors[i] if is_weight[i] else 0)
        velocities[i] = 0.9 * velocities[i] + gradient
        tensors[i] = tensors[i] - 0.005 * velocities[i]
