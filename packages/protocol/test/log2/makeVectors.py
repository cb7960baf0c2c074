"""
Writes the vectors of the fixed-point logarithm: `python3 makeVectors.py` makes vectors.json beside this file; a second
run writes the same bytes.

A case is [numerator, denominator, floor(log2(numerator / denominator) * 10^18)], all as text. Python's `decimal` computes
with 120 digits; a result whose later digits did not settle the last one would stop the script.
"""

import decimal
import json
import pathlib
import random

SEED = 1337
DIGITS = 120
ONE = 10**18
DOUBT = decimal.Decimal("1e-60")


def log2_floor(numerator, denominator):
    whole, rest = divmod(numerator, denominator)
    if rest == 0 and whole & (whole - 1) == 0:
        return (whole.bit_length() - 1) * ONE
    value = (decimal.Decimal(numerator) / decimal.Decimal(denominator)).ln() / decimal.Decimal(2).ln() * ONE
    lower, upper = ((value + doubt).to_integral_value(decimal.ROUND_FLOOR) for doubt in (-DOUBT, DOUBT))
    assert lower == upper, (numerator, denominator)
    return int(lower)


def ratios():
    for exponent in (0, 1, 2, 10, 64, 100):
        yield 2**exponent, 1
        yield 3 * 2**exponent, 3
    for exponent in (1, 2, 10, 30, 60, 64):
        yield 2**exponent + 1, 2**exponent
        yield 2**exponent + 1, 1
        yield 2 ** (exponent + 1) - 1, 2**exponent
    # Stakes as the multiplier sees them: (unit + stake) / unit in base units.
    for stake in (1, ONE // 10**6, ONE, 100 * ONE, 999 * ONE, 31_000 * ONE, 10**7 * ONE, 10**9 * ONE):
        yield 1000 * ONE + stake, 1000 * ONE
    generator = random.Random(SEED)
    for _ in range(200):
        denominator = generator.randrange(1, 10 ** generator.randrange(1, 25))
        yield denominator + generator.randrange(0, 10 ** generator.randrange(1, 30)), denominator


def main():
    decimal.getcontext().prec = DIGITS
    cases = [[str(n), str(d), str(log2_floor(n, d))] for n, d in ratios()]
    text = "[\n" + ",\n".join("  " + json.dumps(case) for case in cases) + "\n]\n"
    pathlib.Path(__file__).with_name("vectors.json").write_text(text)


main()
