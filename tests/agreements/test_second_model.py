"""A second model is a list of clauses and nothing else: it is agreed, sold under, settled, explained on every page."""

from dataclasses import replace
from typing import Any

import pytest

from fieldcast.agreements import operations, queries, waterfalls
from fieldcast.agreements.calculation import explain, pack_sum, recompute, shares_of
from fieldcast.agreements.clauses import GUARANTEE, REBATE, REST
from fieldcast.agreements.clauses.interface import Clause
from fieldcast.agreements.problems import BasisUnsettled
from fieldcast.agreements.terms import Terms, following_a_model
from fieldcast.agreements.waterfalls.model import Model
from fieldcast.settlement.checks import settlement_imbalance
from fieldcast.settlement.models import Statement
from tests.agreements.second_model import CONSIGNMENT, WITH_BASE_PAY
from tests.agreements.sharing import earned, make_line
from tests.factories.accounts import NOW
from tests.factories.market import Stall, make_stall
from tests.factories.trade import Sale, make_offer, make_session
from tests.web.shared.desk import browser, make_farmer, settle
from tests.web.shared.reading import hidden, typed, words

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]  # a second model, from its terms to its pages
PARTS = {"farmer_bp": "60", "commission_bp": "2", "host_bp": "15"}
REST_OF_IT = {
    "host_fixed_fen_per_pack": "0",
    "logistics_fen_per_pack": "6.80",
    "after_sale": "0",
    "after_sale_unit": "minutes",
}


@pytest.fixture(autouse=True)
def several_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waterfalls, "BOOK", waterfalls.BOOK.adding(CONSIGNMENT, WITH_BASE_PAY))


def agree(stall: Stall, **last: str) -> Any:
    """Make an agreement by consignment on the pages, as far as the page after the last step; then save it."""
    client, address = browser(stall.chief), "/coop/agreements/new/"
    page: Any = client.get(address)
    who = {"name": "代销", "model": "consignment"}
    who |= {"host": str(stall.host.id), "carrier": str(stall.carrier.id)}
    for step in (who, PARTS, {**REST_OF_IT, **last}):
        page = client.post(address, {**hidden(page), "go": "next", **step})
        assert page.status_code == 200
    return page, client.post(address, {**hidden(page), "go": "save"})


def agreed_sale() -> Sale:
    """A live session that sells under the second model, agreed to by everyone."""
    stall = make_stall()
    agree(stall)
    version = next(
        one
        for one in queries.current_of(organisation_id=stall.cooperative.id)
        if following_a_model(one.terms).model is CONSIGNMENT
    )
    for person, party in ((stall.presenter, stall.host), (stall.driver, stall.carrier)):
        operations.consent(by=person, version_id=version.id, organisation_id=party.id, now=NOW)
    stall = replace(stall, version=version)
    session = make_session(stall)
    return Sale(stall=stall, session=session, offer=make_offer(stall, session))


def test_its_terms_are_asked_for_said_in_words_and_kept() -> None:
    stall = make_stall()
    last, saved = agree(stall)
    assert "The farmer gets 60% of sales." in words(last)
    assert "A sale is final 0 minutes after" in words(last)
    made = queries.current_of(organisation_id=stall.cooperative.id)[-1]
    assert saved["Location"] == f"/coop/agreements/{made.id}/"
    assert made.terms.to_json() == {
        "model": "consignment",
        "farmer_bp": 6000,
        "commission_bp": 200,
        "public_benefit": False,
        "host_bp": 1500,
        "host_fixed_fen_per_pack": 0,
        "logistics_fen_per_pack": 680,
        "after_sale_seconds": 0,
    }
    text = words(browser(stall.chief).get(saved["Location"]))
    assert "The carrier gets ¥6.80 for each box." in text
    assert "Farmer's part of the sale" in text  # worked out on a box


def test_the_first_model_is_what_a_new_agreement_begins_with() -> None:
    stall = make_stall()
    page = browser(stall.chief).get("/coop/agreements/new/")
    assert "How it is shared" in words(page)
    assert "Guaranteed prices" in words(page)  # the steps of the model that stands first


def test_its_version_is_revised_by_its_own_steps() -> None:
    sale = agreed_sale()
    client, address = browser(sale.stall.chief), f"/coop/agreements/{sale.stall.version.id}/revise/"
    page: Any = client.post(address, {**hidden(client.get(address)), "go": "next", "note": "涨"})
    assert typed(page, "farmer_bp") == "60"
    for step in ({**PARTS, "farmer_bp": "65"}, REST_OF_IT):
        page = client.post(address, {**hidden(page), "go": "next", **step})
    client.post(address, {**hidden(page), "go": "save"})
    newest = queries.versions_of(agreement_id=sale.stall.version.agreement_id)[0]
    assert (
        newest.number,
        following_a_model(newest.terms)["farmer_bp"],
        following_a_model(newest.terms).model,
    ) == (2, 6500, CONSIGNMENT)


def test_what_is_sold_under_it_is_settled_and_explained() -> None:
    sale = agreed_sale()
    settle(sale)
    # of ¥39.80: 60% farmer, 2% platform, 15% host, ¥6.80 carrier; the cooperative keeps the rest
    totals = dict(Statement.objects.values_list("role", "total_fen"))
    assert totals == {"farmer": 2388, "platform": 80, "host": 597, "carrier": 680, "cooperative": 235}
    assert settlement_imbalance().unexplained_fen == 0
    statement = Statement.objects.get(role="farmer")
    text = words(browser(make_farmer(sale.stall)).get(f"/statements/{statement.pk}/"))
    assert "Farmer's part of the sale 60% of ¥39.80 · clause 1" in text
    assert "＋23.88" in text.split()


def test_everyone_who_sells_under_it_sees_their_pages() -> None:
    sale = agreed_sale()
    chief, presenter = browser(sale.stall.chief), browser(sale.stall.presenter)
    session = f"sessions/{sale.session.id}/offers/new/?lot={sale.stall.lot.id}"
    for client, address in ((chief, f"/coop/{session}"), (presenter, f"/studio/{session}")):
        page = client.get(address)
        assert page.status_code == 200, address
    assert "platform 2%" in words(chief.get("/coop/agreements/"))


def test_the_sum_of_a_pack_names_its_own_costs() -> None:
    agreed = Terms(model="consignment", farmer_bp=6000, host_bp=1500, logistics_fen_per_pack=680)
    found = pack_sum(terms=agreed, product_code="anything", pack_units=5, price_fen=1000)
    assert found.promised == {"farmer_fen": 600, "carriage_fen": 680, "host_fen": 150}
    assert found.shortfall_fen == 430
    shares = shares_of(line=make_line(packs=1, price_fen=1000), terms=agreed)
    assert earned(shares, "cooperative") == -430
    assert [recompute(share) for share in shares] == [share.amount_fen for share in shares]
    assert explain(shares[-1], "en").startswith("−¥4.30 are left after costs")


def test_a_clause_on_a_whole_session_is_refused_before_it_is_agreed_and_never_settled() -> None:
    stall = make_stall()
    terms = Terms(model="with_base_pay", farmer_bp=6000, base_fen=10_000)
    for write in (
        lambda: operations.create_agreement(
            by=stall.chief,
            county_id=stall.county_id,
            name="保底出场费",
            cooperative_id=stall.cooperative.id,
            host_id=stall.host.id,
            carrier_id=stall.carrier.id,
            terms=terms,
            now=NOW,
        ),
        lambda: operations.revise(
            by=stall.chief, agreement_id=stall.version.agreement_id, terms=terms, now=NOW
        ),
        lambda: shares_of(line=make_line(), terms=terms),
    ):
        with pytest.raises(BasisUnsettled) as refused:
            write()
        assert "Clause 7, Base pay, is reckoned on a whole session" in english(refused.value)


def english(problem: Exception) -> str:
    from django.utils import translation

    with translation.override("en"):
        return str(problem)


@pytest.mark.parametrize(
    ("waterfall", "said"),
    [
        ({1: REST, 3: GUARANTEE}, "without a gap"),
        ({1: REBATE, 2: GUARANTEE, 3: REST}, "rebate needs guarantee before it"),
        ({1: GUARANTEE, 2: REBATE, 3: REST}, "each term is asked for in one step"),
    ],
)
def test_a_model_that_cannot_work_is_refused_where_it_is_written(
    waterfall: dict[int, Clause], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Model(name="wrong", title="Wrong", waterfall=waterfall, steps=())


def test_two_clauses_that_mean_different_things_by_one_key_are_refused() -> None:
    class Other(type(CONSIGNMENT.waterfall[1])):  # type: ignore[misc]  # made here so that only its title differs
        kinds = {"farmer_part": "Something else"}  # noqa: RUF012

    twisted = replace(CONSIGNMENT, name="twisted", waterfall={**CONSIGNMENT.waterfall, 1: Other()})
    with pytest.raises(ValueError, match="different things by farmer_part"):
        waterfalls.BOOK.adding(twisted)
