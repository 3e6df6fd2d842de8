"""Which files of tests a run need not import, because none of their tests is asked for with `-m`.

Importing all of them takes a process ten seconds, and the two parts of `make test` have five. A file's own
text says how its tests are marked: `pytestmark` marks each of them, and what else is named may mark any. It is left
unread when what is asked for comes out false either way. A file named on the command line is read in any case.
"""

import importlib
import re
from collections.abc import Iterable
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
from _pytest.mark.expression import Expression

PAGES = (
    "pages"  # a folder's mark, not a file's: its tests draw whole pages, each a tenth of a second and more
)
PARTS = frozenset({"browser", "concurrency", "thorough", "soak", PAGES})  # what `make test` asks by
HERE = Path(__file__).parent
NAMED = re.compile(r"\bmark\.(\w+)")
OF_THE_FILE = re.compile(r"^pytestmark\b.*\n(?:[ \])].*\n)*", re.MULTILINE)


def of_the_folder(path: Path) -> frozenset[str]:
    """The part that a file's tests belong to by where it lies."""
    inside = path.relative_to(HERE).parts if path.is_relative_to(HERE) else ()
    return frozenset({PAGES}) if inside[:1] == ("web",) and inside[1:2] != ("base",) else frozenset()


def is_unread(text: str, *, asked: str, path: Path | None = None) -> bool:
    """Can no test of a file with this text, at this place, be asked for?"""
    wanted = Expression.compile(asked)
    if not wanted.idents() or not wanted.idents() <= PARTS:
        return False  # other marks may come from anywhere
    on_all = PARTS & {name for part in OF_THE_FILE.findall(text) for name in NAMED.findall(part)}
    on_all |= of_the_folder(path) if path else frozenset()
    on_some = sorted(PARTS & set(NAMED.findall(text)) - on_all)
    return not any(
        _matches(wanted, on_all | {name for name, is_on in zip(on_some, chosen, strict=True) if is_on})
        for chosen in product([False, True], repeat=len(on_some))
    )


def import_backwards(*, asked: str) -> None:
    """Import the files of a run from the last to the first; what cannot be imported is told when it is collected."""
    for path in sorted(HERE.rglob("test_*.py"), reverse=True):
        if not is_unread(path.read_text(encoding="utf-8"), asked=asked, path=path):
            with suppress(Exception, pytest.skip.Exception):
                importlib.import_module(".".join(path.relative_to(HERE.parent).with_suffix("").parts))


def marked_elsewhere(items: Iterable[pytest.Item]) -> list[str]:
    """Tests whose part is not said in their own file, so that it could be left unread by mistake."""
    named: dict[str, set[str]] = {}
    found = []
    for item in items:
        parts = PARTS & {mark.name for mark in item.iter_markers()} - of_the_folder(item.path)
        if not parts:
            continue
        file = str(item.path)
        if file not in named:
            named[file] = set(NAMED.findall(item.path.read_text(encoding="utf-8")))
        found += [f"{item.nodeid}: {name}" for name in sorted(parts - named[file])]
    return found


def _matches(wanted: Expression, marks: Iterable[str]) -> bool:
    on = set(marks)
    return wanted.evaluate(lambda name, /, **_said: name in on)
