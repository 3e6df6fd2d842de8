"""From a failed test to everyone it concerns: room, seller, buyers, farmer, county and public; and from one press to
money that goes back.
"""

from typing import Any

import pytest

from fieldcast.accounts.models import Person
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OfferState, OrderState
from tests.factories.accounts import make_person
from tests.factories.trade import Sale, assert_balanced, make_order, make_sale
from tests.web.shared.desk import browser, make_farmer, make_officer
from tests.web.shared.reading import hidden, words

pytestmark = pytest.mark.django_db


def reads(person: Person, page: str) -> str:
    """What someone reads on a page."""
    return words(browser(person).get(page))


def writes_failed_test(sale: Sale) -> None:
    """The cooperative writes the result down on its own page."""
    client, page = browser(sale.stall.chief), f"/coop/lots/{sale.stall.lot.id}/events/inspected/"
    said = {"at": "2026-11-22T13:30", "result": "fail", "residue": "above limits"}
    assert client.post(page, {**hidden(client.get(page)), **said}).status_code == 302


def offers_again(sale: Sale) -> Any:
    """The host tries to put the lot on the run sheet of the running session."""
    page = f"/studio/{sale.session.id}/offers/new/?lot={sale.stall.lot.id}"
    return browser(sale.stall.presenter).get(page)


def test_a_failed_test_reaches_everyone_it_concerns_and_one_press_gives_the_money_back() -> None:
    sale = make_sale()
    lot = f"lots/{sale.stall.lot.id}/"
    waits, ate = make_person(county_id=sale.stall.county_id), make_person(county_id=sale.stall.county_id)
    waiting, eaten = make_order(sale, by=waits), make_order(sale, by=ate, until="received")
    farmer, officer = make_farmer(sale.stall), make_officer(sale.stall.county_id)
    writes_failed_test(sale)

    assert sale.now_offered.state == OfferState.CLOSED
    assert sale.stall.lot.code not in words(offers_again(sale))
    assert "did not pass its test" in reads(sale.stall.chief, "/me/messages/")
    assert "is held back" in reads(waits, "/me/messages/")
    assert "The seller holds your box back" in reads(waits, f"/me/orders/{waiting.number}/")
    assert "did not pass a test made after they were sent" in reads(ate, "/me/messages/")
    assert "Please do not eat it" in reads(ate, f"/me/orders/{eaten.number}/")
    assert "did not pass its test" in reads(farmer, "/farm/")
    first = reads(officer, "/county/").partition("Test not passed")[2]
    assert "1 paid order of it is held back" in first.partition("Look at it and give the money back")[0]
    assert "It did not pass its test: its sale is stopped" in words(browser(waits).get(f"/{lot}"))

    client = browser(officer)
    form = {**hidden(client.get(f"/county/{lot}")), "reason": "农残超标"}
    done = words(client.post(f"/county/{lot}give-back/", form, follow=True))
    assert "1 order was given back; none is held back any more." in done
    assert trade.order(order_id=waiting.id).state == OrderState.REFUNDED
    assert "your whole money is on its way back" in reads(waits, "/me/messages/")
    assert "农残超标" in reads(waits, f"/me/orders/{waiting.number}/")
    assert_balanced()
