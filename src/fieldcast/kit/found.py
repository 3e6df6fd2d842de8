"""What a check of the books found: one figure, zero when nothing is wrong, and words that name what is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_NAMED = 20  # things named in one check's words; its figure always counts all


@dataclass(frozen=True)
class Found:
    """`figure` counts what is wrong, in the check's own unit; `details` name the first of them."""

    figure: int = 0
    details: tuple[str, ...] = ()

    def __add__(self, other: "Found") -> "Found":
        return Found(self.figure + other.figure, self.details + other.details)


NOTHING = Found()


def found(what: str, rows: Sequence[tuple[str, int]]) -> Found:
    """Rows of name and figure as one finding, each named with `what` it is."""
    return Found(
        figure=sum(figure for _name, figure in rows),
        details=tuple(f"{what}: {name}" for name, _figure in rows[:MOST_NAMED]),
    )


def total(parts: Iterable[Found]) -> Found:
    """Several findings as one."""
    return sum(parts, start=NOTHING)
