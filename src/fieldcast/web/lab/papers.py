"""Tables 2 and 3 of the paper, as printed beside as derived, and where the paper contradicts itself."""

from dataclasses import dataclass
from functools import lru_cache

from fieldcast.science.games import paper
from fieldcast.web.lab.words import exact, say, share


@dataclass(frozen=True)
class Cells:
    """One row: the value varied, both probabilities as the paper prints and as its own equations give them."""

    value: str
    change: str
    printed_honesty: str
    honesty: str
    printed_supervision: str
    supervision: str
    reading: str
    baseline: bool


@dataclass(frozen=True)
class Pair:
    """One table of the paper beside what follows."""

    number: int
    varied: str
    held: str
    rows: tuple[Cells, ...]
    note: str


def pairs() -> tuple[Pair, ...]:
    """Both tables, in the reader's language."""
    return tuple(_pair(number) for number in (3, 2))


def errata() -> tuple[dict[str, str | int], ...]:
    """The contradictions, in the reader's language."""
    return tuple(
        {
            "number": one.number,
            "place": say(one.place),
            "printed": say(one.printed),
            "follows": say(one.follows),
        }
        for one in _errata()
    )


@lru_cache(maxsize=1)
def _errata() -> tuple[paper.Erratum, ...]:
    return paper.errata()


@lru_cache(maxsize=2)
def _tables(number: int) -> tuple[paper.Table, paper.Table]:
    return paper.table(number, form="printed"), paper.table(number, form="derived")


def _pair(number: int) -> Pair:
    printed, derived = _tables(number)
    return Pair(
        number=number,
        varied=printed.varied,
        held="F = 10" if printed.varied == "C" else "C = 30",
        rows=tuple(_cells(left, right) for left, right in zip(printed.rows, derived.rows, strict=True)),
        note=say(derived.note),
    )


def _cells(printed: paper.Row, derived: paper.Row) -> Cells:
    assert derived.regime is not None  # a derived row has one
    return Cells(
        value=exact(printed.value),
        change=f"{round(printed.change * 100):+d}%" if printed.change else "",
        printed_honesty=f"{printed.p1:.2f}",
        honesty=share(derived.p1),
        printed_supervision=_cut(printed.p2_raw, printed.p2),
        supervision=share(derived.p2),
        reading=say(derived.regime.label),
        baseline=printed.change == 0,
    )


def _cut(raw: float, printed: float) -> str:
    """A probability above 1 as the paper cut it."""
    return f"{raw:.2f} → {printed:.0f}" if raw > 1 else f"{printed:.2f}"
