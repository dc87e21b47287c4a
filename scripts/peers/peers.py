# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""The tasks of the Occupancy benchmarks, done with the tools that a user would otherwise take.

Prints one line of CSV for every task and tool: task,size,tool,seconds,value. `seconds` is the
median of at least five runs; `value` has the digits that the tool was asked for.

Each peer gets the best formula that an expert would write with it. None of them certifies its
digits, except arb, whose ball covers rounding but not the terms that are left out by hand.
"""

import statistics
import subprocess
import sys
import time

import flint
import gmpy2
import mpmath
import numpy
import scipy.integrate

# Where the terms of the alternating sum fall at once, and where they first grow and cancel: classes,
# draws, decimal digits that the working precision must have (50 and those that cancel).
SHORT = [(1000, 7709, 60), (21_841, 300_000, 60), (1_000_000, 20_000_000, 60)]
CANCELLING = [(1000, 2000, 184), (21_841, 60_000, 1303)]


def measure(task, size, tool, function):
    """Times `function`, at least five times and for about half a second."""
    start = time.perf_counter()
    value = function()
    first = max(time.perf_counter() - start, 1e-6)
    repeats = max(1, min(200, int(0.02 / first)))
    times = []
    for _ in range(max(5, min(25, int(0.5 / (first * repeats))))):
        start = time.perf_counter()
        for _ in range(repeats):
            value = function()
        times.append((time.perf_counter() - start) / repeats)
    print(f"{task},{size},{tool},{statistics.median(times):.3e},{value}", flush=True)


# Coverage: sum_j (-1)^j binom(C, j) (1 - j/C)^n, ended by hand below 10^-digits of the sum.


def arb_sum(class_count, draw_count, digits):
    flint.ctx.dps = digits
    total, binomial, j = flint.arb(0), flint.arb(1), 0
    # The largest term comes first where nothing cancels; elsewhere no term may be left out early.
    smallest = flint.arb(10) ** -digits
    while j < class_count:
        term = binomial * (flint.arb(class_count - j) / class_count) ** draw_count
        total = total - term if j % 2 else total + term
        if term < smallest:
            break
        binomial = binomial * (class_count - j) / (j + 1)
        j += 1
    return total.str(50, radius=False)


def gmpy2_sum(class_count, draw_count, digits):
    gmpy2.get_context().precision = int(digits * 3.33) + 2
    total, binomial, j = gmpy2.mpfr(0), gmpy2.mpfr(1), 0
    smallest = gmpy2.mpfr(10) ** -digits
    while j < class_count:
        term = binomial * (gmpy2.mpfr(class_count - j) / class_count) ** draw_count
        total = total - term if j % 2 else total + term
        if term < smallest:
            break
        binomial = binomial * (class_count - j) / (j + 1)
        j += 1
    return f"{total:.50g}"


def mpmath_sum(class_count, draw_count, digits):
    mpmath.mp.dps = digits
    total, binomial, j = mpmath.mpf(0), mpmath.mpf(1), 0
    smallest = mpmath.mpf(10) ** -digits
    while j < class_count:
        term = binomial * (mpmath.mpf(class_count - j) / class_count) ** draw_count
        total = total - term if j % 2 else total + term
        if term < smallest:
            break
        binomial = binomial * (class_count - j) / (j + 1)
        j += 1
    return mpmath.nstr(total, 50)


GP_SUM = """
default(realprecision, {digits});
f() = {{ my(s = 0., b = 1., t, e = 10.^-{digits});
  for(j = 0, {classes} - 1,
    t = b * (1. - j/{classes})^{draws};
    s = if(j % 2, s - t, s + t);
    if(t < e, break);
    b = b * ({classes} - j) / (j + 1));
  s }};
"""


def gp_times(task, size, program, digits, repeats):
    """Runs f() in PARI/GP, whose clock has milliseconds, `repeats` times in each of five runs."""
    program += f"""
v = f();
for(i = 1, 5, t = getwalltime(); for(k = 1, {repeats}, v = f()); print(getwalltime() - t));
default(realprecision, {digits}); print(v);
"""
    lines = subprocess.run(
        ["gp", "-q", "-f", "-s", "1G"], input=program, capture_output=True, text=True, check=True
    ).stdout.split()
    seconds = statistics.median(float(line) for line in lines[:5]) / 1000 / repeats
    print(f"{task},{size},pari-gp,{seconds:.3e},{lines[5].replace(' ', '')}", flush=True)


def coverage():
    for task, cases in [("coverage-short-sum", SHORT), ("coverage-cancelling-sum", CANCELLING)]:
        for class_count, draw_count, digits in cases:
            size = f"C={class_count} n={draw_count}"
            program = GP_SUM.format(classes=class_count, draws=draw_count, digits=digits)
            gp_times(task, size, program, 50, 500 if task == "coverage-short-sum" else 5)
            arguments = (class_count, draw_count, digits)
            measure(task, size, "python-flint", lambda: arb_sum(*arguments))
            measure(task, size, "gmpy2", lambda: gmpy2_sum(*arguments))
            measure(task, size, "mpmath", lambda: mpmath_sum(*arguments))


def exact_integers():
    for draw_count in [8192, 65_536]:
        size = f"C=1000 n={draw_count}"
        measure(
            "exact-stirling",
            size,
            "python-flint",
            lambda: str(flint.fmpz.stirling_s2(draw_count, 1000) % 1_000_000_007),
        )
    gp_times(
        "exact-stirling",
        "C=1000 n=8192",
        "f() = stirling(8192, 1000, 2) % 1000000007;",
        50,
        1,
    )


def recurrence_curve(class_count=1000, last=65_536):
    """The whole curve by the positive recurrence, vectorized over the states."""
    states = numpy.zeros(class_count + 1)
    states[0] = 1
    stay = numpy.arange(class_count + 1) / class_count
    move = 1 - stay
    curve = numpy.empty(last)
    step = numpy.empty(class_count)
    for n in range(last):
        numpy.multiply(states[:-1], move[:-1], out=step)
        states *= stay
        states[1:] += step
        curve[n] = states[-1]
    return repr(float(curve[7708]))


def curves():
    measure("curve", "C=1000 n=1..65536", "numpy float64", recurrence_curve)


def waiting(counts_file):
    """The mean waiting time of ImageNet-1K by quadrature of 1 - prod_c (1 - e^(-p_c t))."""
    pairs = [line.split(",") for line in open(counts_file).read().split()[1:]]
    pairs = [(int(count), int(classes)) for count, classes in pairs]
    total = sum(count * classes for count, classes in pairs)

    def missing_double(t):
        p = numpy.array([count for count, _ in pairs]) / total
        k = numpy.array([classes for _, classes in pairs])
        return -numpy.expm1(numpy.sum(k * numpy.log1p(-numpy.exp(-p * t))))

    def by_scipy():
        points = [0, 2000, 4000, 6000, 8000, 12_000, 20_000, 40_000, 80_000]
        return repr(
            sum(
                scipy.integrate.quad(missing_double, a, b, epsabs=1e-12, epsrel=1e-14)[0]
                for a, b in zip(points, points[1:])
            )
        )

    def by_mpmath():
        mpmath.mp.dps = 55

        def missing(t):
            product = mpmath.mpf(1)
            for count, classes in pairs:
                product *= (1 - mpmath.exp(-t * count / total)) ** classes
            return 1 - product

        points = [0, 2000, 4000, 6000, 8000, 12_000, 20_000, 40_000, 80_000, 200_000]
        return mpmath.nstr(mpmath.quad(missing, points), 50)

    measure("waiting-mean", "imagenet-1k", "scipy float64", by_scipy)
    measure("waiting-mean", "imagenet-1k", "mpmath", by_mpmath)


if __name__ == "__main__":
    coverage()
    exact_integers()
    curves()
    waiting(sys.argv[1])
