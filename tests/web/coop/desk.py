"""Someone at the cooperative's pages: a browser that is signed in, and what it shows."""

import html
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role
from fieldcast.settlement.operations import settle_due
from tests.factories.accounts import NOW, make_member, make_organisation
from tests.factories.market import Stall
from tests.factories.trade import Sale, later, make_order

ENGLISH = {"accept-language": "en"}
CHINESE = {"accept-language": "zh-hans"}
Turn = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Turn:
    """The platform's clock stands at the factories' `NOW`; call it to turn it to another moment."""

    def turn(now: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    turn(NOW)
    return turn


def browser(person: Person, *, language: dict[str, str] = ENGLISH) -> Client:
    """A browser in which `person` is signed in."""
    client = Client(headers=language)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(response: Any) -> str:
    """What the page says, on one line, without its markup."""
    page = re.sub(r"<(script|style|template).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def hidden(response: Any) -> dict[str, str]:
    """The hidden fields of the page's forms, as a browser would send them back."""
    found = {}
    for box in re.findall(r'<input[^>]*type="hidden"[^>]*>', response.content.decode()):
        name, value = re.search(r'name="([^"]*)"', box), re.search(r'value="([^"]*)"', box)
        if name and name[1] != "csrfmiddlewaretoken":
            found[name[1]] = html.unescape(value[1]) if value else ""
    return found


def error_beside(response: Any, field: str) -> str:
    """What stands beside a field that was filled in wrongly, "" when nothing does."""
    found = re.search(rf'id="id_{re.escape(field)}_error">(.*?)</ul>', response.content.decode(), re.S)
    return html.unescape(re.sub(r"<[^>]+>", " ", found[1])).strip() if found else ""


def typed(response: Any, field: str) -> str:
    """What a box still holds."""
    found = re.search(rf'<input[^>]*name="{re.escape(field)}"[^>]*>', response.content.decode())
    value = re.search(r'value="([^"]*)"', found[0]) if found else None
    return html.unescape(value[1]) if value else ""


def make_packer(stall: Stall) -> Person:
    """Someone who packs for the cooperative and manages nothing."""
    return make_member(organisation=stall.cooperative, role=Role.STAFF, name="小工")


def make_officer(county_id: int) -> Person:
    """Someone of the county's authority."""
    authority = make_organisation(county_id=county_id, kind=OrganisationKind.AUTHORITY, name="市场监管局")
    return make_member(organisation=authority, name="科长")


def make_farmer(stall: Stall) -> Person:
    """Someone of the household that grew the stall's lot."""
    from fieldcast.accounts import queries

    household: OrganisationRef = queries.organisation(organisation_id=stall.lot.plot.household_id)
    return make_member(organisation=household, name="王秀兰")


def settle(sale: Sale, *, orders: int = 1, units: int = 1) -> None:
    """Sell, deliver and settle."""
    for _number in range(orders):
        make_order(sale, until="closed", units=units)
    settle_due(now=later(3600))
