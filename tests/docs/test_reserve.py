"""The reserve of fast payouts in numbers: both pages say what the formula gives."""

from math import isqrt

import pytest

from fieldcast.kit.money import yuan
from fieldcast.settlement.early.formula import Counted, early_fen, share_bp
from tests.docs import pages


@pytest.mark.parametrize("name", ["how-money-flows.md", "how-money-flows.zh-CN.md"])
def test_every_row_is_what_the_formula_gives_and_a_second_reckoning_too(name: str) -> None:
    text = (pages.DOCS / "explanation" / name).read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "%" in line
    ]
    rows = [row for row in rows if len(row) == 7 and row[0].isdigit()]
    assert len(rows) == 5
    for row in rows:
        lines, refunded, every, back, n = (int(cell) for cell in row[:5])
        bp = share_bp(Counted(lines, refunded), Counted(every, back))
        assert f"{bp / 100:.2f} %" == row[6]
        assert bp == by_whole_numbers(lines, refunded, every, back)
        assert n == lines + 20
        assert f"{100 * (refunded + 20 * back / every) / n:.2f} %" == row[5]
    now = early_fen(1900, reserve_bp=353)
    assert f"¥{yuan(now)}" in text
    assert f"¥{yuan(1900 - now)}" in text


def by_whole_numbers(lines: int, refunded: int, every: int, back: int) -> int:
    """The same bound without a fraction: every term times 2·scale, the root by whole numbers, up to the next."""
    scale = 10**12
    n = lines + 20
    p = scale * (refunded * every + 20 * back) // (n * every)
    z, z2 = 196, 38416  # hundredths, ten-thousandths
    under = p * (scale - p) // n + scale * scale * z2 // (4 * n * n * 10**4)
    top = p + scale * z2 // (2 * n * 10**4) + z * isqrt(under) // 100
    below = scale + scale * z2 // (n * 10**4)
    return -(-top * 10**4 // below)
