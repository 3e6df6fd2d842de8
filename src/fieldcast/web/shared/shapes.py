"""Small pictures as numbers: the coordinates behind the flow of money and the sparkline; knows no template."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FLOW_WIDTH: Final = 326
FLOW_GAP: Final = 6
LABEL_HEIGHT: Final = 20  # no band's label may touch the next


@dataclass(frozen=True)
class Band:
    """One share of a flow: its label and amount, and the SVG path from the whole to the part."""

    label: str
    amount_fen: int
    percent: int
    path: str
    text_y: float
    tone: int


@dataclass(frozen=True)
class Flow:
    """A whole split into bands, drawn left to right in a box of `FLOW_WIDTH` × `height`."""

    total_fen: int
    height: float
    trunk: float
    bands: tuple[Band, ...]


def flow(parts: Sequence[tuple[str, int]], *, height: float = 120) -> Flow:
    """Lay out where a whole went. `parts` are (label, fen), positive ones are drawn; heights are in proportion.

    Every band gets room for its label, so the right side may stand taller than the left. Percents are rounded to whole
    and may miss 100 by one; the amounts never do.
    """
    shown = [(label, fen) for label, fen in parts if fen > 0]
    total = sum(fen for _, fen in shown)
    bands: list[Band] = []
    left, right = 4.0, 4.0
    for index, (label, fen) in enumerate(shown):
        thick = height * fen / total
        room = max(thick, LABEL_HEIGHT - FLOW_GAP)
        top = right + (room - thick) / 2
        path = (
            f"M16 {left:.1f}C90 {left:.1f} 90 {top:.1f} 150 {top:.1f}V{top + thick:.1f}"
            f"C90 {top + thick:.1f} 90 {left + thick:.1f} 16 {left + thick:.1f}Z"
        )
        percent = round(100 * fen / total)
        bands.append(Band(label, fen, percent, path, round(right + room / 2 + 4, 1), index % 6))
        left += thick
        right += room + FLOW_GAP
    return Flow(total, round(max(left, right) + 4, 1), round(height, 1), tuple(bands))


def spark(values: Sequence[float | None], *, width: int = 290, height: int = 48) -> list[str]:
    """The polylines of a sparkline as SVG `points`; a missing value breaks the line instead of touching zero."""
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, span = min(known), (max(known) - min(known)) or 1.0
    step = width / max(len(values) - 1, 1)
    lines: list[list[str]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            lines.append([])
            continue
        lines[-1].append(f"{index * step:.1f},{height - 4 - (height - 8) * (value - low) / span:.1f}")
    return [" ".join(line) for line in lines if line]
