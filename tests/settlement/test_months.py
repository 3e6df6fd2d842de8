"""A month's lines are carried by that month's, and by what the months before left of the cover."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from fieldcast.agreements.calculation import Share
from fieldcast.agreements.cover.types import Cover, Room, Take
from fieldcast.settlement.covering import plan, plan_months
from fieldcast.settlement.shares import Shared

NOVEMBER, DECEMBER = datetime(2026, 11, 30, 15, 0, tzinfo=UTC), datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
ROOM = Room(fund_id=7, name="", name_en="", limit_fen=100, owed_fen=0, room_fen=25)
COVER = Cover(cooperative_id=1, deposit_fen=50, rooms=(ROOM,), owed_fen=0)


def line(number: int, finished_at: datetime, seller_fen: int) -> Shared:
    """A line that leaves its seller so much."""
    share = Share(
        party="org:1", role="cooperative", clause=8, kind="rest", formula="", inputs={}, amount_fen=seller_fen
    )
    said = SimpleNamespace(order_line_id=number, finished_at=finished_at)
    return Shared(line=cast(Any, said), version=cast(Any, None), shares=(share,))


def numbers(lines: tuple[Shared, ...]) -> list[int]:
    return [one.line.order_line_id for one in lines]


def test_what_one_month_leaves_carries_no_other() -> None:
    lines = [line(1, NOVEMBER, 100), line(2, DECEMBER, -80), line(3, DECEMBER, -60)]
    assert numbers(plan(shared=lines, cover=COVER).settled) == [1, 2, 3]
    found = plan_months(shared=lines, cover=COVER)
    assert (numbers(found.settled), numbers(found.waiting)) == ([1, 3], [2])
    assert found.takes == (Take(None, 50), Take(7, 10))


def test_what_one_month_draws_the_next_has_no_more() -> None:
    lines = [line(1, DECEMBER, -20), line(2, NOVEMBER, -60)]
    found = plan_months(shared=lines, cover=COVER)
    assert (numbers(found.settled), numbers(found.waiting)) == ([2], [1])
    left = COVER.without(found.takes)
    assert (left.deposit_fen, left.total_fen, left.owed_fen) == (0, 15, 10)
    assert left.rooms[0].owed_fen == 10
