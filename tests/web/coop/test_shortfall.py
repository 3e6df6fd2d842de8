"""A box beside what is promised from it: shown before it is offered, refused when it falls short, covered by a tick."""

from typing import Any

import pytest

from fieldcast.live.types import SessionView
from fieldcast.trade import queries as trade
from fieldcast.trade.models import ShortfallCover
from tests.factories.accounts import NOW
from tests.factories.cover import give_deposit
from tests.factories.market import Stall, make_stall
from tests.factories.trade import make_offer, make_session
from tests.web.shared.desk import browser
from tests.web.shared.reading import error_beside, hidden, words

pytestmark = pytest.mark.django_db
BOXES = {"title": "黄桃", "pack_units": "5", "price": "20", "units": "10", "per_buyer_limit": "3"}
TICK = 'name="covers_shortfall"'


def offer(stall: Stall, session: SessionView, *, face: str = "coop", **changes: str) -> Any:
    client = browser(stall.chief if face == "coop" else stall.presenter)
    address = f"/{face}/sessions/{session.id}/offers/new/"
    form = hidden(client.get(f"{address}?lot={stall.lot.id}"))
    return client.post(address, {**form, **BOXES, **changes})


def test_what_is_promised_from_a_box_is_shown_beside_its_price() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    address = f"/coop/sessions/{session.id}/offers/sum/"
    asked: dict[str, Any] = {**BOXES, "lot": stall.lot.id, "price": "39.80"}
    page = browser(stall.chief).get(address, asked)
    assert "Guaranteed purchase ¥19.00 Delivery borne by the cooperative ¥6.61" in words(page)
    assert "Left of the price ＋9.82" in words(page)
    assert TICK not in page.content.decode()
    short = browser(stall.presenter).get(address, {**asked, "price": "20"})
    assert "¥20.00 do not carry ¥28.80: ¥8.80 are missing for each pack ¥88.00 for 10 packs." in words(short)
    assert TICK not in short.content.decode()
    assert TICK in browser(stall.chief).get(address, {**asked, "price": "20"}).content.decode()
    assert words(browser(stall.chief).get(address, dict[str, Any](lot=stall.lot.id, price="x"))) == ""


@pytest.mark.parametrize("face", ["coop", "studio"])
def test_a_price_that_falls_short_is_refused_beside_it(face: str) -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    refused = offer(stall, session, face=face)
    assert refused.status_code == 422
    assert "¥8.80 are missing for each pack" in error_beside(refused, "price")
    assert (TICK in refused.content.decode()) == (face == "coop")
    assert trade.offers_of_session(session_id=session.id) == ()


def test_the_cooperative_ticks_that_it_covers_the_difference() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    assert "¥88.00 are missing." in words(offer(stall, session, covers_shortfall="1"))
    give_deposit(stall, 8_800)
    assert offer(stall, session, covers_shortfall="1").status_code == 302
    assert ShortfallCover.objects.get().by == stall.chief


def test_a_lower_price_asks_for_the_tick_too() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    give_deposit(stall, 8_800)
    made = make_offer(stall, session, packs=10)
    address = f"/coop/sessions/offers/{made.id}/"
    client = browser(stall.chief)
    refused = client.post(address, {"what": "price", "price": "20"})
    assert TICK in refused.content.decode()
    meant = {"what": "price", "price": "20", "covers_shortfall": "1", "confirms_jump": "1"}
    assert client.post(address, meant).status_code == 302
    assert trade.offer(offer_id=made.id).price_fen == 2000
    assert "missing for each pack" in words(client.get(f"{address}sum/"))
    assert NOW
