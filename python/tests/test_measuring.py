# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Measuring features in memory, bounds of them, and the metric."""

import sys
import types
import warnings

import numpy
import pytest

import upsilon

OPTIONS = {"draws": [16, 32], "temperature": [0.5, 0.1], "seeds": 3}


@pytest.fixture(scope="module")
def data():
    """Two views of 300 items of 5 classes in 12 dimensions."""
    generator = numpy.random.default_rng(5)
    labels = generator.integers(0, 5, 300)
    centers = generator.normal(size=(5, 12))
    views = [
        (centers[labels] + 0.7 * generator.normal(size=(300, 12))).astype(numpy.float32)
        for _ in range(2)
    ]
    return views, labels


@pytest.fixture(scope="module")
def measured(data):
    (z1, z2), y = data
    return upsilon.measure(z1, z2, labels=y, name="toy", **OPTIONS)


@pytest.fixture(scope="module")
def bounded(measured):
    return upsilon.bounds(measured, digits=30)


def command(folder, views, labels, *words):
    """The rows of the command, from files."""
    names = []
    for index, view in enumerate(views):
        names.append(str(folder / f"view{index}.npy"))
        numpy.save(names[-1], view)
    numpy.save(folder / "labels.npy", labels)
    return upsilon.run(
        "measure", "--features", ",".join(names), "--labels", folder / "labels.npy", "--name",
        "toy", "--format", "csv", "--draws", "16,32", "--temperature", "0.5,0.1", "--seeds", 3,
        *words,
    ).output


def test_the_bytes_of_the_command(tmp_path, data, measured):
    assert measured.csv == command(tmp_path, *data)
    (z1, z2), y = data
    exact = upsilon.measure(
        z1, z2, labels=y, name="toy", sampling="with-replacement", **OPTIONS
    )
    assert exact.csv == command(tmp_path, *data, "--with-replacement")


def test_any_memory(data, measured):
    (z1, z2), y = data
    wide = numpy.zeros((600, 24))
    wide[::2, ::2] = z1
    for first, second in [
        (numpy.asfortranarray(z1), z2.astype(numpy.float64)),
        (wide[::2, ::2], z2[::-1][::-1]),
        (z1.tolist(), z2),
        (z1.astype(">f4"), z2),
    ]:
        got = upsilon.measure(first, second, labels=y, name="toy", **OPTIONS)
        assert got.csv == measured.csv


def test_half_precision(data):
    (z1, z2), y = data
    halves = [z1.astype(numpy.float16), z2.astype(numpy.float16)]
    floats = [half.astype(numpy.float32) for half in halves]
    assert (
        upsilon.measure(*halves, labels=y, **OPTIONS).csv
        == upsilon.measure(*floats, labels=y, **OPTIONS).csv
    )


def test_any_labels(data, measured):
    (z1, z2), y = data
    names = numpy.array(["ant", "bee", "cat", "dog", "eel"])[y]
    for labels in [y.astype(numpy.uint8), y.tolist(), names, names.tolist(), y.astype(float)]:
        assert upsilon.measure(z1, z2, labels=labels, name="toy", **OPTIONS).csv == measured.csv


def test_labels_in_a_list_are_what_they_hold(data, measured):
    (z1, z2), y = data
    assert upsilon.measure(z1, z2, labels=list(y), name="toy", **OPTIONS).csv == measured.csv
    far = [int(label) + (1 << 63) for label in y]
    assert upsilon.measure(z1, z2, labels=far, name="toy", **OPTIONS).csv == measured.csv


@pytest.mark.parametrize(
    "labels, message",
    [
        ([float("nan")] * 300, "labels must be there"),
        (["a", 1] * 150, "of one type that can be sorted: '<' not supported"),
        (["a", None] * 150, "of one type that can be sorted: '<' not supported"),
        (numpy.eye(300), r"must be a list, but have the shape \(300, 300\)"),
    ],
)
def test_labels_that_are_none(data, labels, message):
    (z1, z2), _ = data
    with pytest.raises(ValueError, match=message):
        upsilon.measure(z1, z2, labels=labels, draws=16)


def test_numbers_of_any_type(data, measured):
    (z1, z2), y = data
    got = upsilon.measure(
        z1, z2, labels=y, name="toy", draws=numpy.array([16, 32]), seeds=numpy.uint8(3),
        temperature=numpy.array([0.5, 0.1]),
    )
    assert got.csv == measured.csv
    one = upsilon.measure(z1, z2, labels=y, draws=16, temperature=numpy.float32(0.25))
    assert one["temperature"] == [0.25]


def test_training_items(data):
    (z1, z2), y = data
    got = upsilon.measure(
        z1, z2, labels=y, training=[z2, z1], training_labels=y, training_plain=z1, draws=16
    )
    assert got["class_means"] == ["training"] and got["linear_accuracy"][0] > 0.8
    with pytest.raises(ValueError, match="need training_labels"):
        upsilon.measure(z1, z2, labels=y, training=z1)


def test_tables(measured):
    assert len(measured) == 4 and measured["draws"] == [16, 32, 16, 32]
    assert measured[0]["linear_accuracy"] is None and isinstance(measured[0]["gap"], float)
    shown = measured._repr_html_()
    assert "<th>contrastive_loss</th>" in shown and "_se</th>" not in shown
    assert any("class means are taken over the 300 items" in note for note in measured.notes)
    pandas = pytest.importorskip("pandas")
    frame = measured.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and list(frame.columns) == measured.columns


def test_files(tmp_path, measured):
    measured.to_csv(tmp_path / "m.csv")
    again = upsilon.Measurements.read(tmp_path / "m.csv")
    assert again.csv == measured.csv
    assert again["draws"] == measured["draws"]


def test_bounds_are_those_of_the_command(tmp_path, measured, bounded):
    measured.to_csv(tmp_path / "m.csv")
    result = upsilon.run(
        "bounds", "--measurements", tmp_path / "m.csv", "--format", "csv", "--digits", 30
    )
    found = bounded
    assert found.csv == result.output and found.reasons == result.notes
    assert len(found.best) == len(found.verdict) == len(found) == 4
    for row, best in zip(found.rows, found.best):
        assert best.upper == row["best_upper"] and best.bound == row["best_bound"]
    one = upsilon.Measurements("\n".join(measured.csv.splitlines()[:2]) + "\n")
    assert upsilon.bounds(one, gap="published")["gap"] == measured["gap"][:1]


def test_explanations(bounded):
    found = bounded
    explanation = found.explain(1)
    assert "phi_upper = " in str(explanation) and "phi_upper" in explanation["bound"]
    assert "<td>phi_upper</td>" in explanation._repr_html_()
    assert "verdict" in found._repr_html_()
    with pytest.raises(IndexError, match="row must be from 0 to 3, but is 4"):
        found.explain(4)


def test_metric(data, measured):
    (z1, z2), y = data
    metric = upsilon.ContrastiveMetric(name="toy", **OPTIONS)
    for start in range(0, 300, 70):
        part = slice(start, start + 70)
        batch = z1[part].copy()
        metric.update(batch, z2[part], y[part])
        batch[:] = 0
    assert metric.compute().csv == measured.csv
    metric.reset()
    with pytest.raises(ValueError, match="update was not called"):
        metric.compute()
    with pytest.raises(ValueError, match="as many labels as rows"):
        metric.update(z1, z2, y[:-1])


def test_progress(data):
    (z1, z2), y = data
    shares = []
    upsilon.measure(z1, z2, labels=y, draws=16, progress=shares.append)
    assert shares == sorted(shares) and shares[-1] == pytest.approx(1)

    def fail(share):
        raise KeyError("stop")

    with pytest.raises(KeyError, match="stop"):
        upsilon.measure(z1, z2, labels=y, draws=16, progress=fail)


def test_a_bar_of_progress(data, monkeypatch):
    bars = []

    class Bar:
        def __init__(self, total, **options):
            self.total, self.n, self.is_closed = total, 0, False
            bars.append(self)

        def update(self, step):
            self.n += step

        def close(self):
            self.is_closed = True

    module = types.ModuleType("tqdm.auto")
    module.tqdm = Bar
    monkeypatch.setitem(sys.modules, "tqdm", types.ModuleType("tqdm"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", module)
    (z1, z2), y = data
    upsilon.measure(z1, z2, labels=y, draws=16, progress=True)
    assert [(bar.n, bar.total, bar.is_closed) for bar in bars] == [(100, 100, True)]
    with pytest.raises(ValueError, match="view 0: row 0 is zero"):
        upsilon.measure(0 * z1, z2, labels=y, draws=16, progress=True)
    assert bars[1].is_closed
    # Without tqdm nothing is shown.
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    assert len(upsilon.measure(z1, z2, labels=y, draws=16, progress=True)) == 1


@pytest.mark.parametrize(
    "change, message",
    [
        ({"draws": 1}, "draws must be at least 2, but is 1"),
        ({"draws": 301}, "301 draws without replacement exceed the 300 items"),
        ({"draws": 2.5}, "draws must be a whole number"),
        ({"temperature": 0}, "temperature must be from 0.005"),
        ({"passes": 0}, "passes must be at least 1"),
        ({"threads": 2000}, "threads must be from 0 to 1024"),
        ({"class_means": "training"}, "class means of training features need"),
        ({"class_means": "all"}, "class_means must be training or validation"),
        ({"sampling": "both"}, "sampling must be"),
        ({"part": (1, 2)}, "part and output belong together"),
        ({"output": "x"}, "part and output belong together"),
        ({"part": (3, 2), "output": "x"}, r"part must be \(i, n\) with i from 1 to n"),
        ({"part": (1, 100001), "output": "x"}, "parts must be from 1 to 100000"),
        ({"part": (1, 2), "output": "/no/such/x"}, "cannot write '/no/such/x': "),
        ({"plain": [[1.0]]}, "rows of plain features must be as many as there are labels, 300"),
    ],
)
def test_errors(data, change, message):
    (z1, z2), y = data
    with pytest.raises(ValueError, match=message):
        upsilon.measure(z1, z2, labels=y, **{"draws": 16, **change})


def test_faulty_features(data):
    (z1, z2), y = data
    faulty = z1.copy()
    faulty[7] = 0
    with pytest.raises(ValueError, match="view 1: row 7 is zero"):
        upsilon.measure(z1, faulty, labels=y, draws=16)
    faulty[7] = numpy.nan
    with pytest.raises(ValueError, match="view 0: row 7 has an element that is not finite"):
        upsilon.measure(faulty, z1, labels=y, draws=16)
    with pytest.raises(ValueError, match="columns of view 1 must be as many"):
        upsilon.measure(z1, z2[:, :5], labels=y)
    with pytest.raises(ValueError, match="view 0 must be a matrix"):
        upsilon.measure(z1[0], labels=y)
    with pytest.raises(ValueError, match="labels must be a list"):
        upsilon.measure(z1, labels=z1)
    with pytest.raises(ValueError, match="training view 0 must be a matrix"):
        upsilon.measure(z1, labels=y, training=z1[0], training_labels=y)
    with pytest.raises(ValueError, match="view 0 must be numbers"):
        upsilon.measure(numpy.full((300, 2), "a"), labels=y)
    with pytest.raises(ValueError, match="views must be at least 1"):
        upsilon.measure(labels=y)


def test_no_warnings(data):
    (z1, z2), y = data
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        upsilon.measure(z1, z2, labels=y, draws=16)


@pytest.mark.parametrize("words", [["--passes", "2"], ["--with-replacement"]])
def test_parts_are_merged_to_the_bytes_of_one_command(data, tmp_path, words):
    views, labels = data
    for index, view in enumerate(views):
        numpy.save(tmp_path / f"{index}.npy", view)
    numpy.save(tmp_path / "y.npy", labels)
    line = ["measure", "--features", f"{tmp_path}/0.npy,{tmp_path}/1.npy", "--labels"]
    line += [tmp_path / "y.npy", "--draws", "16,32", "--name", "toy", *words]
    for part in (1, 2, 3):
        upsilon.run(*line, "--part", f"{part}/3", "--output", tmp_path / f"part-{part}")
    upsilon.run("merge", tmp_path / "part-*", "--output", tmp_path / "merged.csv")
    upsilon.run(*line, "--output", tmp_path / "one.csv")
    assert (tmp_path / "merged.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()
    with pytest.raises(ValueError, match="part-1: it is one of 3 parts, of which 3 is missing"):
        upsilon.run("merge", tmp_path / "part-1", tmp_path / "part-2")


@pytest.mark.parametrize("sampling", ["without-replacement", "with-replacement"])
def test_parts_are_merged_to_what_one_call_measures(data, tmp_path, sampling):
    (z1, z2), y = data
    options = {"labels": y, "name": "toy", "sampling": sampling, **OPTIONS}
    one = upsilon.measure(z1, z2, **options)
    shares = []
    for part in (1, 2):
        got = upsilon.measure(
            z1, z2, part=(part, 2), output=tmp_path / f"part-{part}", progress=shares.append,
            **options,
        )
        assert len(got) == 0 and got.columns == one.columns
    assert max(shares) == pytest.approx(1)
    assert upsilon.merge(tmp_path / "part-2", tmp_path / "part-1").csv == one.csv
    assert upsilon.merge(f"{tmp_path}/part-*").csv == one.csv

    def fail(share):
        raise KeyError("stop")

    with pytest.raises(KeyError, match="stop"):
        upsilon.measure(z1, part=(1, 2), output=tmp_path / "none", progress=fail, **options)
    assert not (tmp_path / "none").exists()
    with pytest.raises(ValueError, match="part-1: it is one of 2 parts, of which 2 is missing"):
        upsilon.merge(tmp_path / "part-1")


def test_a_part_of_a_call_goes_with_one_of_the_command(data, tmp_path):
    (z1, z2), y = data
    one = command(tmp_path, [z1, z2], y)
    views = [numpy.load(tmp_path / f"view{index}.npy") for index in range(2)]
    path = tmp_path / "part-1"
    upsilon.measure(*views, labels=y, name="toy", part=(1, 2), output=path, **OPTIONS)
    upsilon.run(
        "measure", "--features", f"{tmp_path}/view0.npy,{tmp_path}/view1.npy", "--labels",
        tmp_path / "labels.npy", "--name", "toy", "--draws", "16,32", "--temperature", "0.5,0.1",
        "--seeds", 3, "--part", "2/2", "--output", tmp_path / "part-2",
    )
    assert upsilon.merge(path, tmp_path / "part-2").csv == one
