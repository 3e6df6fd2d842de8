"""Whom a room counts: people, once each; not those who run it, and nobody that a page has not named."""

import re

import pytest
from django.test import Client

from fieldcast.accounts import limits
from fieldcast.accounts.models import Person
from fieldcast.accounts.types import Role
from fieldcast.live.hub import Visitor
from fieldcast.web.events import events_of, visitor_of
from fieldcast.web.live.counted import COOKIE
from tests.factories.accounts import make_member
from tests.factories.trade import Sale, make_buyer, make_sale

pytestmark = pytest.mark.django_db
SIGNED = re.compile(r"/events\?pass=([^\"&\\]+)")


@pytest.fixture
def sale() -> Sale:
    return make_sale()


def named(client: Client, session_id: int) -> Visitor | None:
    """The visitor whom the room's page names to the stream."""
    found = SIGNED.search(client.get(f"/live/{session_id}/").content.decode())
    return visitor_of(session_id=session_id, signed=found[1]) if found else None


def of(person: Person) -> Client:
    """A browser in which someone is signed in."""
    client = Client()
    client.force_login(person)
    return client


def test_a_device_that_loads_the_page_again_is_the_same_visitor(sale: Sale) -> None:
    device, other = Client(), Client()
    first = named(device, sale.session.id)
    assert first is not None
    assert named(device, sale.session.id) == first
    assert named(other, sale.session.id) != first
    assert device.cookies[COOKIE]["httponly"]


def test_a_person_is_the_same_on_every_device_and_known_from_before_signing_in(sale: Sale) -> None:
    device, buyer = Client(), make_buyer(sale)
    before = named(device, sale.session.id)
    device.force_login(buyer)
    after, phone = named(device, sale.session.id), named(of(buyer), sale.session.id)
    assert before
    assert after
    assert phone
    assert (after.key, phone.key) == (phone.key, after.key)
    assert (after.earlier, phone.earlier) == (before.key, "")


def test_who_works_for_the_session_is_no_viewer(sale: Sale) -> None:
    packer = make_member(organisation=sale.stall.cooperative, role=Role.STAFF)
    assert named(of(sale.stall.chief), sale.session.id) is None
    assert named(of(packer), sale.session.id) is None
    assert named(of(make_buyer(sale)), sale.session.id) is not None


def test_the_studio_listens_as_nobody(sale: Sale) -> None:
    page = of(sale.stall.chief).get(f"/studio/sessions/{sale.session.id}/").content.decode()
    assert f'"/live/{sale.session.id}/events"' in page


def test_a_pass_that_is_not_ours_or_for_another_session_counts_nobody(sale: Sale) -> None:
    address = events_of(session_id=sale.session.id, visitor=Visitor("one", "before"))
    signed = address.partition("pass=")[2]
    assert visitor_of(session_id=sale.session.id, signed=signed) == Visitor("one", "before")
    assert visitor_of(session_id=sale.session.id + 1, signed=signed) is None
    assert visitor_of(session_id=sale.session.id, signed=signed.replace("one", "two")) is None
    assert visitor_of(session_id=sale.session.id, signed="") is None


def test_an_address_that_throws_its_cookies_away_is_in_the_end_one_visitor(
    sale: Sale, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "NEW_DEVICES", limits.Rate("new devices", 2, limits.NEW_DEVICES.per))
    far = [Client(REMOTE_ADDR="203.0.113.10") for _one in range(4)]
    found = [named(client, sale.session.id) for client in far]
    assert len({one.key for one in found if one}) == 3
    assert found[2] == found[3]
