"""The figures of Tables 2 and 3, character for character as the paper prints them, to hold computed ones against."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cells:
    """The three computed cells of one printed row."""

    p1: str
    p1_change: str
    p2: str


TABLE_2 = {
    42: Cells(p1="42/(10 + 20) = 1.4 (取 1.0)", p1_change="无 (已饱和)", p2="12/10 = 1.2 (取 1)"),
    36: Cells(p1="36/30 = 1.2 (取 1.0)", p1_change="无 (已饱和)", p2="1.2 (取 1)"),
    30: Cells(p1="30/30 = 1.0", p1_change="-", p2="1.2 (取 1)"),
    24: Cells(p1="24/30 = 0.8", p1_change="-20%", p2="1.0"),
    18: Cells(p1="18/30 = 0.6", p1_change="-40%", p2="1.0"),
}
"""By C, at F = 10."""

TABLE_3 = {
    6: Cells(p1="30/(6 + 20) = 1.15 (取 1.0)", p1_change="无(已饱和)", p2="12/6 = 2.0 (取 1)"),
    8: Cells(p1="30/(8 + 20) = 1.07 (取 1.0)", p1_change="无(已饱和)", p2="12/8 = 1.5 (取 1)"),
    10: Cells(p1="30/(10 + 20) = 1.0", p1_change="-", p2="12/10 = 1.2 (取 1)"),
    15: Cells(p1="30/(15 + 20) = 0.86", p1_change="-14%", p2="12/15 = 0.8"),
    25: Cells(p1="30/(25 + 20) = 0.67", p1_change="-33%", p2="12/25 = 0.48"),
}
"""By F, at C = 30."""
