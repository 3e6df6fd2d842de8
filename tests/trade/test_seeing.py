"""Who sees and does what: every loader for every kind of person, and nobody learns what is not theirs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from fieldcast.accounts.models import PersonalDataRead
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.kit.errors import NotFound
from fieldcast.live import operations as live_operations
from fieldcast.trade import loaders, operations, queries
from fieldcast.trade.types import Delivery, OrderView
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person
from tests.factories.market import make_stall
from tests.factories.trade import (
    DELIVERY,
    Sale,
    make_buyer,
    make_offer,
    make_order,
    make_sale,
    make_session,
    sale_with_packed,
    sale_with_paid,
    sale_with_shipped,
)

pytestmark = pytest.mark.django_db
LOADERS: dict[str, Callable[..., OrderView]] = {
    "see": loaders.load_order,
    "own": loaders.load_own_order,
    "pack": lambda **what: loaders.load_order_to_pack(now=NOW, **what),
    "carry": lambda **what: loaders.load_order_to_carry(now=NOW, **what),
    "refund": loaders.load_order_to_refund,
}
MAY = {
    "buyer": {"see", "own"},
    "chief": {"see", "pack", "refund"},
    "staff": {"see", "pack"},
    "driver": {"see", "carry"},
    "official": {"see"},
    "presenter": set(),
    "stranger": set(),
    "other chief": set(),
    "other driver": set(),
    "other official": set(),
    "nobody": set(),
}


def cast(sale: Sale, buyer: Any) -> dict[str, Any]:
    """One person of every kind."""
    county_id, other = sale.stall.county_id, make_stall()
    authority = make_organisation(county_id=county_id, kind=OrganisationKind.AUTHORITY, name="农业农村局")
    far = make_organisation(county_id=make_county("远县"), kind=OrganisationKind.AUTHORITY, name="远县局")
    return {
        "buyer": buyer,
        "chief": sale.stall.chief,
        "staff": make_member(organisation=sale.stall.cooperative, role=Role.STAFF),
        "driver": sale.stall.driver,
        "official": make_member(organisation=authority),
        "presenter": sale.stall.presenter,
        "stranger": make_person(county_id=county_id),
        "other chief": other.chief,
        "other driver": other.driver,
        "other official": make_member(organisation=far),
        "nobody": AnonymousUser(),
    }


def test_every_kind_of_person_sees_what_is_theirs_and_nothing_else() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    order = make_order(sale, by=buyer, until="shipped")
    people = cast(sale, buyer)
    assert people.keys() == MAY.keys()
    for who, person in people.items():
        for what, load in LOADERS.items():
            if what in MAY[who]:
                assert load(by=person, number=order.number).id == order.id, (who, what)
            else:
                with pytest.raises(NotFound):
                    pytest.fail(f"{who} may {what} {load(by=person, number=order.number)}")


def test_a_carrier_sees_nothing_before_it_has_the_parcel() -> None:
    sale, order = sale_with_packed()
    with pytest.raises(NotFound):
        loaders.load_order(by=sale.stall.driver, number=order.number)


def test_an_address_is_whole_for_its_buyer_masked_for_the_seller_and_absent_for_the_authority() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    order = make_order(sale, by=buyer, until="shipped")
    people = cast(sale, buyer)
    seen = {
        who: loaders.load_order(by=people[who], number=order.number).delivery
        for who in MAY
        if "see" in MAY[who]
    }
    assert seen["buyer"] == DELIVERY
    assert seen["official"] is None
    masked = Delivery(
        recipient="李**", phone="138****8000", province="浙江省", city="杭州市", district="", line="****"
    )
    assert seen["chief"] == seen["staff"] == seen["driver"] == masked
    assert not PersonalDataRead.objects.exists()


def test_reading_a_whole_address_is_written_down_with_its_reason() -> None:
    sale, order = sale_with_shipped()
    assert loaders.load_order_to_pack(by=sale.stall.chief, number=order.number, now=NOW).delivery == DELIVERY
    assert (
        loaders.load_order_to_carry(by=sale.stall.driver, number=order.number, now=NOW).delivery == DELIVERY
    )
    reads = list(PersonalDataRead.objects.order_by("id").values_list("reader_id", "subject", "reason"))
    assert reads == [
        (sale.stall.chief.pk, f"order {order.number}", "packing the parcel"),
        (sale.stall.driver.pk, f"order {order.number}", "delivering the parcel"),
    ]


def test_a_refund_is_decided_without_the_address() -> None:
    sale, order = sale_with_paid()
    assert loaders.load_order_to_refund(by=sale.stall.chief, number=order.number).delivery is None


@pytest.mark.parametrize("number", ["", "D000000-NOTHING", "\x00", "x" * 500])
def test_a_number_that_is_none_is_not_found(number: str) -> None:
    with pytest.raises(NotFound):
        loaders.load_order(by=make_buyer(make_sale()), number=number)


def test_a_number_may_be_typed_in_small_letters() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    order = make_order(sale, by=buyer)
    assert loaders.load_order(by=buyer, number=f" {order.number.lower()} ").id == order.id


def test_an_offer_is_for_everyone_and_run_by_those_who_run_the_session() -> None:
    sale = make_sale()
    assert loaders.load_offer(by=make_buyer(sale), offer_id=sale.offer.id) == sale.offer
    for person in (sale.stall.chief, sale.stall.presenter):
        assert loaders.load_offer_to_run(by=person, offer_id=sale.offer.id) == sale.offer
    for person in (make_buyer(sale), sale.stall.driver, make_stall().chief):
        with pytest.raises(NotFound):
            loaders.load_offer_to_run(by=person, offer_id=sale.offer.id)


def test_an_offer_of_a_session_called_off_is_hidden_from_buyers() -> None:
    sale = make_sale()
    planned = make_session(sale.stall, open_=False)
    offer = make_offer(sale.stall, planned, packs=5)
    live_operations.cancel_session(by=sale.stall.chief, session_id=planned.id, now=NOW)
    with pytest.raises(NotFound):
        loaders.load_offer(by=make_buyer(sale), offer_id=offer.id)
    assert loaders.load_offer(by=sale.stall.chief, offer_id=offer.id).id == offer.id


def test_lists_carry_no_address() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    make_order(sale, by=buyer)
    seller_id = sale.stall.cooperative.id
    pages = (
        queries.orders_of_buyer(buyer_id=buyer.pk),
        queries.orders_of_seller(seller_id=seller_id),
        queries.orders_to_pack(seller_id=seller_id),
    )
    assert [page.items[0].delivery for page in pages] == [None, None, None]


def test_masking_says_little_even_about_short_things() -> None:
    masked = replace(DELIVERY, recipient="李", phone="12345678").masked
    assert (masked.recipient, masked.phone, masked.line) == ("李**", "****", "****")


def test_the_platform_itself_may_pack_without_a_person() -> None:
    order = make_order(make_sale())
    operations.pack(by=None, order_id=order.id, now=NOW)
    assert queries.order(order_id=order.id).packed_at == NOW
