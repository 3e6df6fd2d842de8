"""A true notice that does not fit waits on the desk of the county's officers until somebody says what was done."""

from datetime import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import Role
from fieldcast.desk import operations as desk_operations
from fieldcast.desk import queries as desk
from fieldcast.desk.checks import wrong_items
from fieldcast.desk.models import Item
from fieldcast.desk.types import Deed, ItemView
from fieldcast.trade import operations, queries
from fieldcast.trade.models import PaymentNotice
from fieldcast.trade.payments.misfits import MISFIT, UNREAD
from fieldcast.trade.providers.interface import Event
from fieldcast.trade.types import NoticeOutcome
from fieldcast.web.shared.waiting import in_words
from tests.factories.accounts import NOW, make_county
from tests.factories.guards import behind_its_back
from tests.factories.trade import PRICE_FEN, Sale, later, make_sale, notice, paid_notice, place, send_notice
from tests.web.shared.desk import make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def sale() -> Sale:
    return make_sale()


@pytest.fixture
def officer(sale: Sale) -> Person:
    return make_officer(sale.stall.county_id)


def waits(person: Person) -> list[ItemView]:
    return [one for one in desk.waiting_for(person_id=person.pk) if one.kind == MISFIT.code]


def misfit(sale: Sale) -> NoticeOutcome:
    return send_notice(paid_notice(place(sale).order_id, amount_fen=PRICE_FEN - 1))


def send_unread(number: int, *, now: datetime = NOW) -> NoticeOutcome:
    """A notice that the provider signed and that says nothing we understand."""
    return send_notice({"number": number}, now=now)


def test_it_waits_for_every_officer_for_two_working_days_and_escalates_to_the_owner(
    sale: Sale, officer: Person
) -> None:
    assert misfit(sale) == NoticeOutcome.MISMATCHED
    (item,) = waits(officer)
    kept = PaymentNotice.objects.get()
    assert (item.subject, item.facts, item.county_id) == (
        str(kept.pk),
        {"about": kept.reference},
        sale.stall.county_id,
    )
    assert (item.owner.role, item.owner.person_id) == (Role.STAFF, None)
    assert item.escalates_to is not None
    assert item.escalates_to.role == Role.OWNER
    assert timezone.localtime(item.due_at).isoformat() == "2026-11-24T18:00:00+08:00", "after a Sunday"
    assert [step.deed for step in desk.steps_of(item_id=item.id)] == [Deed.OPENED]
    assert waits(sale.stall.chief) == []
    assert wrong_items().figure == 0


def test_it_is_asked_once_however_often_the_notice_comes(sale: Sale, officer: Person) -> None:
    content = paid_notice(place(sale).order_id, amount_fen=1)
    for _ in range(3):
        send_notice(content)
    assert len(waits(officer)) == 1


def test_what_fits_asks_nobody(sale: Sale, officer: Person) -> None:
    content = paid_notice(place(sale).order_id)
    assert [send_notice(content) for _ in range(2)] == [NoticeOutcome.APPLIED, NoticeOutcome.DUPLICATE]
    operations.receive_notice(provider="sandbox", headers={"x": "1"}, body=b"{}", now=NOW)
    assert waits(officer) == []


def test_those_that_nobody_can_read_are_asked_about_together(sale: Sale, officer: Person) -> None:
    county = sale.stall.county_id
    for number in range(10):
        assert send_unread(number) == NoticeOutcome.MISMATCHED
    (item,) = [one for one in desk.waiting_for(person_id=officer.pk) if one.kind == UNREAD.code]
    assert queries.misfits_waiting(county_id=county) == (item,)
    assert queries.unread_counts(items=[item]) == {item.id: 10}
    assert "10" in in_words(item, by=officer, now=NOW).asks
    rows = set(PaymentNotice.objects.values_list("id", flat=True))
    asked = queries.items_of_notices(notice_ids=rows)
    assert set(asked) == rows
    assert {one.id for one in asked.values()} == {item.id}
    desk_operations.answer(by=officer, item_id=item.id, words="支付方已更正", now=later(60))
    assert queries.misfits_waiting(county_id=county) == ()
    send_unread(10, now=later(120))
    (fresh,) = queries.misfits_waiting(county_id=county)
    counted = queries.unread_counts(items=[desk.item(item_id=item.id), fresh])
    assert counted == {item.id: 10, fresh.id: 1}


def test_of_nobodys_money_the_installations_own_county_is_asked(sale: Sale, officer: Person) -> None:
    far = make_officer(make_county("别的县"))
    stray = notice(Event.PAYMENT_SUCCEEDED, "P260101-00000000", PRICE_FEN)
    assert send_notice(stray) == NoticeOutcome.MISMATCHED
    assert [one.facts for one in waits(officer)] == [{"about": "P260101-00000000"}]
    assert waits(far) == []


def test_it_goes_with_the_notice_and_stays_with_it(sale: Sale, officer: Person) -> None:
    with transaction.atomic():
        misfit(sale)
        transaction.set_rollback(True)
    assert not PaymentNotice.objects.exists()
    assert waits(officer) == []


def test_a_county_without_an_authority_has_nobody_to_ask(sale: Sale) -> None:
    assert misfit(sale) == NoticeOutcome.MISMATCHED
    assert not Item.objects.filter(kind=MISFIT.code).exists()


def test_somebody_says_what_was_done_and_it_waits_no_more(sale: Sale, officer: Person) -> None:
    misfit(sale)
    (item,) = waits(officer)
    assert queries.misfits_waiting(county_id=sale.stall.county_id) == (item,)
    desk_operations.answer(by=officer, item_id=item.id, words="支付方多发了一次，已核对", now=later(60))
    assert waits(officer) == []
    assert queries.misfits_waiting(county_id=sale.stall.county_id) == ()
    assert queries.items_of_notices(notice_ids={int(item.subject)})[int(item.subject)].waits is False


def test_those_of_before_are_asked_about_too(sale: Sale, officer: Person) -> None:
    misfit(sale)
    behind_its_back("DELETE FROM desk_itemstep")
    behind_its_back("DELETE FROM desk_item")
    import_module("fieldcast.trade.migrations.0015_misfits_are_asked_about").ask(apps, connection)
    (item,) = waits(officer)
    assert item.facts == {"about": PaymentNotice.objects.get().reference}
    assert wrong_items().figure == 0
