#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Prints numbers of `upsilon bounds --few-negatives` for unequal classes: K, subset loss at its
minimum, supervised loss there. They stand in Commands/FewNegativesReportTests.swift.

Independent of the Swift code: all sequences of K + 1 classes are enumerated, and the loss is minimised
by damped Newton steps in double precision. Made with Python 3.11, NumPy 2.4.6.
"""
import itertools

import numpy as np

C = 5
RHO = np.array([16, 8, 4, 2, 1]) / 31
D = np.array([[2.0 ** -abs(x - c) for x in range(C)] for c in range(C)])
D /= D.sum(axis=1, keepdims=True)

for k in (2, 4):
    weights = {}
    for sequence in itertools.product(range(C), repeat=k + 1):
        anchors = weights.setdefault(frozenset(sequence), np.zeros(C))
        anchors[sequence[0]] += np.prod(RHO[list(sequence)])
    subset_loss = supervised_loss = 0
    for x in range(C):
        q = np.log(D[:, x])
        for step in range(60):
            gradient, hessian = np.zeros(C), np.zeros((C, C))
            for members, anchors in weights.items():
                if len(members) < 2:
                    continue
                s = sorted(members)
                p = np.exp(q[s]) / np.exp(q[s]).sum()
                joint = anchors[s] * D[s, x]
                gradient[s] += joint.sum() * p - joint
                hessian[np.ix_(s, s)] += joint.sum() * (np.diag(p) - np.outer(p, p))
            shifted = hessian + np.ones((C, C)) * np.trace(hessian) / C
            q -= min(1, 0.2 + 0.1 * step) * np.linalg.solve(shifted, gradient)
        for members, anchors in weights.items():
            s = sorted(members)
            subset_loss += (anchors[s] * D[s, x] * (np.log(np.exp(q[s]).sum()) - q[s])).sum()
        supervised_loss += (RHO * D[:, x] * (np.log(np.exp(q).sum()) - q)).sum()
    print(k, subset_loss, supervised_loss)
