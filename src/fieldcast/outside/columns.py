"""Finds the columns of a format in a file's header, with `--map` for titles we do not know.

What always holds: a column is used only when exactly one column of the file bears a title that the platform itself
gives it, or when a person named it; a title that merely looks alike is suggested, never used. What is wanted is the
key, so one column of the file may be read for two things. A refusal says what was looked for and what was found.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem
from fieldcast.kit.tables import Score, Table, header_key, printable
from fieldcast.outside.types import Column, Field, Format

SHOWN_TITLES = 30
SIMILAR = 0.5  # how alike two titles must be (difflib ratio) for one to be suggested for the other


@dataclass(frozen=True)
class Chosen:
    """A column found in the file: where it stands and how the file titles it."""

    column: Column
    position: int
    title: str


class MissingColumns(Problem):
    """The file lacks columns that the format needs."""

    code = "missing_columns"
    status = 422
    sentence = _("The file has no column for %(missing)s. Its columns are: %(found)s.")
    next_step = _("Choose the right kind of file, or say which column is meant, such as %(example)s.")


class ColumnTwice(Problem):
    """Two columns bear the same title, and it is one we need."""

    code = "column_twice"
    status = 422
    sentence = _("The file has %(count)s columns called “%(column)s”.")
    next_step = _("Rename or delete the ones that are not meant, and bring the file in again.")


class MapNotUnderstood(Problem):
    """A `--map` that is not of the form ours=theirs."""

    code = "map_not_understood"
    status = 422
    sentence = _("“%(text)s” does not say which column is which.")
    next_step = _("Write ours, an equals sign and the file's column, such as number=单号.")


class MapToNothing(Problem):
    """A `--map` onto a column the format does not have."""

    code = "map_to_nothing"
    status = 422
    sentence = _("There is no column of ours called “%(ours)s”.")
    next_step = _("The columns are: %(known)s.")


class MapFromNothing(Problem):
    """A `--map` from a column the file does not have."""

    code = "map_from_nothing"
    status = 422
    sentence = _("The file has no column called “%(theirs)s”. Its columns are: %(found)s.")
    next_step = _("Copy the column's title from the file exactly.")


class MapTwice(Problem):
    """Two columns of the file for one thing."""

    code = "map_twice"
    status = 422
    sentence = _("Two columns are named for %(ours)s: “%(first)s” and “%(second)s”.")
    next_step = _("Name one of them. One column may be used for two things, but not the other way round.")


def read_map(pairs: Iterable[str], *, format_: Format) -> dict[str, str]:
    """`["number=单号", …]` as a mapping from what is wanted to the file's title.

    A pair is also read the other way round, 单号=number, where only its right side is something wanted. Raises
    `MapNotUnderstood`, `MapToNothing` and `MapTwice`.
    """
    result: dict[str, str] = {}
    for pair in pairs:
        ours, theirs = _sides(pair, format_)
        key = _field(format_, ours).value
        if result.setdefault(key, theirs) != theirs:
            raise MapTwice(ours=key, first=printable(result[key]), second=printable(theirs))
    return result


def known_map(column_map: Mapping[str, str], *, format_: Format) -> dict[str, str]:
    """The mapping with our own name for each thing wanted, and titles as they are compared and kept.

    Raises `MapToNothing` and `MapTwice`.
    """
    result: dict[str, str] = {}
    for ours, theirs in column_map.items():
        key, title = _field(format_, ours).value, printable(header_key(theirs), 200)
        if result.setdefault(key, title) != title:
            raise MapTwice(ours=key, first=result[key], second=title)
    return result


def titles_of(format_: Format, column_map: Mapping[str, str]) -> Score:
    """How many of the format's columns, or of those mapped, bear their title among some cells."""
    wanted = []
    for column in format_.columns:
        mapped = column_map.get(column.field.value)
        wanted.append({header_key(name) for name in ([mapped] if mapped else column.names)})

    def score(cells: Sequence[str]) -> int:
        there = {header_key(cell) for cell in cells}
        return sum(1 for names in wanted if names & there)

    return score


def titles_known(format_: Format) -> frozenset[str]:
    """Every title of the platform's own, as titles are compared."""
    return frozenset(header_key(name) for column in format_.columns for name in column.names)


def choose_columns(*, format_: Format, table: Table, column_map: Mapping[str, str]) -> list[Chosen]:
    """The format's columns that the file has, in the format's order.

    Raises `MapToNothing`, `MapFromNothing`, `ColumnTwice` and `MissingColumns`.
    """
    mapped = {_field(format_, ours): theirs for ours, theirs in column_map.items()}
    chosen = []
    missing = []
    for column in format_.columns:
        found = _find(table, column, mapped.get(column.field))
        if found is not None:
            chosen.append(found)
        elif column.required:
            missing.append(column)
    if missing:
        raise MissingColumns(
            missing=_listed([column.names[0] for column in missing]),
            found=_listed(table.header),
            example=_example(missing[0], table),
            columns=[column.field.value for column in missing],
        )
    return chosen


def _sides(pair: str, format_: Format) -> tuple[str, str]:
    """What is wanted and the file's title: by our own names first, then by the platform's titles, each left first."""
    left, equals, right = (part.strip() for part in pair.partition("="))
    before, _equals, after = (part.strip() for part in pair.rpartition("="))
    if not (equals and left and right and before and after):
        raise MapNotUnderstood(text=printable(pair))
    codes = {column.field.value for column in format_.columns}
    names = set().union(*(_names(column) for column in format_.columns))
    for ours in (codes, names):
        if header_key(left) in ours:
            return left, right
        if header_key(after) in ours:
            return after, before
    return left, right


def _names(column: Column) -> set[str]:
    return {header_key(name) for name in (column.field.value, *column.names)}


def _field(format_: Format, ours: str) -> Field:
    for column in format_.columns:
        if header_key(ours) == column.field.value:
            return column.field
    for column in format_.columns:
        if header_key(ours) in _names(column):
            return column.field
    raise MapToNothing(
        ours=printable(ours),
        known=_listed([f"{column.field.value} ({column.names[0]})" for column in format_.columns]),
    )


def _find(table: Table, column: Column, theirs: str | None) -> Chosen | None:
    for name in [theirs] if theirs else column.names:
        positions = table.positions(name)
        if len(positions) > 1:
            raise ColumnTwice(column=printable(name), count=len(positions))
        if positions:
            return Chosen(column, positions[0], printable(table.header[positions[0]]))
    if theirs:
        raise MapFromNothing(theirs=printable(theirs), found=_listed(table.header))
    return None


def _example(column: Column, table: Table) -> str:
    """A `--map` with the title in the file that looks most like the missing one."""
    titles = [title for title in table.header if title]
    near = [
        match
        for name in column.names
        for match in difflib.get_close_matches(name, titles, n=1, cutoff=SIMILAR)
    ] or titles
    return f"--map {column.field.value}={printable(near[0]) if near else '…'}"


def _listed(names: Iterable[str]) -> str:
    shown = [printable(name) for name in names if name]
    return "、".join(shown[:SHOWN_TITLES]) + ("…" if len(shown) > SHOWN_TITLES else "")
