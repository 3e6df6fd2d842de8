"""How agreements end: by notice on the day it says, or with a term that does not renew; told and asked before."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from fieldcast.agreements import ending, operations, queries
from fieldcast.agreements.composed.promise.validity import Validity
from fieldcast.agreements.problems import (
    AgreementEnded,
    AgreementNotBegun,
    NotAParty,
    NoticeStands,
    NoticeTooShort,
)
from fieldcast.agreements.reading import terms_from_json
from fieldcast.agreements.term import term_on
from fieldcast.agreements.types import VersionView
from fieldcast.desk import queries as desk
from fieldcast.desk.types import ItemState
from fieldcast.inbox.models import Message
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.offers.queries import check_in_force
from fieldcast.trade.offers.types import OfferState
from tests.factories.accounts import NOW, make_organisation
from tests.factories.composed import all_models, make_composed_sale
from tests.factories.market import Stall, everyone_agrees
from tests.factories.trade import make_offer, make_sale

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
CHINA = ZoneInfo("Asia/Shanghai")


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=CHINA)


def lasting(stall: Stall, begins: str, ends: str, *, renews: bool) -> VersionView:
    """The stall's composed terms, from a day to a day, agreed by all who signed before."""
    validity = {"kind": "validity", "from": begins, "until": ends, "renews": renews, "notice_days": 20}
    terms = {**all_models(stall.lot.product.code), "promise_clauses": [validity]}
    return operations.revise(
        by=stall.chief, agreement_id=stall.version.agreement_id, terms=terms_from_json(terms), now=NOW
    )


def test_a_party_gives_notice_and_nothing_is_sold_after_the_day_it_says() -> None:
    sale = make_sale()
    stall, agreement_id = sale.stall, sale.stall.version.agreement_id
    said: dict[str, Any] = {"agreement_id": agreement_id, "organisation_id": stall.host.id, "now": NOW}
    with pytest.raises(NoticeTooShort) as short:
        operations.give_notice(by=stall.presenter, ends_on=date(2026, 12, 21), **said)
    assert (short.value.facts["days"], short.value.facts["day"]) == (30, "2026-12-22")
    stranger = make_organisation(county_id=stall.county_id, kind=stall.host.kind, name="外人")
    with pytest.raises(NotAParty):
        operations.give_notice(
            by=stall.presenter, ends_on=date(2026, 12, 22), **{**said, "organisation_id": stranger.id}
        )
    for _again in range(2):
        seen = operations.give_notice(by=stall.presenter, ends_on=date(2026, 12, 22), why="另有安排", **said)
    assert (seen.last_day, seen.renews_on, seen.ended_at) == (date(2026, 12, 22), None, None)
    (notice,) = seen.notices
    assert (notice.organisation_id, notice.person, notice.why) == (stall.host.id, "秀兰", "另有安排")
    with pytest.raises(NoticeStands):
        operations.give_notice(by=stall.presenter, ends_on=date(2027, 1, 31), **said)
    heard = set(Message.objects.filter(kind="agreement_news").values_list("to_id", flat=True))
    assert heard == {stall.chief.pk, stall.driver.pk}  # and not whoever gave it

    assert trade_operations.end_agreements(now=at(date(2026, 12, 22))) == 0
    assert trade.offer(offer_id=sale.offer.id).state == OfferState.OPEN
    assert trade_operations.end_agreements(now=at(date(2026, 12, 23))) == 1
    assert trade_operations.end_agreements(now=at(date(2026, 12, 23))) == 0
    assert trade.offer(offer_id=sale.offer.id).state == OfferState.CLOSED
    assert queries.version(version_id=stall.version.id).ended
    with pytest.raises(AgreementEnded):
        trade_operations.plan_session(
            by=stall.chief,
            cooperative_id=stall.cooperative.id,
            host_id=stall.host.id,
            agreement_version_id=stall.version.id,
            now=NOW,
        )
    with pytest.raises(AgreementEnded):
        make_offer(stall, sale.session)
    with pytest.raises(AgreementEnded):
        operations.revise(
            by=stall.chief, agreement_id=agreement_id, terms=stall.version.terms, now=at(date(2026, 12, 23))
        )
    left = trade.left_under(version_ids=[stall.version.id], seller_id=stall.cooperative.id)
    assert (left.lines, left.fen, left.claims) == (0, 0, 0)


def test_what_runs_out_is_asked_about_and_ends_unless_it_is_renewed() -> None:
    sale, partners = make_composed_sale()
    stall = sale.stall
    version = lasting(stall, "2026-11-01", "2026-12-15", renews=False)
    everyone_agrees(stall, version.id)
    operations.consent(
        by=partners.brand_person, version_id=version.id, organisation_id=partners.brand.id, now=NOW
    )
    assert ending.ask_before_end(now=NOW) == 1
    item = desk.item_about(kind="agreement_ends", subject=str(version.id))
    assert item is not None
    assert item.owner.organisation_id == stall.cooperative.id
    assert (
        "2026-12-15" in Message.objects.filter(kind="agreement_news", to=stall.driver.pk).get().facts["day"]
    )
    assert ending.ask_before_end(now=NOW) == 1  # asked once, told once
    assert Message.objects.filter(kind="agreement_news", to=stall.driver.pk).count() == 1
    assert ending.over(today=date(2026, 12, 15)) == ()
    assert ending.over(today=date(2026, 12, 16)) == (version.agreement_id,)

    longer = lasting(stall, "2026-12-16", "2027-12-15", renews=True)
    assert ending.over(today=date(2026, 12, 16)) == (version.agreement_id,)  # until all have agreed to it
    everyone_agrees(stall, longer.id)
    operations.consent(
        by=partners.brand_person, version_id=longer.id, organisation_id=partners.brand.id, now=NOW
    )
    assert ending.ask_before_end(now=NOW) == 0
    asked = desk.item_about(kind="agreement_ends", subject=str(version.id))
    assert asked is not None
    assert asked.state == ItemState.WITHDRAWN
    assert ending.over(today=date(2029, 1, 1)) == ()
    seen = ending.outlook(agreement_id=longer.agreement_id, today=date(2028, 5, 1))
    assert (seen.renews_on, seen.notice_days) == (date(2028, 12, 16), 20)
    assert ending.ask_before_end(now=at(date(2027, 10, 27))) == 1
    told = Message.objects.filter(kind="agreement_news", to=stall.driver.pk).latest("id")
    assert (told.facts["what"], told.facts["until"]) == ("goes_on", "2027-11-25")
    with pytest.raises(AgreementNotBegun):
        check_in_force(session=replace(sale.session, agreement_version_id=longer.id), now=NOW)
    usable = queries.usable_of(organisation_id=stall.host.id, today=TODAY)
    assert [one.id for one in usable] == [version.id, longer.id]  # what holds until then is still sold under
    assert [one.id for one in queries.usable_of(organisation_id=stall.host.id, today=date(2026, 12, 16))] == [
        longer.id
    ]


@pytest.mark.parametrize(
    ("begins", "ends", "today", "term"),
    [
        ("2026-01-01", "2026-12-31", "2028-02-29", ("2028-01-01", "2028-12-31")),
        ("2026-03-15", "2026-09-14", "2027-01-01", ("2026-09-15", "2027-03-14")),
        ("2026-01-31", "2026-02-27", "2026-03-01", ("2026-02-28", "2026-03-27")),
        ("2026-05-01", "2026-05-01", "2026-05-03", ("2026-05-03", "2026-05-03")),
    ],
)
def test_as_long_again_is_as_many_months_or_days(
    begins: str, ends: str, today: str, term: tuple[str, str]
) -> None:
    clause = Validity(date.fromisoformat(begins), date.fromisoformat(ends), renews=True, notice_days=0)
    found = term_on(clause, date.fromisoformat(today))
    assert (found.begins.isoformat(), found.ends.isoformat()) == term
    assert found.ends >= date.fromisoformat(today)
    assert found.begins <= date.fromisoformat(today) + timedelta(days=1)
