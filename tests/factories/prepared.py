"""A scene that is made once for each process of a run, in a transaction around every test's own.

Most tests begin with one sale, which takes a hundred statements to make. It is made here, and each test finds it as
new, because its own transaction is rolled back to where the scene stood. A test that must see an empty house, or that
commits, says so: `pytest.mark.scene("bare")`, and `django_db(transaction=True)` as ever.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, transaction

BARE: Final = "bare"
_making: dict[str, Callable[[Any], Any]] = {}
_standing: list[tuple[str, transaction.Atomic, Any]] = []
_taken: set[str] = set()
_allowed = False  # before there are tables, and after


def ready() -> bool:
    """Are there tables to make a scene in?"""
    return _allowed


@contextmanager
def allowed() -> Iterator[None]:
    """Scenes may be put up inside."""
    global _allowed
    _allowed = True
    yield
    _allowed = False


def makes(name: str, make: Callable[[Any], Any]) -> None:
    """Say how a scene is made on top of those named before it, given what the last of them made."""
    _making[name] = make


def set_scene(name: str) -> None:
    """Let the scene stand before a test's transaction begins, and take down what it does not stand on."""
    wanted = list(_making)[: list(_making).index(name) + 1] if name != BARE else []
    while [each for each, _atomic, _made in _standing] != wanted[: len(_standing)]:
        _take_down()
    for each in wanted[len(_standing) :]:
        _put_up(each)
    _taken.clear()


def prepared(name: str) -> Any:
    """What was made, for the first who asks in a test, if nothing was made on top of it; else None."""
    if not _standing or _standing[-1][0] != name or name in _taken:
        return None
    _taken.add(name)
    return copy.deepcopy(_standing[-1][2])


def _put_up(name: str) -> None:
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]  # as Django's own tests: durable ones may nest in it
    atomic.__enter__()
    _taken.clear()
    made = _making[name](copy.deepcopy(_standing[-1][2]) if _standing else None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # now, and not again after every test
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    _standing.append((name, atomic, made))


def _take_down() -> None:
    _name, atomic, _made = _standing.pop()
    transaction.set_rollback(True)
    atomic.__exit__(None, None, None)
