"""The table of targets that `fieldcast game audit` reads.

What always holds: a table is read whole or refused with the line and column that are wrong; a column that may be left
out has a default, and an empty cell in it means that default.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from fieldcast.commands.game import _files as files
from fieldcast.commands.game._parameters import exact
from fieldcast.kit.tables import EmptyTable, Row, Table, clean_cell, printable, read_table
from fieldcast.science.errors import BadParameter
from fieldcast.science.text import Text

MOST = 100_000


@dataclass(frozen=True)
class Column:
    """A column: its name, the headings it is known by, and what an empty cell means (None: it may not be empty)."""

    name: str
    headings: tuple[str, ...]
    default: float | None = None


NAME = Column("name", ("name", "名称"))
COLUMNS = (
    Column("gains", ("gain", "gains", "作假所得")),
    Column("harms", ("harm", "harms", "危害")),
    Column("costs", ("cost", "costs", "检查费用")),
    Column("penalties", ("penalty", "penalties", "罚金")),
    Column("forfeited", ("forfeited", "退还比例"), default=1.0),
    Column("averted", ("averted", "挽回比例"), default=1.0),
)


@dataclass(frozen=True)
class TargetTable:
    """The targets in the order of the file: their names, and the columns of numbers by the names science gives them."""

    names: tuple[str, ...]
    columns: dict[str, list[float]]


def read_targets(path: Path) -> TargetTable:
    """The targets of a CSV or TSV file. Raises `BadParameter`, or the `Problem` that reading any table raises."""
    data = files.read(path, parameter="FILE")
    try:
        table = read_table(data)
    except EmptyTable:
        raise _no_targets(path) from None
    places = {column.name: _place(table, column) for column in (NAME, *COLUMNS)}
    names: list[str] = []
    columns: dict[str, list[float]] = {column.name: [] for column in COLUMNS}
    for row in table.rows:
        if len(names) == MOST:
            raise BadParameter(
                "FILE",
                Text(en=f"{path} has more than {MOST:,} targets.", zh=f"{path} 里的对象超过 {MOST:,} 个。"),
            )
        names.append(_cell(row, places["name"]) or str(len(names) + 1))
        for column in COLUMNS:
            columns[column.name].append(_number(row, places[column.name], column))
    if not names:
        raise _no_targets(path)
    return TargetTable(names=tuple(printable(name) for name in names), columns=columns)


def _place(table: Table, column: Column) -> int | None:
    """Where a column stands; None where it may be and is left out."""
    found = [place for heading in column.headings for place in table.positions(heading)]
    if len(found) > 1:
        raise BadParameter(
            column.headings[0],
            Text(
                en=f"Column {column.headings[0]} stands in the file {len(found)} times; leave one.",
                zh=f"文件里有 {len(found)} 个 {column.headings[0]} 列，只能留一个。",
            ),
        )
    if not found and column is not NAME and column.default is None:
        needed = [each.headings[0] for each in COLUMNS if each.default is None]
        raise BadParameter(
            column.headings[0],
            Text(
                en=f"The file has no column {column.headings[0]}. Needed are {', '.join(needed)}; "
                f"there are {_listed(table.header)}.",
                zh=f"文件里没有 {column.headings[0]} 列。必须有 {'、'.join(needed)}；现在有 {_listed(table.header)}。",
            ),
        )
    return found[0] if found else None


def _number(row: Row, place: int | None, column: Column) -> float:
    written = _cell(row, place)
    if not written and column.default is not None:
        return column.default
    try:
        return float(exact(written))
    except typer.BadParameter:
        heading = column.headings[0]
        raise BadParameter(
            heading,
            Text(
                en=f"Line {row.line}, column {heading}: {printable(written)!r} is not a number such as 3, 0.5 or 1/3.",
                zh=f"第 {row.line} 行 {heading} 列：{printable(written)!r} 不是数字，应写成 3、0.5 或 1/3 这样。",
            ),
        ) from None


def _cell(row: Row, place: int | None) -> str:
    return clean_cell(row.cells[place]) if place is not None and place < len(row.cells) else ""


def _listed(header: Sequence[str]) -> str:
    return ", ".join(printable(name) for name in header[:12] if name) or "—"


def _no_targets(path: Path) -> BadParameter:
    return BadParameter(
        "FILE",
        Text(en=f"{path} holds no targets: at least one is needed.", zh=f"{path} 里没有对象，至少要有一个。"),
    )
