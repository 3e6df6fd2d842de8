"""Terms while they are written: rows of clauses that are added, moved and taken out, and may still be refused.

A row is the JSON of one clause. Numbers run through the three lists as in finished terms; a clause that names another
by its number (`borne`) keeps naming the same one when either moves. Pure: nothing is kept here.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.line import LINE
from fieldcast.agreements.composed.period import PERIOD
from fieldcast.agreements.composed.promise import PROMISE
from fieldcast.agreements.composed.shapes import Clause
from fieldcast.agreements.composed.words import known_roles

Row = Mapping[str, Any]
Lists = dict[str, list[Row]]
LISTS: Final = ("clauses", "period_clauses", "promise_clauses")
KINDS: Final = {"clauses": LINE, "period_clauses": PERIOD, "promise_clauses": PROMISE}
# The usual order of the waterfall: parts of sales, what each pack costs and who bears it, then what is left.
_RANK: Final = {
    "share_of_sales": 0,
    "per_pack": 1,
    "borne": 2,
    "guarantee": 3,
    "rebate": 4,
    "split": 5,
    "rest": 6,
}
# What makes two clauses of a kind say two things; of any other kind there is one.
_DIFFER: Final[Mapping[str, tuple[str, ...]]] = {
    "share_of_sales": ("to",),
    "per_pack": ("to",),
    "borne": ("from",),
    "guarantee": ("to",),
    "rebate": ("to",),
    "base_pay": ("to",),
    "tiered_bonus": ("to",),
    "points": ("pool",),
    "dividend": ("pool", "from"),
    "late_interest": ("from", "to"),
    "bond": ("from",),
    "penalty": ("from", "to", "breach"),
}


def list_of(kind: str) -> str:
    """The list that clauses of a kind stand in. Raises `KeyError` for a kind that is none."""
    return next((name for name, kinds in KINDS.items() if kind in kinds), "") or _unknown(kind)


def same(one: Row, other: Row) -> bool:
    """Would two clauses say the same thing twice?"""
    if one["kind"] != other["kind"]:
        return False
    return all(one.get(name) == other.get(name) for name in _DIFFER.get(str(one["kind"]), ()))


def ordered(lists: Lists) -> Lists:
    """Line clauses in the usual order, what is borne right behind the first delivery that it can be borne of."""
    line = sorted(lists["clauses"], key=lambda row: _RANK[row["kind"]])
    carrier = next((at for at, row in enumerate(line, start=1) if row["kind"] == "per_pack"), 0)
    for at, row in enumerate(line):
        if row["kind"] == "borne" and not row.get("of"):
            line[at] = {**row, "of": carrier}
    return {**lists, "clauses": line}


def numbered(lists: Lists) -> list[tuple[int, str, Row]]:
    """Every row by its number, with the list that it stands in."""
    rows = [(name, row) for name in LISTS for row in lists.get(name, [])]
    return [(number, name, row) for number, (name, row) in enumerate(rows, start=1)]


def said_alone(row: Row, number: int) -> Clause:
    """A clause by itself. Raises as `read_terms` does, but for what hangs on other clauses."""
    title, read = KINDS[list_of(row["kind"])][row["kind"]]
    fields = Fields(number, title, row, known_roles())
    clause: Clause = read(fields)
    fields.done()
    return clause


def added(lists: Lists, row: Row) -> tuple[Lists, int]:
    """The lists with a clause more, where such clauses usually stand, and its number."""
    name = list_of(row["kind"])
    before = lists.get(name, [])
    at = len(before)
    if name == "clauses":
        rank = _RANK[row["kind"]]
        at = next((at for at, one in enumerate(before) if _RANK[one["kind"]] > rank), at)
    new = dict(row)
    rows = [*before[:at], new, *before[at:]]
    found = {**lists, name: rows}
    if name == "clauses":
        found["clauses"] = _renumbered(before, rows)
    return found, _number(found, name, at)


def replaced(lists: Lists, number: int, row: Row) -> Lists:
    """The lists with another clause in the place of one. Raises `IndexError` where there is none."""
    name, at = _place(lists, number)
    rows = list(lists[name])
    rows[at] = row
    return {**lists, name: rows}


def removed(lists: Lists, number: int) -> Lists:
    """The lists without a clause; what was borne of it is borne of none. Raises `IndexError`."""
    name, at = _place(lists, number)
    rows = [*lists[name][:at], *lists[name][at + 1 :]]
    return {**lists, name: _renumbered(lists[name], rows) if name == "clauses" else rows}


def moved(lists: Lists, number: int, by: int) -> Lists:
    """The lists with a clause further up (−1) or down (1) its list; at the end of it nothing moves."""
    name, at = _place(lists, number)
    rows = list(lists[name])
    if not 0 <= at + by < len(rows):
        return lists
    rows.insert(at + by, rows.pop(at))
    return {**lists, name: _renumbered(lists[name], rows) if name == "clauses" else rows}


def _renumbered(before: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """What is borne of a clause follows it to its new number; 0 where it is gone."""
    return [
        {**row, "of": _now_at(before, rows, row["of"])}
        if row["kind"] == "borne" and isinstance(row.get("of"), int)
        else row
        for row in rows
    ]


def _now_at(before: Sequence[Row], rows: Sequence[Row], number: int) -> int:
    if not 1 <= number <= len(before):
        return 0
    meant = before[number - 1]
    return next((at for at, row in enumerate(rows, start=1) if row is meant), 0)


def _place(lists: Lists, number: int) -> tuple[str, int]:
    found = numbered(lists)
    if not 1 <= number <= len(found):
        raise IndexError(number)
    name = found[number - 1][1]
    return name, number - 1 - sum(len(lists.get(one, [])) for one in LISTS[: LISTS.index(name)])


def _number(lists: Lists, name: str, at: int) -> int:
    return sum(len(lists.get(one, [])) for one in LISTS[: LISTS.index(name)]) + at + 1


def _unknown(kind: str) -> str:
    raise KeyError(kind)
