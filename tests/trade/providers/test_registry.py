"""Which provider an order is paid with, and where its buyer may be sent: the registry says both."""

from collections.abc import Iterator

import pytest
from django.test import Client

from fieldcast.ledger import queries as ledger
from fieldcast.trade import operations
from fieldcast.trade.models import Payment
from fieldcast.trade.providers import CLIENTS, checkout_origins, provider_for
from tests.factories.accounts import NOW
from tests.factories.trade import Sale, make_buyer, make_sale, place
from tests.trade.providers.second import client as second

pytestmark = pytest.mark.django_db
OURS = "http://127.0.0.1:9/"


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[int]]:
    """A second provider before the sandbox, and the counties it has a contract with."""
    sandbox = CLIENTS["sandbox"]
    monkeypatch.delitem(CLIENTS, "sandbox")
    monkeypatch.setitem(CLIENTS, "second", second.__name__)
    monkeypatch.setitem(CLIENTS, "sandbox", sandbox)
    yield second.CONTRACTS
    second.CONTRACTS.clear()


def checkout(sale: Sale) -> tuple[int, str]:
    """An order, and the address at which its buyer is to pay."""
    buyer = make_buyer(sale)
    placed = place(sale, by=buyer)
    found = operations.start_payment(by=buyer, order_id=placed.order_id, return_url=OURS, now=NOW)
    return placed.order_id, found.url


def form_action() -> str:
    """Where forms of a page may lead."""
    policy = Client().get("/accounts/login/")["Content-Security-Policy"]
    return next(part for part in policy.split("; ") if part.startswith("form-action"))


def test_alone_the_sandbox_takes_every_countys_orders() -> None:
    sale = make_sale()
    _order_id, url = checkout(sale)
    (origin,) = checkout_origins()
    assert url.startswith(f"{origin}/pay?")
    assert form_action() == f"form-action 'self' {origin}"


def test_a_countys_orders_are_paid_with_the_provider_that_takes_them(two: set[int]) -> None:
    sale = make_sale()
    county_id = sale.stall.county_id
    assert provider_for(county_id=county_id) == "sandbox"
    two.add(county_id)
    assert (provider_for(county_id=county_id), provider_for(county_id=county_id + 1)) == ("second", "sandbox")
    order_id, url = checkout(sale)
    assert url.startswith("https://pay.example/pay?")
    assert Payment.objects.get(order_id=order_id).provider == "second"


def test_a_payment_that_has_begun_stays_with_its_provider(two: set[int]) -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    placed = place(sale, by=buyer)
    operations.start_payment(by=buyer, order_id=placed.order_id, return_url=OURS, now=NOW)
    two.add(sale.stall.county_id)
    again = operations.start_payment(by=buyer, order_id=placed.order_id, return_url=OURS, now=NOW)
    assert not again.url.startswith("https://pay.example/")
    assert Payment.objects.get(order_id=placed.order_id).provider == "sandbox"


def test_its_money_comes_from_that_provider(two: set[int]) -> None:
    sale = make_sale()
    two.add(sale.stall.county_id)
    placed = place(sale)
    operations.take_payment(order_id=placed.order_id, now=NOW)
    world = ledger.balances(party="outside:second")
    assert [(one.purpose, one.balance_fen) for one in world] == [("world", -sale.offer.price_fen)]


def test_forms_may_lead_to_every_installed_provider_and_nowhere_else(two: set[int]) -> None:
    sandbox = checkout_origins()[-1]
    assert checkout_origins() == ("https://pay.example", sandbox)
    assert form_action() == f"form-action 'self' https://pay.example {sandbox}"
