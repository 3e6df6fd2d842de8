"""A scene that is made once for each process of a run, in a transaction around every test's own.

Most tests begin with one sale, which takes a hundred statements to make. It is made here, and each test finds it as
new, because its own transaction is rolled back to where the scene stood. A test that must see an empty house, or that
commits, says so: `pytest.mark.scene("bare")`, and `django_db(transaction=True)` as ever.

What the tests of one file have in common beyond that is put up on top of it, once a file, with the fixture `stand`:

    @pytest.fixture(scope="module")
    def made(stand: Stand) -> Sale:
        return stand(sale_with_an_order_in_every_state)

    @pytest.fixture
    def sale(db: None, made: Sale) -> Sale:
        return copy.deepcopy(made)
"""

import copy
from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar

from django.db import connection, transaction

T = TypeVar("T")
BARE: Final = "bare"
OF_A_FILE: Final = "of a file"
_making: dict[str, Callable[[Any], Any]] = {}
_standing: list[tuple[str, transaction.Atomic, Any]] = []
_taken: set[str] = set()
_allowed = False  # before there are tables, and after
_wanted = BARE  # by the test that began before there were tables


class Stand(Protocol):
    """Make what stands for all tests of a file, each of which finds it as new."""

    def __call__(self, make: Callable[[], T], /) -> T: ...


class OtherScene(AssertionError):
    """A test wants another scene than the one that its file's own stands on."""


def names() -> list[str]:
    """What stands, each on top of the one before it."""
    return [name for name, _atomic, _made in _standing]


def begin() -> None:
    """There are tables now: scenes may be put up, and the one that was asked for before is."""
    global _allowed
    _allowed = True
    set_scene(_wanted)


def end() -> None:
    """Soon there are none."""
    global _allowed
    set_scene(BARE)
    _allowed = False


def makes(name: str, make: Callable[[Any], Any]) -> None:
    """Say how a scene is made on top of those named before it, given what the last of them made."""
    _making[name] = make


def set_scene(name: str) -> None:
    """Let the scene stand before a test's transaction begins, and take down what it does not stand on."""
    global _wanted
    _wanted = name
    wanted = list(_making)[: list(_making).index(name) + 1] if _allowed and name != BARE else []
    if OF_A_FILE in names():
        if names()[: names().index(OF_A_FILE)] != wanted:
            raise OtherScene(
                f"a test wants the scene {name}, and what stands for its file stands on {names()}"
            )
        return
    while names() != wanted[: len(_standing)]:
        _take_down()
    for each in wanted[len(_standing) :]:
        _put_up(each, _making[each])
    _taken.clear()


def rest() -> None:
    """The test asks for no tables: a scene does not stand idle while many like it pass, what is of a file stays."""
    if OF_A_FILE not in names():
        set_scene(BARE)


def put_up_for_a_file(make: Callable[[], T]) -> T:
    """What is made stands on top of the scene until the file's tests are through."""
    return _put_up(OF_A_FILE, lambda _scene: make())


def take_down_of_a_file() -> None:
    """The file's tests are through."""
    while _standing and _standing[-1][0] == OF_A_FILE:
        _take_down()


def prepared(name: str) -> Any:
    """What was made, for the first who asks in a test, if nothing was made on top of it; else None."""
    if not _standing or _standing[-1][0] != name or name in _taken:
        return None
    _taken.add(name)
    return copy.deepcopy(_standing[-1][2])


def _put_up(name: str, make: Callable[[Any], T]) -> T:
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]  # as Django's own tests: durable ones may nest in it
    atomic.__enter__()
    try:
        made = make(copy.deepcopy(_standing[-1][2]) if _standing else None)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # now, and not again after every test
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except BaseException:
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
        raise
    _standing.append((name, atomic, made))
    return made


def _take_down() -> None:
    _name, atomic, _made = _standing.pop()
    transaction.set_rollback(True)
    atomic.__exit__(None, None, None)
