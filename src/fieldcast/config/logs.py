"""Logs with an end: each is set aside when it has grown long, also while it is written, and no line of ours is endless.

Whoever writes a log opened it to append, so it may be emptied under the writer, who goes on at its new end.
"""

import contextlib
import logging
import os
from pathlib import Path

LOG_BYTES = 5 * 1024 * 1024
LINE_LETTERS = 300
LAST_BYTES = 64 * 1024


class ShortLines(logging.Formatter):
    """Cuts every line: what strangers ask for stands in them, and an address may be as long as they like."""

    def format(self, record: logging.LogRecord) -> str:
        """The record, each of its lines at most `LINE_LETTERS` long."""
        return "\n".join(_cut(line) for line in super().format(record).splitlines())


def fresh_log(folder: Path, name: str) -> Path:
    """The log of that name, its former part set aside when it has grown long."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{name}.log"
    turn_over(log)
    return log


def turn_over(log: Path, *, old: Path | None = None) -> None:
    """Set the log aside as `old` (default `<name>.old.log` beside it) and empty it, when it has grown long.

    What is written in the moment between the copy and the emptying is lost, a few lines of a log that had grown long:
    to hold the writer still would stop the pages. Where the disk has no room for the copy, only the last lines stay:
    that logs end comes before keeping them. Raises `OSError` when not even that can be done.
    """
    if not log.exists() or log.stat().st_size <= LOG_BYTES:
        return
    aside = old or log.with_name(f"{log.stem}.old.log")
    draft = aside.with_suffix(".draft")
    try:
        with log.open("rb") as source, draft.open("wb") as target:
            source.seek(max(0, log.stat().st_size - LOG_BYTES))
            target.write(source.read(LOG_BYTES))  # not to its end, which moves on while it is read
        draft.replace(aside)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        last = _last_bytes(log, LAST_BYTES)
        os.truncate(log, 0)
        with log.open("ab") as file:
            file.write(last)
    else:
        os.truncate(log, 0)


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log, for a message that must explain a death."""
    if not log.exists():
        return ""
    return "\n".join(_last_bytes(log, 8192).decode(errors="replace").splitlines()[-count:])


def _last_bytes(log: Path, count: int) -> bytes:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - count))
        return file.read()


def _cut(line: str) -> str:
    return line if len(line) <= LINE_LETTERS else line[: LINE_LETTERS - 1] + "…"
