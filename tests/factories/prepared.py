"""Scenes that are made once for each process of a run, in transactions around every test's own.

Most tests begin with one sale, which takes a hundred statements to make. It is made once, and each test finds it as
new, because its own transaction is rolled back to where the scene stood. A scene stands on another, and what is made
on top of it is again one:

    @scene(on=ordinary_sale)
    def with_a_parcel_on_its_way(sale: Sale) -> tuple[Sale, int]:
        return sale, make_order(sale, until="shipped").id

Whoever calls `with_a_parcel_on_its_way()` first in a test finds what was made; `tests/scenes.py` sees which tests do.
A test that must see an empty house, or that commits, says so: `pytest.mark.scene("bare")`, and
`django_db(transaction=True)` as ever.
"""

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from django.db import connection, transaction

T = TypeVar("T")
BARE: Final = "bare"


class Scene(Generic[T]):
    """What is made in one way, out of what the scene that it stands on made."""

    def __init__(self, make: Callable[[Any], T], *, on: "Scene[Any] | None") -> None:
        self.make = make
        self.on = on
        self.__doc__ = make.__doc__

    def __call__(self) -> T:
        """What was made, as new, for the first who asks in a test; made now for any other."""
        found: T | None = _take(self)
        return self.make(self.on() if self.on else None) if found is None else found

    @property
    def path(self) -> tuple["Scene[Any]", ...]:
        """What it stands on, from the ground up, and itself."""
        return (*(self.on.path if self.on else ()), self)

    @property
    def name(self) -> str:
        """Where it is written, for sorting and telling."""
        return f"{self.make.__module__}.{self.make.__qualname__}"


@dataclass(frozen=True)
class Several:
    """What a scene made that has more than one of a kind: whoever asks for one finds the next that nobody has."""

    of: Mapping[Scene[Any], Sequence[Any]]


_standing: list[tuple[Scene[Any], transaction.Atomic, Any]] = []
_taken = False  # the one on top, by somebody in this test
_given: Counter[Scene[Any]] = Counter()  # how many of a kind, where there are several
_allowed = False  # before there are tables, and after
_wanted: Scene[Any] | None = None  # by the test that began before there were tables


def scene(*, on: Scene[Any] | None) -> Callable[[Callable[[Any], T]], Scene[T]]:
    """What a function makes of what the scene below made is a scene."""
    return lambda make: Scene(make, on=on)


def begin() -> None:
    """There are tables now: scenes may be put up, and the one that was asked for before is."""
    global _allowed
    _allowed = True
    set_scene(_wanted)


def end() -> None:
    """Soon there are none."""
    global _allowed
    set_scene(None)
    _allowed = False


def set_scene(wanted: Scene[Any] | None) -> None:
    """Let the scene stand before a test's transaction begins, and take down what it does not stand on."""
    global _wanted, _taken
    _wanted = wanted
    _given.clear()
    path = wanted.path if wanted and _allowed else ()
    while standing() != path[: len(_standing)]:
        _take_down()
    for each in path[len(_standing) :]:
        _put_up(each)
    _taken = False


@contextmanager
def taken_down() -> Iterator[None]:
    """No scene stands within; afterwards the same stands again, on whatever connection there is then."""
    there = _wanted
    if _allowed:
        set_scene(None)
        connection.close()
    yield
    if _allowed:
        set_scene(there)


def standing() -> tuple[Scene[Any], ...]:
    """What stands, each on top of the one before it."""
    return tuple(each for each, _atomic, _made in _standing)


def _take(asked: Scene[T]) -> T | None:
    """What was made for whoever asks first in a test, if nothing was made on top of it."""
    global _taken
    if _taken or not _standing:
        return None
    top, _atomic, made = _standing[-1]
    if isinstance(made, Several):
        return _next_of(made.of.get(asked, ()), asked)
    if top is not asked:
        return None
    _taken = True
    found: T = copy.deepcopy(made)
    return found


def _next_of(made: Sequence[T], asked: Scene[T]) -> T | None:
    given = _given[asked]
    if given == len(made):
        return None
    _given[asked] += 1
    return copy.deepcopy(made[given])


def _put_up(each: Scene[Any]) -> None:
    global _taken
    _taken = True  # while it is made nobody finds what it is made of a second time
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]  # as Django's own tests: durable ones may nest in it
    atomic.__enter__()
    try:
        made = each.make(copy.deepcopy(_standing[-1][2]) if _standing else None)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # now, and not again after every test
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except BaseException:
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
        raise
    _standing.append((each, atomic, made))


def _take_down() -> None:
    _scene, atomic, _made = _standing.pop()
    transaction.set_rollback(True)
    atomic.__exit__(None, None, None)
