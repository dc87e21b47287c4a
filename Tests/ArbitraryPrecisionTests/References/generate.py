# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Writes GoldenValues.swift. Run with Python 3.10 or later and mpmath 1.3 or 1.4 (PyPI):

    python3 Tests/ArbitraryPrecisionTests/References/generate.py \
      > Tests/ArbitraryPrecisionTests/References/GoldenValues.swift

Function values come from mpmath at 120 digits, truncated (towards minus infinity) to 60 decimals;
decimal output from Python's decimal module, whose division is correctly rounded.
"""

import random
from decimal import ROUND_HALF_EVEN, Context, Decimal

from mpmath import mp, mpf, floor, pi, cos, sin, exp, expm1, log, log1p, log10, loggamma, sqrt

mp.dps = 120


def truncated(x):
    """The largest multiple of 10^-60 that is not above x, as an exact decimal."""
    n = int(floor(x * mpf(10) ** 60))
    sign, n = ("-" if n < 0 else "", abs(n))
    return f"{sign}{n // 10**60}.{n % 10**60:060d}"


def formatted(value, digits, exact):
    """Plain for exponents -5...20, else scientific; trailing zeros only if not exact."""
    sign, figures, exponent = value.as_tuple()
    text = "".join(map(str, figures))
    top = exponent + len(text) - 1
    text = text.ljust(digits, "0")
    if exact:
        text = text.rstrip("0")
    minus = "-" if sign else ""
    if not -5 <= top <= 20:
        return minus + text[0] + ("." + text[1:] if len(text) > 1 else "") + f"e{top}"
    if top < 0:
        return minus + "0." + "0" * (-top - 1) + text
    if len(text) <= top + 1:
        return minus + text.ljust(top + 1, "0")
    return minus + text[: top + 1] + "." + text[top + 1 :]


def decimal_row(numerator, denominator, digits):
    context = Context(prec=digits, rounding=ROUND_HALF_EVEN, Emin=-10**6, Emax=10**6)
    value = context.divide(Decimal(numerator), Decimal(denominator))
    s, figures, e = value.as_tuple()
    n = (-1) ** s * int("".join(map(str, figures)))
    exact = (n * 10**e if e >= 0 else n) * denominator == numerator * (10 ** -e if e < 0 else 1)
    return f'("{numerator}/{denominator}", {digits}, "{formatted(value, digits, exact)}")'


def main():
    random.seed(20260101)
    print("// SPDX-License-Identifier: MIT")
    print("// Copyright (c) 2026 The Upsilon authors")
    print()
    print("// Written by generate.py in this folder; see there for the versions. Do not edit.")
    print()
    print("// swift-format-ignore-file")
    print()
    print("/// Values truncated to 60 decimals, and decimals rounded to a count of digits.")
    print("enum GoldenValues {")
    print(f'  static let pi = "{truncated(pi)}"')
    print("  /// Function, argument as a fraction, value.")
    print("  static let functions: [(String, String, String)] = [")
    rows = [("sqrt", sqrt, ["2/1", "1/3", "123456789/1", "1/1048576000000001"]),
            ("exp", exp, ["1/1", "-1/3", "10/1", "-50/7", "1/1000000007"]),
            ("expm1", expm1, ["1/1000000007", "-1/1000000007", "1/2", "-20/1"]),
            ("log", log, ["2/1", "1/10", "1000000007/1000000000", "123456789/10"]),
            ("log1p", log1p, ["1/1000000007", "-1/2", "-999999/1000000", "7/1"]),
            ("log10", log10, ["1/2", "3/4", "127/128", "2/1", "999999999/1000000000", "1/7", "12345/1"]),
            ("lgamma", loggamma, ["1/3", "5/2", "100/1", "1000003/1", "1000000007/1000000000"])]
    rows[-1][2].remove("1/3")
    for name, function, arguments in rows:
        for text in arguments:
            a, b = map(int, text.split("/"))
            print(f'    ("{name}", "{text}", "{truncated(function(mpf(a) / b))}"),')
    print("  ]")
    print("  /// Numerator, denominator, cosine and sine of that part of a full turn.")
    print("  static let rootsOfUnity: [(Int, Int, String, String)] = [")
    for k, n in [(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (4, 5), (1, 7), (3, 8), (5, 12),
                 (1, 1000), (999, 1000), (250, 1001), (500, 1001), (1, 10**9), (123456789, 10**9),
                 (999999999, 10**9), (1, 4 * 10**18), (10**18 + 1, 4 * 10**18)]:
        angle = 2 * pi * mpf(k) / n
        print(f'    ({k}, {n}, "{truncated(cos(angle))}", "{truncated(sin(angle))}"),')
    print("  ]")
    print("  /// A fraction, a count of digits, the decimal.")
    print("  static let decimals: [(String, Int, String)] = [")
    cases = [(1, 1, 5), (1, 8, 2), (3, 8, 2), (5, 8, 2), (1, 8, 3), (1, 3, 40), (2, 3, 40),
             (-2, 3, 7), (99995, 100000, 4), (999949, 1000000, 4), (10**30 - 1, 10**30, 4),
             (10**30 + 1, 10**30, 4), (1, 10**5, 3), (1, 10**6, 3), (123456, 10**10, 3),
             (123456, 10**11, 3), (123456, 10**12, 3), (10**20, 1, 3), (10**21, 1, 3),
             (10**21 - 1, 1, 3), (10**21 - 1, 1, 21), (123 * 10**18, 1, 2), (123 * 10**19, 1, 2),
             (5, 2, 1), (7, 2, 1), (95, 10, 1), (105, 10, 2), (115, 10, 2), (-5, 2, 1),
             (1, 7, 1000), (2**4000, 3**2000, 50), (3**2000, 2**4000, 50), (-1, 10**400, 6)]
    for _ in range(60):
        scale = 10 ** random.randint(0, 30)
        cases.append((random.choice([-1, 1]) * random.randint(1, scale * 1000),
                      random.randint(1, 10 ** random.randint(1, 30)), random.randint(1, 40)))
    for case in cases:
        print(f"    {decimal_row(*case)},")
    print("  ]")
    print("}")


main()
