"""Which prepared scene a test begins with (`tests/factories/prepared.py`), read from what it and its fixtures call.

A test that asks for a scene finds it: an ordinary sale, a stall, or one of its own file. Who asks for a sale with
something out of the ordinary finds a stall, any other an empty house. What a test calls is followed through the
functions of `tests`; that it makes two of a kind is read from its own lines and its fixtures'. A wrong guess costs time
and nothing else: what does not stand is made when it is asked for.
"""

import inspect
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from tests.factories.market import ordinary_stall
from tests.factories.prepared import BARE, Scene
from tests.factories.trade import ordinary_sale, sale_and_stall, two_sales, two_stalls

COMMITS = frozenset({"transactional_db", "live_server", "server"})  # fixtures of tests that commit
ASKED_BY = (
    (re.compile(r"\bmake_sale\(\)"), ordinary_sale),
    (re.compile(r"\bmake_(sale|stall)\("), ordinary_stall),
)
MAKES = re.compile(r"\bmake_(sale|stall)\(\)")
# what stands for a test that makes both of these itself
PAIRS = {("sale", "sale"): two_sales, ("sale", "stall"): sale_and_stall, ("stall", "stall"): two_stalls}
MAKERS = frozenset({"make_sale", "make_stall"})  # whoever calls them is followed no further
HOLDER = "django_db_blocker"  # asked for by fixtures that open a transaction themselves
SCENES = {BARE: None, "stall": ordinary_stall, "sale": ordinary_sale}  # as `pytest.mark.scene` names them


_holding: set[Path] = set()


def look_at(items: Iterable[pytest.Item]) -> None:
    """Keep in mind the files with a transaction of their own around several tests: scenes may not change within."""
    for item in items:
        info = getattr(item, "_fixtureinfo", None)
        for one in (one for each in (info.name2fixturedefs.values() if info else ()) for one in each):
            is_ours = one.func.__module__.startswith("tests.")
            if is_ours and one.scope not in ("function", "session") and HOLDER in one.argnames:
                _holding.add(item.path)


def scene_of(item: pytest.Item) -> Scene[Any] | None:
    """The scene that a test begins with; None where that is an empty house, or it asks for no tables."""
    if said := item.get_closest_marker("scene"):
        return SCENES[said.args[0]]
    if not asks_for_tables(item) or _commits(item) or item.path in _holding:
        return None
    info = getattr(item, "_fixtureinfo", None)
    fixtures = info.name2fixturedefs.values() if info else ()
    functions = [getattr(item, "function", None), *(one.func for each in fixtures for one in each)]
    asked = set().union(*(_called(function) for function in functions))
    found = max(asked, key=lambda one: (len(one.path), one.name), default=None)
    return _pair(functions) or found if found in (ordinary_sale, ordinary_stall) else found


def _pair(functions: Iterable[Any]) -> Scene[Any] | None:
    """What stands where these make two of what is ordinary, and no more, in their own lines."""
    lines = (_text(one.__code__) for one in map(_plain, functions) if one is not None)
    return PAIRS.get(tuple(sorted(kind for text in lines for kind in MAKES.findall(text))))


def asks_for_tables(item: pytest.Item) -> bool:
    """Whether by mark or by fixture."""
    return item.get_closest_marker("django_db") is not None or "db" in getattr(item, "fixturenames", ())


def together(item: pytest.Item) -> tuple[bool, bool, tuple[str, ...]]:
    """Sorts tests of one scene behind each other, so that it is put up once, and those without tables last."""
    scene = scene_of(item)
    return not asks_for_tables(item), scene is None, tuple(one.name for one in scene.path) if scene else ()


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(
        COMMITS & set(getattr(item, "fixturenames", ())) or (marker and marker.kwargs.get("transaction"))
    )


@cache
def _called(function: Any) -> frozenset[Scene[Any]]:
    """The scenes that a function's own lines ask for, and those of the functions of tests which it calls."""
    found: set[Scene[Any]] = set()
    seen: set[Any] = set()
    waiting: list[Any] = [function]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Scene):
            found.add(one)
            continue
        one = _plain(one)
        if one is None or one in seen:
            continue
        seen.add(one)
        if one.__name__ not in MAKERS:
            text = _text(one.__code__)
            found.update(scene for asks, scene in ASKED_BY if asks.search(text))
            waiting += _named(one)
    return frozenset(found)


def _plain(value: Any) -> FunctionType | None:
    """A function that stands in a file of tests, without what is wrapped around it."""
    if isinstance(value, FunctionType):
        value = inspect.unwrap(getattr(getattr(value, "hypothesis", None), "inner_test", value))
    is_written = isinstance(value, FunctionType) and value.__code__.co_filename.endswith(".py")
    return value if is_written and value.__module__.startswith("tests.") else None


def _named(function: FunctionType) -> Iterator[Any]:
    """What a function's code names: functions, the methods of classes, what is named of modules."""
    names = {name for code in _codes(function.__code__) for name in code.co_names}
    for name in names:
        value = function.__globals__.get(name)
        if isinstance(value, ModuleType) and value.__name__.startswith("tests."):
            yield from (getattr(value, other, None) for other in names)
        elif isinstance(value, type) and value.__module__.startswith("tests."):
            yield from vars(value).values()
        else:
            yield value


def _codes(code: CodeType) -> Iterable[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _text(code: CodeType) -> str:
    last = max(line for one in _codes(code) for _start, _end, line in one.co_lines() if line)
    return "\n".join(_lines(code.co_filename)[code.co_firstlineno - 1 : last])


@cache
def _lines(file: str) -> list[str]:
    return Path(file).read_text(encoding="utf-8").splitlines()
