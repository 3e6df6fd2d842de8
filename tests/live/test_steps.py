"""What was done with a session is kept with who and when; so is who hid a line."""

import pytest
from django.db import IntegrityError, transaction

from fieldcast.live import operations
from fieldcast.live.models import Message, SessionStep
from fieldcast.live.types import MessageKind
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW
from tests.factories.trade import later, make_buyer, make_sale, make_session

pytestmark = pytest.mark.django_db


def steps(session_id: int) -> list[tuple[str, int | None, int | None, object]]:
    rows = SessionStep.objects.filter(session_id=session_id).order_by("id")
    return [(row.deed, row.offer_id, row.by_id, row.at) for row in rows]


def test_a_session_is_planned_opened_explained_and_ended_by_someone_at_some_time() -> None:
    sale = make_sale()
    chief, presenter = sale.stall.chief.pk, sale.stall.presenter
    for offer_id in (sale.offer.id, sale.offer.id, None):  # the same offer again is no step
        operations.explain(by=presenter, session_id=sale.session.id, offer_id=offer_id, now=later(10))
    trade_operations.end_session(by=presenter, session_id=sale.session.id, now=later(20))
    assert steps(sale.session.id) == [
        ("planned", None, chief, NOW),
        ("opened", None, chief, NOW),
        ("explained", sale.offer.id, presenter.pk, later(10)),
        ("explained", None, presenter.pk, later(10)),
        ("ended", None, presenter.pk, later(20)),
    ]


def test_a_session_that_was_moved_and_called_off_says_so() -> None:
    sale = make_sale()
    planned = make_session(sale.stall, open_=False)
    operations.reschedule(by=sale.stall.chief, session_id=planned.id, starts_at=later(900), now=later(5))
    trade_operations.cancel_session(by=sale.stall.presenter, session_id=planned.id, now=later(6))
    assert [(deed, by) for deed, _offer, by, _at in steps(planned.id)][1:] == [
        ("changed", sale.stall.chief.pk),
        ("cancelled", sale.stall.presenter.pk),
    ]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_nobody_rewrites_it(change: str) -> None:
    sale = make_sale()
    rows = SessionStep.objects.filter(session_id=sale.session.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(at=later(1)) if change == "update" else rows.delete()


def test_who_hid_a_line_first_and_why_is_kept() -> None:
    sale = make_sale()
    line = operations.say(
        by=make_buyer(sale), session_id=sale.session.id, text="加微信", kind=MessageKind.CHAT, now=NOW
    )
    operations.hide_message(by=sale.stall.presenter, message_id=line.id, now=later(1), why="广告")
    operations.hide_message(by=sale.stall.chief, message_id=line.id, now=later(2), why="别的")
    row = Message.objects.get(id=line.id)
    assert (row.hidden_by_id, row.hidden_at, row.hidden_why) == (sale.stall.presenter.pk, later(1), "广告")
