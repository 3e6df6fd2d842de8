"""Numbers as sentences write them, the same in both languages."""

from fractions import Fraction

import numpy as np

from fieldcast.science.text import Text


def figure(value: float | Fraction) -> str:
    """A number as people write it: ten digits at most, never an exponent, no trailing zeros."""
    return np.format_float_positional(float(value) + 0.0, precision=10, fractional=False, trim="-")


def percent(share: float | Fraction) -> Text:
    """A share of 1 in percent, with one decimal, that never says 0 or 100 of what is only close to it."""
    if 0 < share < 0.0005:
        return Text(en="less than 0.1%", zh="不到 0.1%")
    if 0.9995 < share < 1:
        return Text(en="more than 99.9%", zh="99.9% 以上")
    number = figure(round(100 * float(share), 1))
    return Text(en=f"{number}%", zh=f"{number}%")
