#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Compares training steps of the residual network with PyTorch, and two threads with one.

    compare-convolution [ROUNDS]

In every round each program runs alone, one after the other on one processor, so that a slow or
disturbed round slows both; two threads have two processors. Raw figures go to standard output as
CSV, one row a step, then the ratios of medians with their extremes to standard error.

A step is the same on both sides: two views of 128 images of 32 x 32 x 3 are ready in memory; a 3 x 3
convolution of 32 channels, basic blocks of 32, 64 and 128 channels, the last two at stride 2, global
average pooling, a head 128-128-128, unit length, InfoNCE of view 0 against view 1 at temperature 0.5,
backward, and stochastic gradient descent with momentum 0.9 and weight decay: 74 GFLOP. PyTorch has
its channels last, runs eagerly and compiled, and updates with the fused optimizer.
"""
import csv
import io
import os
import statistics
import subprocess
import sys
import time

import torch
import torch.nn.functional as F

nn = torch.nn
BENCHMARKS = sys.argv[1]
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3
IMAGES = 128
processors = sorted(os.sched_getaffinity(0))
torch.set_num_threads(1)


def convolution(inputs, outputs, side, stride):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, side, stride, side // 2, bias=False), nn.BatchNorm2d(outputs))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = convolution(inputs, outputs, 3, stride)
        self.second = convolution(outputs, outputs, 3, 1)
        same = stride == 1 and inputs == outputs
        self.shortcut = nn.Identity() if same else convolution(inputs, outputs, 1, stride)

    def forward(self, x):
        return F.relu(self.second(F.relu(self.first(x))) + self.shortcut(x))


def network():
    return nn.Sequential(
        convolution(3, 32, 3, 1), nn.ReLU(), Block(32, 32, 1), Block(32, 64, 2), Block(64, 128, 2),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(),
        nn.Linear(128, 128, bias=False), nn.BatchNorm1d(128), nn.ReLU(), nn.Linear(128, 128))


def torch_step(is_compiled):
    torch.manual_seed(7)
    model = network().to(memory_format=torch.channels_last)
    weights = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() == 1]
    optimizer = torch.optim.SGD(
        [{"params": weights, "weight_decay": 1e-4}, {"params": others, "weight_decay": 0.0}],
        lr=0.05, momentum=0.9, fused=True)
    views = (2 * torch.rand(2 * IMAGES, 3, 32, 32) - 1).to(memory_format=torch.channels_last)
    labels = torch.arange(IMAGES)

    def loss_of(views):
        features = F.normalize(model(views), dim=1)
        return F.cross_entropy(features[:IMAGES] @ features[IMAGES:].T / 0.5, labels)

    evaluate = torch.compile(loss_of) if is_compiled else loss_of

    def step():
        loss = evaluate(views)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        assert loss.item() == loss.item()

    return step


def timed(task):
    """Durations of five runs of a task, after one that is not counted."""
    durations = []
    for _ in range(6):
        begin = time.perf_counter()
        task()
        durations.append(time.perf_counter() - begin)
    return durations[1:]


def ours(threads):
    """Durations of steps of ours, on as many processors as threads."""
    allowed = set(processors[-threads:])
    output = subprocess.run(
        [BENCHMARKS, "--filter", "step/residual/"], check=True, capture_output=True, text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, allowed)).stdout
    rows = csv.DictReader(io.StringIO(output))
    return [float(r["duration_s"]) for r in rows if r["benchmark"].endswith(f"threads={threads}")]


def main():
    os.sched_setaffinity(0, {processors[-1]})
    comparisons = [
        ("PyTorch, channels last", 1.0, lambda: torch_step(False)),
        ("PyTorch, channels last, compiled", 1.3, lambda: torch_step(True)),
        ("one thread against two", 1.8, None)]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["comparison", "round", "program", "iteration", "duration_s"])
    print(f"PyTorch {torch.__version__}, {ROUNDS} rounds", file=sys.stderr)
    for title, target, make in comparisons:
        if make is None and len(processors) < 2:
            print(f"{title}: needs two processors", file=sys.stderr)
            continue
        task = make() if make else None
        pairs = []
        for number in range(1, ROUNDS + 1):
            first = timed(task) if task else ours(1)
            second = ours(1 if task else 2)
            for program, durations in (("theirs" if task else "one thread", first),
                                       ("ours", second)):
                for iteration, duration in enumerate(durations, 1):
                    writer.writerow([title, number, program, iteration, f"{duration:.9f}"])
            pairs.append((statistics.median(first), statistics.median(second)))
        ratios = sorted(a / b for a, b in pairs)
        a, b = (statistics.median(column) for column in zip(*pairs))
        print(
            f"{title:34} {a:6.3f} s, ours {b:6.3f} s: {statistics.median(ratios):5.2f} times as fast "
            f"({ratios[0]:.2f} to {ratios[-1]:.2f}; wanted {target})", file=sys.stderr)


main()
