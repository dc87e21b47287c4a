#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Writes the seeds of the fuzzers again, small valid files as other programs write them.

    make-corpus.py [FOLDER]

Needs NumPy. Corpus/ beside this script is what it wrote.
"""
import gzip
import io
import json
import os
import struct
import sys
import zlib

import numpy

FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "Corpus")
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def seed(target, name, content):
    folder = os.path.join(FOLDER, target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())


def npy(array, version=None):
    file = io.BytesIO()
    numpy.lib.format.write_array(file, array, version=version)
    return file.getvalue()


def npz(compressed, **arrays):
    file = io.BytesIO()
    (numpy.savez_compressed if compressed else numpy.savez)(file, **arrays)
    return file.getvalue()


def compressed(content):
    return gzip.compress(content, 9, mtime=0)


def idx(array):
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()


def sealed(kind, fingerprint, content):
    file = kind + struct.pack("<Q", len(fingerprint)) + fingerprint + content
    value = 0xCBF29CE484222325
    for byte in file:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return file + struct.pack("<Q", value)


def checkpoint(epoch, *lists):
    content = struct.pack("<Q", epoch)
    for numbers in lists:
        content += struct.pack(f"<Q{len(numbers)}f", len(numbers), *numbers)
    return content


def head(path, count):
    with open(os.path.join(ROOT, path)) as file:
        return "".join(line for _, line in zip(range(count), file))


numbers = numpy.random.RandomState(7)
rows = numbers.randn(5, 3)

seed("counts", "labels.csv", "label,count\ncat,12\n\"a,b\",3\ndog,0\n")
seed("counts", "sizes.csv", "count,classes\n5000,10\n7,2\n")
seed("counts", "copies.tsv", "Label\tCount\tcopies\nx\t1e3\t2\ny\t20\t0\n")
seed("counts", "other.csv", "id;count;label\r\n1;4;a\r\n2;5;b\r\n")
seed("probabilities", "fractions.csv", "label,probability\na,1/3\nb,2/3\n")
seed("probabilities", "decimals.csv", "label,probability\na,0.25\nb,.5\nc,2.5e-1\n")
seed("probabilities", "copies.csv", "probability,copies,label\n1/2,1,a\n1/2,3,b\n")
seed("measurements", "digits.csv", head("tables/measurements-digits.csv", 3))
seed("measurements", "short.csv",
     "draws,classes,dataset,seed,temperature,sampling,class_sizes,contrastive_loss,gap\n"
     "16,10,toy,7,0.5,with-replacement,52*10,1.4,-0.4\n"
     "32,3,toy,7,5e-1,without-replacement,30*1;6*2,2,\n")
for table in ["coverage-cifar-10", "bounds-digits", "bounds-theory-10", "small-k",
              "published-versus-exact", "measurements-digits"]:
    seed("plot", table + ".csv", head(f"tables/{table}.csv", 3))
seed("plot", "collision.csv", "dataset,negatives,collision_probability\na,1,0.5\na,2,1e-999\n")
seed("plot", "distinct.csv", "dataset,draws,distinct,probability\na,3,1,0.5\na,3,2,0.5\n")
for name in ["<f4", "<f8", "<f2", ">f4"]:
    seed("npy", f"features-{name[0] == '<' and 'little' or 'big'}-{name[1:]}.npy",
         npy(rows.astype(name)))
seed("npy", "features-fortran.npy", npy(numpy.asfortranarray(rows.astype("<f4"))))
seed("npy", "views.npy", npy(rows.reshape(1, 5, 3).repeat(2, 0).astype("<f4")))
for version in [(2, 0), (3, 0)]:
    seed("npy", f"features-{version[0]}.npy", npy(rows.astype("<f4"), version))
for name in ["<i8", ">i4", "|u1", "|b1", "<f8"]:
    seed("npy", "labels-" + name.strip("<>|") + ".npy", npy(numpy.array([0, 1, 1, 0]).astype(name)))
seed("npy", "labels-texts.npy", npy(numpy.array(["cat", "d\u00f6g", "cat"])))
seed("npy", "labels-bytes.npy", npy(numpy.array([b"cat", b"dog"])))
seed("npz", "one.npz", npz(False, a=rows.astype("<f4")))
seed("npz", "two.npz", npz(False, a=rows.astype("<f4"), b=numpy.arange(4)))
seed("npz", "compressed.npz", npz(True, a=rows.astype("<f8")))
images = numbers.randint(0, 255, (3, 4, 5)).astype("uint8")
seed("idx", "images", idx(images))
seed("idx", "labels", idx(numpy.arange(6).astype("uint8")))
seed("idx", "images.gz", compressed(idx(images)))
text = head("LICENSE", 12).encode()
seed("gzip", "text.gz", compressed(text))
seed("gzip", "stored.gz", gzip.compress(text[:60], 0, mtime=0))
fixed = zlib.compressobj(9, zlib.DEFLATED, 31, 9, zlib.Z_FIXED)
seed("gzip", "fixed.gz", fixed.compress(text[:200]) + fixed.flush())
seed("gzip", "members.gz", compressed(b"one") + compressed(b"two") + bytes(5))
named = io.BytesIO()
with gzip.GzipFile("a name", "wb", 9, named, mtime=1) as file:
    file.write(b"with a name")
seed("gzip", "named.gz", named.getvalue())
seed("cifar", "cifar-10.bin", bytes([3]) + bytes(range(256)) * 12)
seed("cifar", "cifar-100.bin", bytes([19, 99]) + bytes(range(256)) * 12)
seed("cifar", "cifar-10.bin.gz", compressed((bytes([9]) + bytes(3072)) * 2))
seed("texts", "ag-news.csv", '3,"A title","Some text, with ""quotes"""\n1,B,c d\n3,E,f\n1,g,h i\n')
seed("texts", "banking77.csv", "text,category\nwhere is my card,card\nno card,card\nhi,x\nho,x\n")
seed("json", "clinc150.json", json.dumps({
    "train": [["what is it", "query"], ["b", "c"]], "test": [["d", "query"], ["e", "c"]],
    "oos_train": []}))
seed("json", "values.json",
     '[null, true, false, -0.5e+3, 0, "\\u00e9\\ud83d\\ude00\\n", {"a": {"b": []}}, [[]]]')
lists = [rows.reshape(-1), rows[0], rows[1], [], [], []]
seed("checkpoint", "run.checkpoint", sealed(b"UPSILON3", b"data digits epochs 3",
                                            checkpoint(2, *lists)))
seed("checkpoint", "queue.checkpoint", sealed(b"UPSILON3", b"", checkpoint(0, *[rows[0]] * 6)))
seed("checkpoint", "run.measurements", sealed(
    b"UPSILONM", b"data digits", head("tables/measurements-digits.csv", 2).encode()))
for name, line in {
    "coverage": "coverage --dataset cifar-10 --draws 10..128:*2,200 --both-samplings --digits 5",
    "waiting": "waiting --counts counts.csv --quantiles 0.95 --copies 2",
    "distinct": "distinct --classes 10 --per-class=5 --draws 7 --without-replacement",
    "collision": "collision --probabilities p.csv --normalize --negatives 1,2,4..8",
    "bounds": "bounds --theory --classes 10 --temperature 1/2 --draws 2..64:*2 --format json",
    "train": "train --data digits --imbalance 10 --draws 16,32 --seeds 7 --encoder mlp:8+8-4 "
             "--loss moco --momentum 0.9 --optimizer adam --checkpoints c --resume",
    "measure": "measure --features a.npy,b.npy --labels l.npy --draws 32 --class-means validation",
    "plot": "plot a.csv,b.csv --kind coverage --log --output f.svg --time-limit 5",
    "reproduce": "reproduce --quick --output folder --resume",
    "table": "table --classes 5 --draws 6",
}.items():
    seed("arguments", name, line.replace(" ", "\n"))
