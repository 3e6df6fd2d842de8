"""Reads a table out of an .xlsx workbook that somebody else's program wrote, or that somebody wants to hurt us with.

What always holds: what the archive says of itself is looked at before anything of it is unpacked, and it is unpacked in
a process of its own (`workbook_reader`) that may use so much memory and time and no more, so that a bomb ends there and
is a sentence here; rows come out under the same limits as those of a CSV file, with the line that the sheet numbers
them by. A sheet with the same header as the first that has one is read on; every other sheet is named, not read.
"""

import contextlib
import io
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem
from fieldcast.kit.tables import (
    HEADER_WITHIN,
    MEGABYTE,
    EmptyTable,
    FileTooLarge,
    Limits,
    NotPlainText,
    Row,
    RowTooLong,
    Score,
    Table,
    TooManyRows,
    check_width,
    clean_cell,
    header_among,
    header_key,
)

READER: Final = Path(__file__).with_name("workbook_reader.py")
WORKBOOK: Final = "xl/workbook.xml"
MACROS: Final = "vbaproject.bin"
MOST_PARTS: Final = 2_000
MOST_UNPACKED: Final = 512 * MEGABYTE
SECONDS: Final = 90.0  # for all of it, on a busy machine


class WorkbookWithMacros(Problem):
    """A workbook that brings programs along."""

    code = "workbook_with_macros"
    status = 422
    sentence = _("This workbook holds macros, which no export of orders has.")
    next_step = _("Download the export again, or save it as “Excel workbook (.xlsx)” without macros.")


class WorkbookTooLarge(Problem):
    """Unpacked it is larger than is read, whether it says so or only turns out so."""

    code = "workbook_too_large"
    status = 413
    sentence = _("This workbook is too large to be opened.")
    next_step = _("Export a shorter period, or save the sheet of orders as “CSV UTF-8” and use that file.")


class WorkbookUnreadable(Problem):
    """An archive that is no workbook, is locked with a password, or is broken."""

    code = "workbook_unreadable"
    status = 422
    sentence = _("This workbook cannot be opened.")
    next_step = _(
        "If it has a password, take it off. Else download the export again, or save it as “CSV UTF-8”."
    )


def is_workbook(data: bytes) -> bool:
    """Is this an archive, as .xlsx files are? Whether it is a workbook is seen on opening it."""
    return data.startswith(b"PK\x03\x04")


def read_workbook(data: bytes, *, score: Score, limits: Limits | None = None) -> Table:
    """Find the sheet and the header of `data`; the rows are read as the caller walks them.

    Raises `FileTooLarge`, `NotPlainText`, `WorkbookWithMacros`, `WorkbookTooLarge`, `WorkbookUnreadable`, `EmptyTable`,
    `TooManyColumns`; while walking the rows `RowTooLong`, `TooManyRows` and again `WorkbookTooLarge`.
    """
    limits = limits or Limits()
    if len(data) > limits.file_bytes:
        raise FileTooLarge(megabytes=limits.file_bytes // MEGABYTE)
    _look_at_archive(data)
    messages = _Reader(data)
    heads = {
        name: [Row(line, cells) for line, cells in rows]
        for name, rows in messages.next()["heads"].items()
        if rows
    }
    if not heads:
        raise EmptyTable
    above, header, chosen = _choose(heads, score)
    check_width(header, limits)
    return Table(
        header=tuple(clean_cell(cell) for cell in header.cells),
        header_line=header.line,
        encoding="xlsx",
        delimiter="",
        lines=0,
        rows=_rows(messages, chosen, width=len(header.cells), limits=limits),
        above=above,
        sheets=tuple(name for name in heads if name not in chosen),
    )


def _look_at_archive(data: bytes) -> None:
    """Refuse by its table of contents what no export is, before a byte of it is unpacked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise WorkbookUnreadable from error
    names = {part.filename.lower() for part in parts}
    if WORKBOOK not in names:
        raise NotPlainText
    if any(name.endswith(MACROS) for name in names):
        raise WorkbookWithMacros
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise WorkbookTooLarge


def _choose(heads: Mapping[str, Sequence[Row]], score: Score) -> tuple[int, Row, dict[str, int]]:
    """How many rows stand above the header, the header, and for each sheet to be read the header's line there."""
    fits = {
        name: (max(score(row.cells) for row in rows), max(len(row.cells) for row in rows))
        for name, rows in heads.items()
    }
    first = max(fits, key=lambda name: fits[name])  # of equal ones the first
    above = header_among(heads[first], score)
    header = heads[first][above]
    titles = _titles(header)
    chosen = {}
    for name, rows in heads.items():
        same = [row.line for row in rows if _titles(row) == titles]
        if same:
            chosen[name] = same[0]
    return above, header, chosen


def _titles(row: Row) -> list[str]:
    return [header_key(cell) for cell in row.cells]


def _rows(messages: "_Reader", chosen: Mapping[str, int], *, width: int, limits: Limits) -> Iterator[Row]:
    """The rows under the header of each chosen sheet, as wide as the header: empty cells at their end were not kept."""
    with contextlib.closing(messages):
        count = 0
        for place, (name, header_line) in enumerate(chosen.items()):
            messages.ask(name)
            while (message := messages.next()) != "end":
                line, cells = message
                count += 1
                if count > limits.rows + len(chosen):
                    raise TooManyRows(limit=limits.rows)
                if sum(map(len, cells)) > limits.row_chars:
                    raise RowTooLong(line=line, limit=limits.row_chars)
                if line > header_line:
                    yield Row(line, cells + [""] * (width - len(cells)), name if place else "")


class _Reader:
    """The child process and what it says. It ends with the time it has, with what it may use, or when it is closed."""

    def __init__(self, data: bytes) -> None:
        self._child = subprocess.Popen(  # noqa: S603 — our own program; -I: nothing of the environment counts
            [sys.executable, "-I", str(READER), str(HEADER_WITHIN)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8"},
        )
        self._clock = threading.Timer(SECONDS, self._child.kill)
        self._clock.daemon = True
        self._clock.start()
        self._send(b"%d\n" % len(data) + data)

    def ask(self, sheet: str) -> None:
        """Have the rows of a sheet sent."""
        self._send(json.dumps(sheet).encode() + b"\n")

    def next(self) -> Any:
        """The next message. Raises `WorkbookUnreadable` for a refusal, `WorkbookTooLarge` for a child that is gone."""
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        if not line.endswith(b"\n"):
            self.close()
            raise WorkbookTooLarge
        message = json.loads(line)
        if isinstance(message, dict) and "error" in message:
            self.close()
            raise WorkbookUnreadable
        return message

    def close(self) -> None:
        """End the child, whatever it is doing."""
        self._clock.cancel()
        self._child.kill()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._child.wait()

    def __del__(self) -> None:
        with contextlib.suppress(AttributeError):  # never started
            self.close()  # whoever reads a table may stop in the middle

    def _send(self, what: bytes) -> None:
        assert self._child.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # a child that is gone is met when it is read
            self._child.stdin.write(what)
            self._child.stdin.flush()
