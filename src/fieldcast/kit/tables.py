"""Reads a table out of a CSV or TSV file that somebody else's program wrote, or that somebody wants to hurt us with.

What always holds: a file is either read whole or refused with a `Problem`; a row knows the physical line it starts on,
as a text editor counts it; nothing is read past the limits, whatever the bytes are. Encodings (UTF-8 with or without
its mark, UTF-16 with its mark, GB18030) and delimiters (comma, tab, semicolon) are found, not asked for. What a value
means is the caller's business.
"""

import contextlib
import csv
import io
import itertools
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem

MEGABYTE = 1024 * 1024
DELIMITERS = (",", "\t", ";")
HEADER_WITHIN = 30  # rows among which the header is looked for: titles, periods and remarks stand above it
FULL_ENOUGH = 0.6  # of the widest of them: what is narrower is a title, no header
INVISIBLE = " \t\r\n\f\v\u00a0\u3000\ufeff\u200b\u200e\u200f\u2060"
# Starts of files that are no text at all; a web page saved as .xls is text, but no table of ours either.
NOT_TABLES = (
    b"pk\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"%pdf",
    b"{\\rtf",
    b"<html",
    b"<table",
    b"<?xml",
    b"<!doctype",
)


@dataclass(frozen=True)
class Limits:
    """How much of a stranger's file is read: bytes of the file, rows, columns, characters of one row."""

    file_bytes: int = 32 * MEGABYTE
    rows: int = 300_000
    columns: int = 500
    row_chars: int = 100_000  # below csv.field_size_limit(), so that this limit is always the one that speaks


class Row(NamedTuple):
    """One row: the physical line (1 is the first of the file) it starts on, and its cells as they stand.

    `sheet` names the sheet of a workbook whose orders go on past the first; there lines are those of that sheet.
    """

    line: int
    cells: list[str]
    sheet: str = ""


Score: TypeAlias = Callable[[Sequence[str]], int]  # how many of the wanted titles stand among these cells


@dataclass(frozen=True)
class Table:
    """A table being read. `rows` can be walked once; `lines` is the file's number of line ends, for a progress bar.

    `above` counts the rows over the header, `sheets` are those of a workbook that hold something else.
    """

    header: tuple[str, ...]
    header_line: int
    encoding: str
    delimiter: str
    lines: int
    rows: Iterator[Row]
    above: int = 0
    sheets: tuple[str, ...] = ()

    def positions(self, name: str) -> list[int]:
        """Where the columns called `name` stand, however its letters are cased, spaced or widened."""
        wanted = header_key(name)
        return [i for i, title in enumerate(self.header) if header_key(title) == wanted]


class FileTooLarge(Problem):
    """More bytes than are read in one go."""

    code = "file_too_large"
    status = 413
    sentence = _("The file is larger than %(megabytes)s MB.")
    next_step = _("Export a shorter period, or split the file, and bring in the parts one after another.")


class NotPlainText(Problem):
    """A spreadsheet, a PDF or a web page instead of a CSV file."""

    code = "not_plain_text"
    status = 422
    sentence = _("This is a spreadsheet or another kind of document, not a CSV file.")
    next_step = _(
        "Open it in Excel or WPS, choose “Save as”, then “CSV UTF-8 (comma delimited)”, and use that file."
    )


class UnreadableText(Problem):
    """Bytes that are no text in any encoding we know."""

    code = "unreadable_text"
    status = 422
    sentence = _("Line %(line)s holds bytes that are not text.")
    next_step = _("Download the export again; if it was edited, save it as “CSV UTF-8”.")


class EmptyTable(Problem):
    """No header, or no rows under it."""

    code = "empty_table"
    status = 422
    sentence = _("The file has no rows under its header line.")
    next_step = _("Check that the period you exported has orders, and download the export again.")


class BrokenQuotes(Problem):
    """A quotation mark that is never closed, or closed in the middle of a cell."""

    code = "broken_quotes"
    status = 422
    sentence = _("The row that starts on line %(line)s has a quotation mark that is not closed properly.")
    next_step = _("Look at that line in a text editor, or download the export again.")


class RowTooLong(Problem):
    """A row that does not end within the limit."""

    code = "row_too_long"
    status = 422
    sentence = _("The row that starts on line %(line)s is longer than %(limit)s characters.")
    next_step = _("Look at that line in a text editor, or download the export again.")


class TooManyRows(Problem):
    """More rows than are read in one go."""

    code = "too_many_rows"
    status = 413
    sentence = _("The file has more than %(limit)s rows.")
    next_step = _("Export a shorter period, or split the file, and bring in the parts one after another.")


class TooManyColumns(Problem):
    """A header no export has."""

    code = "too_many_columns"
    status = 422
    sentence = _("The header line has more than %(limit)s columns.")
    next_step = _("Check that this is the right file, and download the export again.")


def read_table(data: bytes, *, limits: Limits | None = None, score: Score | None = None) -> Table:
    """Find encoding, delimiter and header of `data`; the rows are read as the caller walks them.

    The header is the first row; with `score` the one of the first rows with the most wanted titles. Blank rows are
    skipped. Raises `FileTooLarge`, `NotPlainText`, `UnreadableText`, `EmptyTable`, `TooManyColumns`;
    and while reading the header or walking the rows `BrokenQuotes`, `RowTooLong`, `TooManyRows`.
    """
    limits = limits or Limits()
    if len(data) > limits.file_bytes:
        raise FileTooLarge(megabytes=limits.file_bytes // MEGABYTE)
    if data[:100].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(NOT_TABLES):
        raise NotPlainText
    encoding = _encoding(data)
    delimiter = _delimiter(data, encoding, limits, score)
    rows = _rows(_open(data, encoding), delimiter, limits)
    first = list(itertools.islice(rows, HEADER_WITHIN if score else 1))
    if not first:
        raise EmptyTable
    above = header_among(first, score) if score else 0
    header = first[above]
    check_width(header, limits)
    return Table(
        header=tuple(clean_cell(cell) for cell in header.cells),
        header_line=header.line,
        encoding=encoding,
        delimiter=delimiter,
        lines=max(data.count(b"\n"), data.count(b"\r")),
        rows=itertools.chain(first[above + 1 :], rows),
        above=above,
    )


def header_among(rows: Sequence[Row], score: Score) -> int:
    """Which of the first rows is the header: the one with the most wanted titles, else the first that is not narrow."""
    scores = [score(row.cells) for row in rows]
    if max(scores) > 0:
        return scores.index(max(scores))
    filled = [sum(1 for cell in row.cells if clean_cell(cell)) for row in rows]
    return next(i for i, count in enumerate(filled) if count >= FULL_ENOUGH * max(filled))


def check_width(header: Row, limits: Limits) -> None:
    """Raise `TooManyColumns` for a header no export has."""
    if len(header.cells) > limits.columns:
        raise TooManyColumns(limit=limits.columns)


def clean_cell(text: str) -> str:
    """The value a person sees: without blanks around it and without what keeps Excel from reading a number.

    Shop back-ends write long numbers as `="1234"`, behind a tab or behind an apostrophe, because Excel would round
    them; the marks are no part of the value.
    """
    plain = text.strip(INVISIBLE)
    if plain[:1] not in {"=", "'"}:
        return plain
    if plain.startswith('="') and plain.endswith('"') and len(plain) > 2:
        return plain[2:-1].replace('""', '"').strip(INVISIBLE)
    return plain[1:].strip(INVISIBLE).removesuffix("'") if plain.startswith("'") else plain


def header_key(name: str) -> str:
    """`name` without the differences nobody sees in a header: width, case, and blanks anywhere in it."""
    return "".join(unicodedata.normalize("NFKC", clean_cell(name)).casefold().split())


def printable(text: str, length: int = 40) -> str:
    """`text` fit for a message: one line, no control characters, cut at `length` characters."""
    plain = "".join(letter if letter.isprintable() else "�" for letter in text[: length + 1].strip())
    return plain if len(plain) <= length else plain[: length - 1] + "…"


def _encoding(data: bytes) -> str:
    """Marks decide; else UTF-8 if it is; else GB18030, in which Excel and most shop back-ends in China write.

    Almost any bytes can be read as GB18030, so a UTF-8 file with one broken byte would become nonsense rather than be
    refused: a first line that is good UTF-8 beyond ASCII settles that the file is meant as UTF-8.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(data, "utf-16")
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _is_wide_utf8(data.lstrip().splitlines()[0]):
            raise UnreadableText(line=_line_of(data, error.start)) from error
        return _checked(data, "gb18030")
    return "utf-8-sig"


def _is_wide_utf8(line: bytes) -> bool:
    try:
        return any(ord(letter) >= 0x3000 for letter in line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return False


def _checked(data: bytes, encoding: str) -> str:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableText(line=_line_of(data, error.start)) from error
    return encoding


def _line_of(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _open(data: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")


def _delimiter(data: bytes, encoding: str, limits: Limits, score: Score | None) -> str:
    """The delimiter that makes the first row widest; a comma where nothing separates anything.

    Where a header is looked for: the one under which most wanted titles are found, and else most rows are widest.
    """

    def fits(delimiter: str) -> tuple[int, int]:
        rows: list[Row] = []
        # quoted cells look broken under a delimiter that is not theirs; one that is really broken is said later
        with contextlib.suppress(BrokenQuotes):
            rows.extend(
                itertools.islice(
                    _rows(_open(data, encoding), delimiter, limits), HEADER_WITHIN if score else 1
                )
            )
        widths = Counter(len(row.cells) for row in rows).most_common(1)
        return max((score(row.cells) for row in rows), default=0) if score else 0, widths[0][
            0
        ] if widths else 0

    return max(DELIMITERS, key=fits)


class _Lines:
    """Feeds physical lines to `csv.reader` and remembers where the row began, so that no row can grow for ever."""

    def __init__(self, text: io.TextIOWrapper, limit: int) -> None:
        self._text = text
        self._limit = limit
        self._taken = 0
        self._number = 0
        self.start = 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._limit + 1)
        if not line:
            raise StopIteration
        self._taken += len(line)
        if self._taken > self._limit:
            raise RowTooLong(line=self.start, limit=self._limit)
        self._number += 1
        return line

    def next_row(self) -> None:
        """The row read so far is complete: the next line begins another."""
        self.start = self._number + 1
        self._taken = 0


def _rows(text: io.TextIOWrapper, delimiter: str, limits: Limits) -> Iterator[Row]:
    """Every row that is not blank. Blank ones count too: millions of them are as good an attack as any."""
    lines = _Lines(text, limits.row_chars)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for count in itertools.count():  # the header is row 0
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise BrokenQuotes(line=lines.start) from error
        if cells is None:
            return
        if count > limits.rows:
            raise TooManyRows(limit=limits.rows)
        if any(cell.strip(INVISIBLE) for cell in cells):
            yield Row(lines.start, cells)
        lines.next_row()
