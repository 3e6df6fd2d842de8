"""Packing and sending several orders at once, and their labels."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fieldcast.accounts.models import PersonalDataRead
from fieldcast.accounts.types import OrganisationKind
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OrderState, OrderView
from tests.factories.accounts import make_organisation
from tests.factories.market import agree_with_carrier
from tests.factories.trade import DELIVERY, Sale, make_order, make_sale, sale_with_packed, sale_with_paid
from tests.web.shared.desk import browser, make_packer
from tests.web.shared.reading import error_beside, typed, words

pytestmark = pytest.mark.django_db


def state_of(order: OrderView) -> OrderState:
    """Where the order is now."""
    return trade.order(order_id=order.id).state


def together(sale: Sale, do: str, *orders: OrderView, follow: bool = False, **more: Any) -> Any:
    """Select orders and press a button under the table."""
    client = browser(make_packer(sale.stall))
    chosen = {"o": [order.number for order in orders], "do": do, **more}
    return client.post("/coop/orders/together/", chosen, follow=follow)


def ship(sale: Sale, numbers: dict[OrderView, str], **more: Any) -> Any:
    """Type tracking numbers and send them."""
    form = {f"tracking-{order.number}": number for order, number in numbers.items()}
    form |= {"o": [order.number for order in numbers], **more}  # type: ignore[dict-item]  # a list is sent as several
    return browser(make_packer(sale.stall)).post("/coop/orders/ship/", form)


def test_selected_orders_are_packed_together() -> None:
    sale = make_sale()
    first, second, third = make_order(sale), make_order(sale), make_order(sale)
    response = together(sale, "pack", first, second, follow=True)
    assert [state_of(order) for order in (first, second, third)] == ["packed", "packed", "paid"]
    assert "2 orders are packed." in words(response)


def test_what_a_colleague_packed_meanwhile_is_said_and_the_rest_is_packed() -> None:
    sale = make_sale()
    mine, theirs = make_order(sale), make_order(sale, until="packed")
    text = words(together(sale, "pack", mine, theirs, follow=True))
    assert state_of(mine) == OrderState.PACKED
    assert "1 order is packed." in text
    assert f"{theirs.number}: This cannot be done: the order is packed." in text


def test_nothing_selected_asks_for_a_selection() -> None:
    assert "Tick the orders first." in words(together(make_sale(), "pack", follow=True))


def test_an_order_of_another_cooperative_among_them_stops_everything_that_follows() -> None:
    sale, other = make_sale(), make_sale()
    theirs = make_order(other)
    assert together(sale, "pack", theirs).status_code == 404
    assert state_of(theirs) == OrderState.PAID


def test_after_packing_the_list_is_as_it_was() -> None:
    sale, order = sale_with_paid()
    response = together(sale, "pack", order, back="/coop/orders/?state=all&page=1")
    assert response["Location"] == "/coop/orders/?state=all&page=1"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/coop/orders/", "/me/"])
def test_a_form_sends_nobody_elsewhere(back: str) -> None:
    sale = make_sale()
    assert together(sale, "pack", make_order(sale), back=back)["Location"] == "/coop/orders/"


def test_several_parcels_are_sent_with_their_numbers() -> None:
    sale = make_sale()
    packed, paid = make_order(sale, until="packed"), make_order(sale)
    leads = together(sale, "ship", packed, paid)
    assert leads["Location"] == f"/coop/orders/ship/?o={packed.number}&o={paid.number}"
    response = ship(sale, {packed: "yt0000000001", paid: "YT0000000002"})
    assert response["Location"] == "/coop/orders/"
    sent = [trade.order(order_id=order.id) for order in (packed, paid)]
    assert [(one.state, one.tracking_number) for one in sent] == [
        ("shipped", "YT0000000001"),
        ("shipped", "YT0000000002"),
    ]
    assert {one.carrier_id for one in sent} == {sale.stall.carrier.id}


def test_another_carrier_can_be_chosen() -> None:
    sale = make_sale()
    other = make_organisation(county_id=sale.stall.county_id, kind=OrganisationKind.CARRIER, name="山通快运")
    order = make_order(sale, until="packed")
    agree_with_carrier(sale.stall, other)
    ship(sale, {order: "ST0000000001"}, carrier=other.id)
    assert trade.order(order_id=order.id).carrier_id == other.id


def test_a_carrier_that_agreed_to_nothing_is_refused_beside_its_name() -> None:
    sale = make_sale()
    other = make_organisation(county_id=sale.stall.county_id, kind=OrganisationKind.CARRIER, name="山通快运")
    order = make_order(sale, until="packed")
    response = ship(sale, {order: "ST0000000001"}, carrier=other.id)
    assert response.status_code == 422
    assert "This carrier has not agreed to carry for the cooperative." in words(response)
    assert trade.order(order_id=order.id).state == "packed"


def test_good_parcels_leave_and_a_bad_number_stays_with_its_reason() -> None:
    sale = make_sale()
    good, bad = make_order(sale, until="packed"), make_order(sale)
    response = ship(sale, {good: "YT0000000001", bad: "!"})
    assert response.status_code == 422
    assert state_of(good) == OrderState.SHIPPED
    assert state_of(bad) == OrderState.PAID  # not even packed: a refusal changes nothing
    assert "1 parcel is on its way." in words(response)
    assert "6 to 40 letters" in error_beside(response, f"tracking-{bad.number}")
    assert typed(response, f"tracking-{bad.number}") == "!"
    assert f"tracking-{good.number}" not in response.content.decode()


def test_one_number_on_two_parcels_is_refused() -> None:
    sale = make_sale()
    first, second = make_order(sale, until="packed"), make_order(sale, until="packed")
    response = ship(sale, {first: "YT0000000001", second: "YT0000000001"})
    assert state_of(second) == OrderState.PACKED
    assert "already on another parcel" in error_beside(response, f"tracking-{second.number}")


def test_sending_the_same_form_again_sends_nothing_twice() -> None:
    sale, order = sale_with_packed()
    ship(sale, {order: "YT0000000001"})
    again = ship(sale, {order: "YT0000000001"})
    assert again["Location"] == "/coop/orders/"
    assert state_of(order) == OrderState.SHIPPED


def test_an_empty_number_stays_here() -> None:
    sale = make_sale()
    sent, kept = make_order(sale, until="packed"), make_order(sale, until="packed")
    assert ship(sale, {sent: "YT0000000001", kept: ""}).status_code == 302
    assert state_of(kept) == OrderState.PACKED
    nothing = ship(sale, {kept: ""})
    assert nothing.status_code == 422
    assert "Type at least one tracking number." in words(nothing)


def test_an_order_that_moved_on_is_not_shown_for_sending() -> None:
    sale = make_sale()
    here, gone = make_order(sale), make_order(sale, until="shipped")
    page = browser(sale.stall.chief).get(f"/coop/orders/ship/?o={here.number}&o={gone.number}")
    assert "1 order is on its way or over already and is not shown." in words(page)
    assert f"tracking-{gone.number}" not in page.content.decode()


def test_labels_show_whole_addresses_and_every_reading_is_written_down() -> None:
    sale = make_sale()
    first, second = make_order(sale), make_order(sale, until="packed")
    leads = together(sale, "print", first, second)
    packer = make_packer(sale.stall)
    response = browser(packer).get(leads["Location"])
    text = words(response)
    assert text.count(DELIVERY.line) == 2
    assert text.count("13800138000") == 2
    reads = PersonalDataRead.objects.filter(reader_id=packer.pk).values_list("subject", flat=True)
    assert set(reads) == {f"order {first.number}", f"order {second.number}"}
    assert "no-store" in response["Cache-Control"]


def test_a_label_has_a_square_to_scan_that_leads_to_the_lot() -> None:
    sale = make_sale()
    page = browser(sale.stall.chief).get(f"/coop/orders/labels/?o={make_order(sale).number}").content.decode()
    assert 'class="label-code"' in page
    assert "style=" not in page


def test_the_address_of_a_parcel_that_left_is_not_read_again() -> None:
    sale = make_sale()
    gone = make_order(sale, until="shipped")
    response = browser(sale.stall.chief).get(f"/coop/orders/labels/?o={gone.number}")
    assert DELIVERY.line not in words(response)
    assert "Nothing to print" in words(response)
    assert not PersonalDataRead.objects.exists()


@pytest.mark.parametrize("page", ["labels", "ship"])
def test_a_page_without_orders_leads_back_to_them(page: str) -> None:
    response = browser(make_sale().stall.chief).get(f"/coop/orders/{page}/")
    assert response.status_code == 200
    assert 'href="/coop/orders/"' in response.content.decode()


def test_a_strangers_order_among_the_labels_shows_none_of_them() -> None:
    sale, other = make_sale(), make_sale()
    numbers = f"o={make_order(sale).number}&o={make_order(other).number}"
    assert browser(sale.stall.chief).get(f"/coop/orders/labels/?{numbers}").status_code == 404
    assert not PersonalDataRead.objects.exists()


@pytest.mark.parametrize("page", ["labels", "ship"])
def test_more_selected_orders_take_no_more_statements_than_their_log(page: str) -> None:
    sale = make_sale()
    client = browser(make_packer(sale.stall))
    orders = [make_order(sale) for _number in range(5)]
    counts = []
    for some in (orders[:2], orders):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/coop/orders/{page}/", {"o": [one.number for one in some]}).status_code == 200
        logged = [one for one in asked if one["sql"].startswith('INSERT INTO "accounts_personaldataread"')]
        assert len(logged) == (len(some) if page == "labels" else 0)
        counts.append(len(asked) - len(logged))
    assert counts[0] == counts[1] <= 14


def test_labels_are_printed_on_sheets_or_by_a_label_printer() -> None:
    sale = make_sale()
    client = browser(sale.stall.chief)
    page = f"/coop/orders/labels/?o={make_order(sale, until='packed').number}"
    assert "labels-thermal" not in client.get(page).content.decode()
    assert 'class="labels labels-thermal"' in client.get(f"{page}&paper=thermal").content.decode()
