"""Finds the columns of a format in a file's header, with `--map` for titles we do not know.

What always holds: a column is used only when exactly one column of the file bears its title; a refusal says what was
looked for and what was found, and guesses what may have been meant.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem
from fieldcast.kit.tables import Table, header_key, printable
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
    """A `--map` that is not of the form theirs=ours."""

    code = "map_not_understood"
    status = 422
    sentence = _("“%(text)s” does not say which column is which.")
    next_step = _("Write the file's column, an equals sign and ours, such as 单号=number.")


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


def read_map(pairs: Iterable[str]) -> dict[str, str]:
    """`["单号=number", …]` as a mapping from the file's title to ours. Raises `MapNotUnderstood`."""
    result: dict[str, str] = {}
    for pair in pairs:
        theirs, _equals, ours = (part.strip() for part in pair.rpartition("="))
        if not theirs or not ours:
            raise MapNotUnderstood(text=printable(pair))
        result[theirs] = ours
    return result


def choose_columns(*, format_: Format, table: Table, column_map: Mapping[str, str]) -> list[Chosen]:
    """The format's columns that the file has, in the format's order.

    Raises `MapToNothing`, `MapFromNothing`, `ColumnTwice` and `MissingColumns`.
    """
    mapped = {_field(format_, ours): theirs for theirs, ours in column_map.items()}
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


def _field(format_: Format, ours: str) -> Field:
    for column in format_.columns:
        if header_key(ours) in {header_key(name) for name in (column.field.value, *column.names)}:
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
    return f"--map {printable(near[0]) if near else '…'}={column.field.value}"


def _listed(names: Iterable[str]) -> str:
    shown = [printable(name) for name in names if name]
    return "、".join(shown[:SHOWN_TITLES]) + ("…" if len(shown) > SHOWN_TITLES else "")
