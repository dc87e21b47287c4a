# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""The tasks of the Occupancy benchmarks, done with the tools that a user would otherwise take.

Prints one line of CSV for every task and tool: benchmark,size,tool,duration_s,value. `duration_s`
is the median of at least five runs, `value` what the tool made of it.

Each peer gets the formula that an expert would write with it: alternating sums are ended by hand
where their terms no longer count, and begin with the precision that they turn out to need. None of
that is certified; of the tools arb alone bounds its rounding.
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
import scipy.special

# Classes, draws, and the decimal digits that 50 correct ones take: where the terms of the
# alternating sum fall at once, and where they first grow and cancel.
COVERAGE = [
    (1000, 7709, 60),
    (21_841, 300_000, 60),
    (1_000_000, 20_000_000, 60),
    (1000, 2000, 184),
    (21_841, 60_000, 1303),
]


def report(benchmark, size, tool, seconds, value):
    print(f"{benchmark},{size},{tool},{seconds:.4g},{value}", flush=True)


def measure(benchmark, size, tool, function):
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
    report(benchmark, size, tool, statistics.median(times), value)


def measure_gp(benchmark, size, program, digits, repeats):
    """Times f() of a PARI/GP program, whose clock has milliseconds, in five runs of `repeats`."""
    program += f"""
v = f();
for(i = 1, 5, t = getwalltime(); for(k = 1, {repeats}, v = f()); print(getwalltime() - t));
default(realprecision, {digits}); print(v);
"""
    lines = subprocess.run(
        ["gp", "-q", "-f", "-s", "1G"], input=program, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    seconds = statistics.median(float(line) for line in lines[:5]) / 1000 / repeats
    report(benchmark, size, "PARI/GP", seconds, lines[5].replace(" ", ""))


def alternating_sum(number, class_count, draw_count, digits):
    """sum_j (-1)^j binom(C, j) (1 - j/C)^n with numbers of any kind."""
    total, binomial, j = number(0), number(1), 0
    smallest = number(10) ** -digits
    while j < class_count:
        term = binomial * (number(class_count - j) / class_count) ** draw_count
        total = total - term if j % 2 else total + term
        if term < smallest:
            break
        binomial = binomial * (class_count - j) / (j + 1)
        j += 1
    return total


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


def coverage():
    benchmark = "coverage/auto/with-replacement"
    for class_count, draw_count, digits in COVERAGE:
        size = f"C={class_count} n={draw_count}"
        arguments = (class_count, draw_count, digits)
        program = GP_SUM.format(classes=class_count, draws=draw_count, digits=digits)
        measure_gp(benchmark, size, program, 50, 500 if digits == 60 else 5)
        flint.ctx.dps = digits
        gmpy2.get_context().precision = int(digits * 3.33) + 2
        mpmath.mp.dps = digits
        measure(
            benchmark,
            size,
            "python-flint (arb)",
            lambda: alternating_sum(flint.arb, *arguments).str(50, radius=False),
        )
        measure(
            benchmark, size, "gmpy2", lambda: f"{alternating_sum(gmpy2.mpfr, *arguments):.50g}"
        )
        measure(
            benchmark,
            size,
            "mpmath",
            lambda: mpmath.nstr(alternating_sum(mpmath.mpf, *arguments), 50),
        )


def exact_fractions():
    for draw_count in [8192, 65_536]:
        measure(
            "exact/fraction",
            f"C=1000 n={draw_count}",
            "python-flint (stirling_s2)",
            lambda: int(flint.fmpz.stirling_s2(draw_count, 1000)).bit_length(),
        )
    program = "f() = #binary(stirling(8192, 1000, 2));"
    measure_gp("exact/fraction", "C=1000 n=8192", program, 50, 1)


def recurrence_curve(class_count=1000, last=65_536):
    """The whole curve by the positive recurrence, vectorized over the states; about 13 digits."""
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
    return curve


def curves():
    measure(
        "curve/17 digits",
        "C=1000 n=1..65536",
        "numpy (float64)",
        lambda: repr(float(recurrence_curve()[7708])),
    )


def table(draws, columns):
    """The lines of a CSV file; its last field, as a sample."""
    lines = [
        ",".join([str(n), *(value if isinstance(value, str) else repr(float(value)) for value in row)])
        for n, row in zip(draws, zip(*columns))
    ]
    return "\n".join(lines).rsplit(",", 1)[1]


def float_table(draws, covered):
    """v, 1 - v and their logarithms as float64 has them: near 1 the complement loses its digits."""
    with numpy.errstate(divide="ignore"):
        missed = 1 - covered
        return table(draws, [covered, missed, numpy.log10(covered), numpy.log10(missed)])


def alternating_curve(draws, class_count=1000):
    """v for many numbers of draws where the terms of the alternating sum fall at once; 13 digits."""
    j = numpy.arange(80)
    signed = (-1.0) ** j * scipy.special.binom(class_count, j)
    return ((1 - j / class_count) ** numpy.asarray(draws)[:, None]) @ signed


def arb_table(draws, class_count=1000):
    """The same with balls that have digits to spare."""
    flint.ctx.dps = 45
    ten = flint.arb(10).log()
    columns = [[], [], [], []]
    for n in draws:
        v = alternating_sum(flint.arb, class_count, n, 45)
        for column, x in zip(columns, [v, 1 - v, v.log() / ten, (1 - v).log() / ten]):
            column.append(x.str(17, radius=False))
    return table(draws, columns)


def lists():
    """Whole lists, to the last byte of CSV."""
    long, short = range(1, 65_537), range(7001, 8001)
    size = "coverage --classes 1000 --draws 1..65536"
    measure("list", size, "numpy (float64)", lambda: float_table(long, recurrence_curve()))
    size = "coverage --classes 1000 --draws 7001..8000"
    measure(
        "list", size, "scipy (float64)", lambda: float_table(short, alternating_curve(short))
    )
    measure("list", size, "python-flint (arb)", lambda: arb_table(short))


# Where the integrand of the mean waiting time is cut, in draws.
PIECES = [0, 2000, 4000, 6000, 8000, 12_000, 20_000, 40_000, 80_000, 200_000]


def waiting(counts_file):
    """The mean waiting time of ImageNet-1K by quadrature of 1 - prod_c (1 - e^(-p_c t))."""
    with open(counts_file) as file:
        rows = [line.strip().split(",") for line in file]
    pairs = [(int(row[1]), int(row[2])) for row in rows if row[0] == "imagenet-1k"]
    total = sum(count * classes for count, classes in pairs)
    rates = numpy.array([count for count, _ in pairs]) / total
    classes = numpy.array([classes for _, classes in pairs])

    def missing_double(t):
        return -numpy.expm1(numpy.sum(classes * numpy.log1p(-numpy.exp(-rates * t))))

    def missing(t):
        product = mpmath.mpf(1)
        for count, class_count in pairs:
            product *= (1 - mpmath.exp(-t * count / total)) ** class_count
        return 1 - product

    def by_scipy():
        pieces = zip(PIECES, PIECES[1:])
        return repr(sum(scipy.integrate.quad(missing_double, a, b)[0] for a, b in pieces))

    mpmath.mp.dps = 55
    size = "imagenet-1k 50 digits"
    measure("waiting/mean", size, "scipy (float64)", by_scipy)
    measure("waiting/mean", size, "mpmath", lambda: mpmath.nstr(mpmath.quad(missing, PIECES), 50))


if __name__ == "__main__":
    coverage()
    exact_fractions()
    curves()
    lists()
    waiting(sys.argv[1])
