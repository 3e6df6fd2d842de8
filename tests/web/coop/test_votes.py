"""Members vote on their phones, the cooperative sees how it stands; what selling alone is like stands beside."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fieldcast.agreements.chain import operations as chain_operations
from fieldcast.agreements.chain.types import ChainStageView
from fieldcast.agreements.votes import queries as votes
from fieldcast.agreements.votes.types import Outcome
from fieldcast.kit.months import day_of
from fieldcast.web.shared.together import brought
from tests.factories.trade import later, make_sale
from tests.web.shared.desk import CHINESE, browser, make_farmer, make_officer, settle
from tests.web.shared.reading import english_in, error_beside, hidden, words

pytestmark = pytest.mark.django_db


def test_terms_go_to_the_members_who_read_them_on_the_phone_and_vote() -> None:
    stall = make_sale().stall
    chief, farmer = browser(stall.chief), browser(make_farmer(stall))
    assert "No vote yet" in words(chief.get("/coop/votes/"))
    page = chief.get("/coop/votes/")
    silent = chief.post("/coop/votes/rule/", {**hidden(page), "why": " "})
    assert silent.status_code == 422
    chief.post("/coop/votes/rule/", {**hidden(page), "why": "章程第九条"})
    assert "only once its members have passed them" in words(chief.get("/coop/votes/"))

    form = chief.get("/coop/votes/new/")
    end = timezone.localtime() + timedelta(days=3)
    asked = {**hidden(form), "question": "要不要买冷库？"}
    too_soon = chief.post("/coop/votes/new/", {**asked, "closes_at": "2020-01-01T20:00"})
    assert "open for an hour at least" in error_beside(too_soon, "closes_at")
    made, again = (
        chief.post("/coop/votes/new/", {**asked, "closes_at": f"{end:%Y-%m-%dT%H:%M}"}) for _t in range(2)
    )
    assert made["Location"] == again["Location"], "sent twice, called once"
    (ballot,) = votes.ballots_of(cooperative_id=stall.cooperative.id, now=timezone.now())

    assert "要不要买冷库？" in words(farmer.get("/farm/"))
    mine = f"/farm/votes/{ballot.id}/"
    assert "What do you say?" in words(farmer.get(mine))
    assert browser(stall.chief).get(mine).status_code == 403
    assert "You said: No" in words(farmer.post(mine, {"choice": "no"}, follow=True))
    assert farmer.post(mine, {"choice": "maybe"}).status_code == 200, "nothing is said by what is no choice"
    (over,) = votes.ballots_of(cooperative_id=stall.cooperative.id, now=timezone.now())
    assert over.outcome is Outcome.REJECTED  # the one member has spoken
    text = words(chief.get(f"/coop/votes/{ballot.id}/"))
    assert "not passed" in text
    assert "1 of 1 votes" in text
    read = browser(make_farmer(stall), language=CHINESE).get("/farm/cooperative/")
    assert english_in(read.content.decode()) == []
    assert "要不要买冷库？" in words(read)
    late = chief.post(f"/coop/votes/{ballot.id}/off/", {"why": "算了"})
    assert late.status_code == 422


def test_what_the_cooperative_brought_stands_beside_what_is_paid_at_the_field() -> None:
    sale = make_sale()
    stall, now = sale.stall, later(7200)
    settle(sale)
    chain_operations.write_chain(
        by=make_officer(stall.county_id),
        county_id=stall.county_id,
        product_code=stall.lot.product.code,
        units=1,
        stages=(ChainStageView(name="农户", fen=200, source="调查", day=day_of(now)),),
        consumer_fen=None,
        now=now,
    )
    chief = browser(stall.chief)
    known = {"parcel_minutes": "30", "request_minutes": "10", "source": "社员大会"}
    nowhere = chief.post("/coop/together/", {**known, "source": ""})
    assert error_beside(nowhere, "source")
    assert nowhere.status_code == 422
    chief.post("/coop/together/", known)
    found = brought(cooperative_id=stall.cooperative.id, county_id=stall.county_id, now=now)
    (price,) = found.prices
    # five jin in a box at a guaranteed 3.80, and the rebate on top
    assert (price.units, price.alone_fen) == (5, 200)
    assert price.more_fen == price.together_fen * 5 - 1000
    assert (found.hours.parcels, found.hours.hours) == (1, 0.5)
    text = words(chief.get("/coop/together/"))
    assert "What a household could get by itself nobody has written down." in text
