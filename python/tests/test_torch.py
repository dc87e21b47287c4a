# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Tensors of PyTorch are measured like arrays of the same numbers; skipped where it is missing."""

import subprocess
import sys
import textwrap
import warnings

import numpy
import pytest

import upsilon

torch = pytest.importorskip("torch")

OPTIONS = {"draws": [16, 32], "temperature": [0.5, 0.1], "seeds": 3}


@pytest.fixture(scope="module")
def data():
    """Two views of 200 items of 5 classes in 12 dimensions, and labels."""
    generator = numpy.random.default_rng(5)
    labels = generator.integers(0, 5, 200)
    centers = generator.normal(size=(5, 12))
    views = [
        torch.from_numpy(
            (centers[labels] + 0.7 * generator.normal(size=(200, 12))).astype(numpy.float32)
        )
        for _ in range(2)
    ]
    return views, torch.from_numpy(labels)


def measured(first, second, labels):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return upsilon.measure(first, second, labels=labels, **OPTIONS).csv


@pytest.fixture(scope="module")
def expected(data):
    """What arrays of the same numbers give."""
    (first, second), labels = data
    return measured(first.numpy(), second.numpy(), labels.numpy())


@pytest.mark.parametrize(
    "name",
    ["float16", "bfloat16", "float32", "float64", "float8_e5m2", "int8", "int64", "uint8", "bool"],
)
def test_any_type(data, name):
    views, labels = data
    kind = getattr(torch, name, None)
    if kind is None:
        pytest.skip(f"this PyTorch has no {name}")
    views = [(view > 0 if name == "bool" else 3 * view.abs() + 1).to(kind) for view in views]
    doubles = [view.to(torch.float64).numpy() for view in views]
    assert measured(*views, labels) == measured(*doubles, labels)


@pytest.mark.parametrize(
    "name",
    [
        "int8", "int16", "int32", "int64", "uint8", "float16", "bfloat16", "float32", "float64",
    ],
)
def test_any_labels(data, expected, name):
    views, labels = data
    assert measured(*views, labels.to(getattr(torch, name))) == expected


def test_lists_of_labels(data, expected):
    views, labels = data
    assert measured(*views, list(labels)) == expected
    assert measured(*views, labels.tolist()) == expected
    assert measured(*views, labels > 2) == measured(*views, (labels > 2).int())


def test_any_memory(data, expected):
    (first, second), labels = data
    wide = torch.zeros(400, 24)
    wide[::2, ::2] = first
    # The imaginary part of a conjugate, of which PyTorch keeps that its sign is to be changed.
    negated = torch.complex(second, -first).conj().imag
    assert negated.is_neg()
    for tensor in [
        wide[::2, ::2],
        first.T.contiguous().T,
        first.clone().requires_grad_() * 1,
        torch.nn.Parameter(first),
        first.to_sparse(),
        negated,
    ]:
        assert measured(tensor, second, labels) == expected
    with torch.inference_mode():
        assert measured(first * 1, second, labels) == expected
    repeated = first[:1].expand(200, 12)
    assert measured(repeated, second, labels) == measured(repeated.clone(), second, labels)


def test_features_are_not_changed(data, expected):
    views, labels = data
    before = [view.clone() for view in views]
    leaf = views[0].clone().requires_grad_()
    assert measured(leaf, views[1], labels) == expected
    assert leaf.requires_grad and leaf.grad is None
    assert all(torch.equal(*pair) for pair in zip(before, views))


def test_a_learned_temperature(data):
    (first, second), labels = data
    temperature = torch.nn.Parameter(torch.tensor(0.25))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        got = upsilon.measure(first, second, labels=labels, draws=16, temperature=temperature)
    assert got["temperature"] == [0.25]


def test_tensors_elsewhere_are_copied_with_a_warning(data, expected):
    """A stand-in for a graphics processor: a tensor that says it is on one."""
    (first, second), labels = data

    class Elsewhere(torch.Tensor):
        device = property(lambda self: torch.device("cuda", 0))

        def cpu(self):
            return first

    tensor = torch.full_like(first, 7).as_subclass(Elsewhere)
    with pytest.warns(UserWarning, match="view 0 is copied from cuda:0") as found:
        got = upsilon.measure(tensor, second, labels=labels, **OPTIONS)
    assert got.csv == expected
    # The warning is at the line of the call.
    assert [warning.filename for warning in found] == [__file__]


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda z: z.to(torch.complex64), "view 0 must be numbers, but the tensor is of torch.c"),
        (lambda z: z.to("meta"), "view 0 must be numbers, but the tensor is one without data"),
        (lambda z: z[None], r"view 0 must be a matrix .* has the shape \(1, 200, 12\)"),
        (lambda z: z[0], r"view 0 must be a matrix .* has the shape \(12,\)"),
        (lambda z: z[:0], "rows of view 0 must be at least 1, but is 0"),
        (lambda z: z[:7], "rows of view 0 must be as many as there are labels, 200, but is 7"),
        (lambda z: z / 0, "view 0: row 0 has an element that is not finite"),
    ],
)
def test_errors(data, change, message):
    (first, second), labels = data
    with pytest.raises(ValueError, match=message):
        upsilon.measure(change(first), second, labels=labels, draws=16)


@pytest.mark.parametrize("name", ["float16", "bfloat16", "float32", "float64"])
def test_metric(data, name):
    kind = getattr(torch, name)
    views, labels = [view.to(kind) for view in data[0]], data[1]
    metric = upsilon.ContrastiveMetric(**OPTIONS)
    for start in range(0, 200, 70):
        part = slice(start, start + 70)
        first = views[0][part].clone().requires_grad_()
        metric.update(first, views[1][part], labels[part])
        with torch.no_grad():
            first.zero_()
    assert metric.compute().csv == measured(*views, labels)


def test_a_training_loop():
    """Ten lines of training with a metric, which sees the loss fall."""
    torch.manual_seed(1)
    labels = torch.arange(240) % 4
    items = 2 * torch.eye(4, 20)[labels] + 0.6 * torch.randn(240, 20)
    encoder = torch.nn.Sequential(torch.nn.Linear(20, 16), torch.nn.ReLU(), torch.nn.Linear(16, 8))
    optimizer = torch.optim.Adam(encoder.parameters(), lr=0.01)
    metric = upsilon.ContrastiveMetric(draws=16, temperature=0.5)
    losses = []
    for _ in range(4):
        metric.reset()
        for batch in torch.randperm(240).split(48):
            z1, z2 = (encoder(items[batch] + 0.2 * torch.randn(len(batch), 20)) for _ in range(2))
            unit = [torch.nn.functional.normalize(z) for z in (z1, z2)]
            scores = unit[0] @ unit[1].T / 0.5
            loss = torch.nn.functional.cross_entropy(scores, torch.arange(len(batch)))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            metric.update(z1, z2, labels[batch])
        losses.append(metric.compute()["contrastive_loss"][0])
    assert losses[-1] < losses[0]
    assert metric.bounds().verdict == ["below-chance"]


def test_numpy_is_not_needed():
    code = """
        import sys, warnings
        sys.modules["numpy"] = None
        warnings.simplefilter("ignore")
        import torch, upsilon
        z = torch.tensor([[1.0, 0.0], [1.0, 0.1], [0.0, 1.0], [0.1, 1.0]])
        y = torch.tensor([3, 3, 5, 5])
        m = upsilon.measure(z, z.to(torch.bfloat16), labels=y, draws=4, temperature=1)
        print(m[0]["classes"], m[0]["mean_classifier_accuracy"])
        """
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=120,
        check=False,
    )
    assert result.stdout == "2 1.0\n", result.stderr
