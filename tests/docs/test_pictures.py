"""The pictures show the house as it is: drawn again they come out the same, and a real sale goes the way they show."""

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from fieldcast.settlement import operations as settlement_operations
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from tests.docs import pages
from tests.docs.drawn import FOLDER, PICTURES, drawn
from tests.docs.drawn.house import layers_of, purposes
from tests.docs.drawn.sale import SOURCE, STEPS, Call
from tests.factories.accounts import NOW
from tests.factories.catalog import make_lot
from tests.factories.market import Stall, make_stall
from tests.factories.trade import Sale as Sold
from tests.factories.trade import make_offer, make_order

CALLS = [call for step in STEPS for call in (step.call, *step.calls)]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_one_the_house_gives(name: str) -> None:
    """When the house changed on purpose: `make pictures`."""
    assert (FOLDER / name).read_text(encoding="utf-8") == drawn(name)


def test_no_picture_is_kept_that_nobody_draws() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(PICTURES)


@pytest.mark.parametrize("page", ["the-house.md", "the-house.zh-CN.md"])
def test_the_page_shows_every_picture(page: str) -> None:
    text = (pages.DOCS / "explanation" / page).read_text(encoding="utf-8")
    assert all(f"(pictures/{name})" in text for name in PICTURES)


def test_every_room_of_the_picture_says_what_it_is_for() -> None:
    rooms = {room for layer in layers_of("fieldcast") for room in layer}
    assert rooms - set(purposes()) == set()
    chinese = (pages.DOCS / "explanation" / "the-house.zh-CN.md").read_text(encoding="utf-8")
    assert [room for room in sorted(rooms) if f"`{room}`" not in chinese] == []


def functions(path: Path) -> set[str]:
    """The functions and methods a file defines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_function_of_the_sale_stands_where_the_picture_says() -> None:
    for call in CALLS:
        if call.lane == "database":
            assert f"FUNCTION {call.function}(" in (SOURCE / call.file).read_text(encoding="utf-8")
        else:
            assert call.function in functions(SOURCE / call.file), call.place


def names(path: Path) -> set[str]:
    """The names a file uses of its own and of others."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return used | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def test_every_step_of_the_sale_is_begun_where_the_picture_says() -> None:
    assert [step.begun for step in STEPS if step.call.function not in names(SOURCE / step.begun)] == []


class Followed:
    """What of the picture was called since each of its steps began, in the order of first calls."""

    def __init__(self) -> None:
        self.steps: list[tuple[Call, list[Call]]] = []
        self._known = {
            (str(SOURCE / call.file), call.function): call for call in CALLS if call.lane != "database"
        }
        self._begins = {step.call for step in STEPS}
        self._inside: CodeType | None = None

    def __call__(self, frame: FrameType, event: str, _arg: Any) -> None:
        code = frame.f_code
        call = self._known.get((code.co_filename, code.co_name))
        if call is None:
            return
        if self._inside is None and event == "call" and call in self._begins:
            self.steps.append((call, []))
            self._inside = code
        elif event == "return" and code is self._inside:
            self._inside = None
        elif self._inside is not None and event == "call" and call not in self.steps[-1][1]:
            self.steps[-1][1].append(call)


@contextmanager
def followed() -> Iterator[Followed]:
    found, before = Followed(), sys.getprofile()
    sys.setprofile(found)
    try:
        yield found
    finally:
        sys.setprofile(before)


def sell(stall: Stall) -> None:
    """A sale from its harvest to the statement, through the operations that pages call."""
    make_lot(cooperative=stall.cooperative)
    session = trade_operations.plan_session(
        by=stall.chief,
        organiser_id=stall.cooperative.id,
        cooperative_id=stall.cooperative.id,
        host_id=stall.host.id,
        agreement_version_id=stall.version.id,
        title="河湾黄桃 早采现发",
        starts_at=NOW,
        now=NOW,
    )
    offer = make_offer(stall, session)
    opened = trade_operations.open_session(by=stall.chief, session_id=session.id, now=NOW)
    order = make_order(Sold(stall=stall, session=opened, offer=offer), until="received")
    trade_operations.tell_lots(now=NOW)
    until = trade.order(order_id=order.id).after_sale_until
    assert until is not None
    trade_operations.close_due(now=until)
    assert settlement_operations.settle_due(now=until + timedelta(seconds=1)).statements > 0


@pytest.mark.django_db
def test_a_real_sale_goes_the_way_the_picture_shows() -> None:
    stall = make_stall()
    with followed() as way:
        sell(stall)
    assert [call.place for call, _calls in way.steps] == [step.call.place for step in STEPS]
    for (_call, met), step in zip(way.steps, STEPS, strict=True):
        wanted = [call for call in step.calls if call.lane != "database"]
        assert [call.place for call in met if call in wanted] == [call.place for call in wanted]
