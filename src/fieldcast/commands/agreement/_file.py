"""The file with cases: terms, order lines and facts of a period, each refused in words where it is none."""

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem

if TYPE_CHECKING:
    from fieldcast.agreements.composed import Facts, Line

MOST_BYTES = 64 * 1024 * 1024
MOST = 10**12  # of anything that a line counts: more is a slip
LONGEST = 60
CASE_KEYS = frozenset({"terms", "lines", "facts"})
# names, what somebody else worked out, and what only `what-if` reads
MORE_KEYS = frozenset({"id", "name", "expected", "grid", "chain", "promise"})


class NoCase(Problem):
    """The file holds no case that can be worked out."""

    code = "no_case"
    status = 422
    sentence = _("%(file)s cannot be worked out: %(reason)s.")
    next_step = _("Give a JSON object with terms, lines and facts, or a list of such.")

    def __init__(self, *, file: Path | str, reason: str) -> None:
        super().__init__(file=str(file), reason=reason)


def read_cases(file: Path) -> tuple[list[Mapping[str, Any]], bool]:
    """The cases of a file, and whether it is a list of them. Raises `NoCase`."""
    try:
        with file.open("rb") as opened:  # what is no file, such as a pipe, has no size beforehand
            read = opened.read(MOST_BYTES + 1)
        if len(read) > MOST_BYTES:
            raise NoCase(file=file, reason=f"> {MOST_BYTES // 1024 // 1024} MB")
        found = json.loads(read, object_pairs_hook=_each_once)
    except OSError as error:
        raise NoCase(file=file, reason=error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise NoCase(file=file, reason=str(error)) from error
    cases = found if isinstance(found, list) else [found]
    for at, case in enumerate(cases, start=1):
        if not isinstance(case, Mapping):
            raise NoCase(file=file, reason=f"case {at}: {type(case).__name__}")
        if unknown := set(case) - CASE_KEYS - MORE_KEYS:
            raise NoCase(file=file, reason=f"case {at}: {', '.join(sorted(map(str, unknown)))}")
        if "terms" not in case or not isinstance(case["terms"], Mapping):
            raise NoCase(file=file, reason=f"case {at}: terms")
    return cases, isinstance(found, list)


def read_case(file: Path) -> Mapping[str, Any]:
    """The one case of a file. Raises `NoCase`, also for a list of several."""
    cases, _listed = read_cases(file)
    if len(cases) != 1:
        raise NoCase(file=file, reason=f"{len(cases)}")
    return cases[0]


def lines_of(case: Mapping[str, Any], file: Path) -> list["Line"]:
    """The order lines of a case. Raises `NoCase`, naming the line."""
    from fieldcast.agreements.composed import Line  # noqa: PLC0415 — help need not wait for it

    rows = case.get("lines", [])
    if not isinstance(rows, list):
        raise NoCase(file=file, reason="lines")
    found = []
    for at, row in enumerate(rows, start=1):
        try:
            found.append(Line(**_typed(row, Line)))
        except (TypeError, ValueError) as error:
            raise NoCase(file=file, reason=f"lines[{at}]: {error}") from error
    return found


def facts_of(case: Mapping[str, Any], file: Path) -> "Facts":
    """The facts of a case's period; what is not said did not happen. Raises `NoCase`."""
    from fieldcast.agreements.composed.shapes import Facts, Late  # noqa: PLC0415 — as above

    said = case.get("facts", {})
    if not isinstance(said, Mapping):
        raise NoCase(file=file, reason="facts")
    try:
        rows = said.get("late", [])
        late = [Late(**_typed(row, Late)) for row in rows]
        facts = Facts(**{**_typed(said, Facts), "late": late})
        facts.check()
    except (TypeError, ValueError) as error:
        raise NoCase(file=file, reason=f"facts: {error}") from error
    return facts


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Raises `ValueError` for a name that stands twice: which of the two was agreed nobody can say."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"2 × {name!r:.60}")
        found[name] = value
    return found


def _typed(row: Any, kind: type) -> dict[str, Any]:
    """A row's values, where each is what its field of `kind` wants. Raises `TypeError` and `ValueError`."""
    if not isinstance(row, Mapping):
        raise TypeError(f"{row!r:.60}")
    fields = {one.name: one.type for one in dataclasses.fields(kind)}
    for name, value in row.items():
        wanted = fields.get(str(name))
        if wanted is None:
            raise TypeError(f"{name}: {', '.join(fields)}")
        if wanted in (int, str, bool) and type(value) is not wanted:
            raise TypeError(f"{name} = {value!r:.60}: {wanted.__name__}")
        if wanted is int and not -MOST <= value <= MOST:
            raise ValueError(f"{name}: ≤ {MOST:,}")
        if wanted is str and not (len(value) <= LONGEST and value.isprintable()):
            raise ValueError(f"{name} = {value!r:.60}: ≤ {LONGEST}")
    return {str(name): value for name, value in row.items()}
