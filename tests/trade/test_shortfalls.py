"""A price that does not carry what is promised from it is refused, unless the cooperative covers it and can."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override

from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.cover.problems import DepositBound, FundTooSmall, SlipUsed
from fieldcast.agreements.terms import Terms
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.ledger import queries as ledger
from fieldcast.settlement.operations import settle_due
from fieldcast.trade import operations, queries
from fieldcast.trade.models import Offer, ShortfallCover
from fieldcast.trade.offers.sessions import open_session
from fieldcast.trade.problems import BelowDeductions, CoverNotYours, CoverTooSmall
from tests.factories.accounts import NOW, make_member
from tests.factories.cover import give_deposit, make_fund, make_officer, slip
from tests.factories.market import Stall, everyone_agrees, make_stall
from tests.factories.terms import make_terms
from tests.factories.trade import (
    HOLD_SECONDS,
    Sale,
    everything,
    later,
    make_offer,
    make_order,
    make_sale,
    make_session,
    place,
)

pytestmark = pytest.mark.django_db
PRICE = 2000  # a pack that carries ¥19.00 + ¥7.60 of delivery + ¥2.20 of fees: ¥8.80 short
SHORT = 880


def refused(problem: type[Problem], call: Callable[[], Any]) -> Problem:
    before = everything()
    with pytest.raises(problem) as raised, transaction.atomic():
        call()
    assert everything() == before
    return raised.value


def below(stall: Stall, session: Any, **changes: Any) -> Any:
    return make_offer(stall, session, **{"price_fen": PRICE, "packs": 10, **changes})


def test_an_offer_below_its_deductions_is_refused_with_every_figure() -> None:
    stall = make_stall()
    session = make_session(stall)
    problem = refused(BelowDeductions, lambda: below(stall, session))
    with override("en"):
        assert "sells for ¥20.00, and ¥28.80 of it are promised" in problem.message
        assert "¥8.80 are missing for each pack, ¥88.00 for 10 packs" in problem.message


def test_fifty_cents_of_sales_with_a_fortune_of_delivery_begin_nowhere() -> None:
    terms = make_terms(logistics_fen_per_pack=1_000_000).changed(guarantee_fen={"peach": 10_000})
    stall = make_stall(terms=terms)
    session = make_session(stall)
    refused(BelowDeductions, lambda: below(stall, session, price_fen=1, pack_units=1, packs=50))
    refused(
        CoverTooSmall,
        lambda: below(stall, session, price_fen=1, pack_units=1, packs=50, covers_shortfall=True),
    )


def test_the_cooperative_covers_the_difference_in_someones_name_and_with_money_behind_it() -> None:
    stall = make_stall()
    session = make_session(stall)
    give_deposit(stall, 10 * SHORT - 1)
    problem = refused(CoverTooSmall, lambda: below(stall, session, covers_shortfall=True))
    with override("en"):
        assert "¥88.00 in all" in problem.message
        assert "¥0.01 are missing" in problem.message
    give_deposit(stall, 1)
    offer = below(stall, session, covers_shortfall=True)
    promise = ShortfallCover.objects.get(offer_id=offer.id)
    assert (promise.by_id, promise.shortfall_fen, promise.packs) == (stall.chief.pk, SHORT, 10)
    assert queries.pledge_of(cooperative_id=stall.cooperative.id).total_fen == 10 * SHORT


def test_a_host_cannot_promise_in_the_cooperatives_name() -> None:
    stall = make_stall()
    session = make_session(stall)
    give_deposit(stall, 1_000_000)
    call: dict[str, Any] = {
        "by": stall.presenter, "session_id": session.id, "lot_id": stall.lot.id, "title": "桃", "pack_units": 5,
        "price_fen": PRICE, "packs": 10, "per_buyer_limit": 3, "now": NOW,
    }  # fmt: skip
    refused(CoverNotYours, lambda: operations.offer(**call, covers_shortfall=True))
    refused(BelowDeductions, lambda: operations.offer(**call))


def test_a_price_lowered_later_is_held_against_the_deductions_too() -> None:
    sale = make_sale(packs=10)
    chief, offer_id = sale.stall.chief, sale.offer.id

    def lower(price_fen: int, *, covers_it: bool = False, by: Any = chief) -> Any:
        return operations.change_price(
            by=by,
            offer_id=offer_id,
            price_fen=price_fen,
            now=NOW,
            covers_shortfall=covers_it,
            confirms_jump=True,
        )

    assert lower(3000).price_fen == 3000
    refused(BelowDeductions, lambda: lower(PRICE))
    refused(CoverTooSmall, lambda: lower(PRICE, covers_it=True))
    give_deposit(sale.stall, 10 * SHORT)
    refused(CoverNotYours, lambda: lower(PRICE, covers_it=True, by=sale.stall.presenter))
    assert lower(PRICE, covers_it=True).price_fen == PRICE
    refused(BelowDeductions, lambda: lower(PRICE - 1))  # a promise of ¥8.80 is not one of ¥8.81
    assert lower(PRICE + 100).price_fen == PRICE + 100
    assert lower(PRICE).price_fen == PRICE  # promised before


def test_more_packs_later_need_a_new_promise() -> None:
    sale = make_sale(price_fen=PRICE, packs=10, deposit_fen=15 * SHORT)
    chief, offer_id = sale.stall.chief, sale.offer.id

    def resize(packs: int, *, covers_it: bool = False) -> Any:
        return operations.change_packs(
            by=chief, offer_id=offer_id, packs=packs, now=NOW, covers_shortfall=covers_it
        )

    refused(BelowDeductions, lambda: resize(11))
    refused(CoverTooSmall, lambda: resize(16, covers_it=True))
    assert resize(15, covers_it=True).packs == 15
    assert resize(5).packs == 5


def test_an_offer_that_became_short_before_the_session_opened_stops_its_opening() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    offer = make_offer(stall, session)
    Offer.objects.filter(id=offer.id).update(price_fen=PRICE)  # as before prices were held against deductions
    refused(BelowDeductions, lambda: open_session(by=stall.chief, session_id=session.id, now=NOW))


def test_a_promise_that_nothing_stands_behind_any_more_stops_the_opening() -> None:
    stall = make_stall()
    officer = give_deposit(stall, 10 * SHORT)
    session = make_session(stall, open_=False)
    offer = below(stall, session, covers_shortfall=True)
    Offer.objects.filter(id=offer.id).update(packs=1)
    operations.give_deposit_back(
        by=officer, cooperative_id=stall.cooperative.id, amount_fen=9 * SHORT, slip=slip(), now=NOW
    )
    Offer.objects.filter(id=offer.id).update(packs=10)
    refused(CoverTooSmall, lambda: open_session(by=stall.chief, session_id=session.id, now=NOW))
    give_deposit(stall, 9 * SHORT, by=officer)
    assert open_session(by=stall.chief, session_id=session.id, now=NOW).state == "live"


def test_terms_changed_later_are_held_against_the_price_when_something_is_offered_under_them() -> None:
    stall = make_stall()
    session = make_session(stall)
    make_offer(stall, session, packs=10)
    dear = Terms.from_json({**stall.version.terms.to_json(), "logistics_fen_per_pack": 3000})
    version = agreements_operations.revise(
        by=stall.chief, agreement_id=stall.version.agreement_id, terms=dear, now=NOW
    )
    everyone_agrees(stall, version.id)
    refused(
        BelowDeductions,
        lambda: make_offer(stall, session, packs=10, agreement_version_id=version.id),
    )
    assert queries.pledge_of(cooperative_id=stall.cooperative.id).total_fen == 0


def test_sold_packs_stay_pledged_until_they_are_settled() -> None:
    sale = make_sale(price_fen=PRICE, packs=4, deposit_fen=4 * SHORT)
    cooperative_id = sale.stall.cooperative.id
    make_order(sale, until="closed", packs=3)
    assert queries.pledge_of(cooperative_id=cooperative_id).total_fen == 4 * SHORT
    settle_due(now=later(3600))
    pledge = queries.pledge_of(cooperative_id=cooperative_id)
    assert (pledge.offers_fen, pledge.lines_fen) == (SHORT, 0)
    assert cover.cover_of(cooperative_id=cooperative_id).deposit_fen == SHORT


def test_packs_that_come_back_to_a_cheaper_offer_were_pledged_all_along() -> None:
    sale = make_sale(packs=10)
    place(sale, packs=3)
    make_order(sale, until="paid", packs=3)
    make_order(sale, until="shipped", packs=3)
    chief, offer_id = sale.stall.chief, sale.offer.id

    def lower() -> Any:
        return operations.change_price(
            by=chief, offer_id=offer_id, price_fen=PRICE, now=NOW, covers_shortfall=True, confirms_jump=True
        )

    give_deposit(sale.stall, 7 * SHORT - 1)  # one is left, six may come back, three are sent at the old price
    refused(CoverTooSmall, lower)
    give_deposit(sale.stall, 1)
    lower()
    operations.expire_due(now=later(HOLD_SECONDS))
    pledge = queries.pledge_of(cooperative_id=sale.stall.cooperative.id)
    assert (pledge.offers_fen, pledge.lines_fen) == (4 * SHORT, 3 * SHORT)


def test_a_deposit_goes_back_as_far_as_it_stands_behind_nothing() -> None:
    sale = make_sale(price_fen=PRICE, packs=10, deposit_fen=12 * SHORT)
    officer = make_officer(sale.stall.county_id)
    cooperative_id = sale.stall.cooperative.id

    def give_back(amount_fen: int, number: str) -> Any:
        return operations.give_deposit_back(
            by=officer, cooperative_id=cooperative_id, amount_fen=amount_fen, slip=number, now=NOW
        )

    refused(DepositBound, lambda: give_back(2 * SHORT + 1, "BACK-1"))
    assert not give_back(2 * SHORT, "BACK-2").repeated
    assert give_back(2 * SHORT, "back-2").repeated
    assert cover.cover_of(cooperative_id=cooperative_id).deposit_fen == 10 * SHORT
    with pytest.raises(NotFound):
        operations.give_deposit_back(
            by=sale.stall.chief, cooperative_id=cooperative_id, amount_fen=1, slip="BACK-3", now=NOW
        )


def test_a_bank_slip_counts_once() -> None:
    stall = make_stall()
    officer = make_officer(stall.county_id)

    def receive(amount_fen: int) -> Any:
        return cover_operations.receive_deposit(
            by=officer, cooperative_id=stall.cooperative.id, amount_fen=amount_fen, slip="A-0001", now=NOW
        )

    assert [receive(5000).repeated for _ in range(3)] == [False, True, True]
    refused(SlipUsed, lambda: receive(5001))
    assert ledger.balance(party=stall.cooperative.party, purpose="deposit").balance_fen == 5000
    assert ledger.balance(party="outside:bank", purpose="world").balance_fen == -5000


def test_a_fund_promises_no_more_than_it_has() -> None:
    first, other = make_stall(), make_stall()
    officer = make_officer(first.county_id)
    fund = make_fund(first, cash_fen=10_000, limit_fen=7_000, by=officer)
    with pytest.raises(FundTooSmall):
        operations.set_backing(
            by=officer, fund_id=fund.id, cooperative_id=first.cooperative.id, limit_fen=10_001, now=NOW
        )
    with pytest.raises(Problem):  # a cooperative of another county
        operations.set_backing(
            by=officer, fund_id=fund.id, cooperative_id=other.cooperative.id, limit_fen=1, now=NOW
        )
    assert cover.cover_of(cooperative_id=first.cooperative.id).room_fen == 7_000


def test_a_limit_is_not_lowered_below_what_is_pledged_on_it() -> None:
    stall = make_stall()
    officer = make_officer(stall.county_id)
    fund = make_fund(stall, cash_fen=10 * SHORT, by=officer)
    session = make_session(stall)
    below(stall, session, covers_shortfall=True)
    lower: dict[str, Any] = {
        "by": officer,
        "fund_id": fund.id,
        "cooperative_id": stall.cooperative.id,
        "now": NOW,
    }
    refused(CoverTooSmall, lambda: operations.set_backing(**lower, limit_fen=10 * SHORT - 1))
    assert cover.cover_of(cooperative_id=stall.cooperative.id).room_fen == 10 * SHORT


def test_only_those_who_answer_for_the_countys_authority_write_money_down() -> None:
    from fieldcast.accounts.types import OrganisationKind, Role
    from tests.factories.accounts import make_organisation

    stall = make_stall()
    authority = make_organisation(county_id=stall.county_id, kind=OrganisationKind.AUTHORITY)
    people = (
        stall.chief,
        stall.presenter,
        make_officer(make_stall().county_id),
        make_member(organisation=authority, role=Role.STAFF),
    )
    fund = make_fund(stall, cash_fen=100)
    amount: dict[str, Any] = {"amount_fen": 100, "slip": "X-0001", "now": NOW}
    to: dict[str, Any] = {"cooperative_id": stall.cooperative.id}
    for call in (
        partial(cover_operations.receive_deposit, **to, **amount),
        partial(cover_operations.receive_for_fund, fund_id=fund.id, **amount),
        partial(cover_operations.found_fund, county_id=stall.county_id, name="我的基金", now=NOW),
        partial(operations.set_backing, **to, fund_id=fund.id, limit_fen=1, now=NOW),
        partial(operations.give_deposit_back, **to, **amount),
    ):
        for person in people:
            refused(NotFound, partial(call, by=person))


def test_three_of_one_gang_get_nothing_out_of_the_platform() -> None:
    """A household, a carrier and a cooperative that belong together buy their own packs for a cent each."""
    sale = Sale(stall=(stall := make_stall()), session=make_session(stall), offer=None)  # type: ignore[arg-type]
    honest = make_sale()
    make_order(honest, until="closed", packs=3)
    with pytest.raises(CoverTooSmall), transaction.atomic():
        below(stall, sale.session, price_fen=1, covers_shortfall=True)
    offer = make_offer(stall, sale.session, packs=10)
    Offer.objects.filter(id=offer.id).update(price_fen=1)  # by whatever hole
    gang = replace(sale, offer=queries.offer(offer_id=offer.id))
    for _ in range(3):
        make_order(gang, until="closed", packs=3)
    result = settle_due(now=later(3600))
    assert result.waiting == 3
    parties = (stall.cooperative, stall.carrier, stall.host)
    assert all(ledger.balance(party=one.party, purpose="wallet").balance_fen == 0 for one in parties)
    assert ledger.balance(party="outside:bank", purpose="world").balance_fen == result.payout_fen
    assert result.gross_fen == 3 * 3980
