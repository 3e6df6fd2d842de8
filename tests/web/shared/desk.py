"""Someone at a page: a browser that is signed in, and the people who sit before it."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role
from fieldcast.settlement.operations import settle_due
from fieldcast.trade.types import OrderView
from tests.factories.accounts import make_member, make_organisation
from tests.factories.market import Stall
from tests.factories.prepared import scene
from tests.factories.trade import Sale, later, make_order, sale_with_closed

ENGLISH = {"accept-language": "en"}
CHINESE = {"accept-language": "zh-hans"}


def browser(person: Person, *, language: dict[str, str] = ENGLISH) -> Client:
    """A browser in which `person` is signed in."""
    client = Client(headers=language)
    sign_in(client, person)
    return client


def sign_in(client: Client, person: Person) -> None:
    """Leave the browser as it is after signing in; what else signing in does is tested at its own doors."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)


def make_packer(stall: Stall) -> Person:
    """Someone who packs for the cooperative and manages nothing."""
    return make_member(organisation=stall.cooperative, role=Role.STAFF, name="小工")


def make_officer(county_id: int) -> Person:
    """Someone of the county's authority."""
    authority = make_organisation(county_id=county_id, kind=OrganisationKind.AUTHORITY, name="市场监管局")
    return make_member(organisation=authority, name="科长")


def make_farmer(stall: Stall) -> Person:
    """Someone of the household that grew the stall's lot."""
    from fieldcast.accounts import queries as accounts

    household: OrganisationRef = accounts.organisation(organisation_id=stall.lot.plot.household_id)
    return make_member(organisation=household, name="王秀兰")


@scene(on=sale_with_closed)
def settled_sale(made: tuple[Sale, OrderView]) -> Sale:
    """An ordinary sale that delivered one order and was settled, as `settle` does it."""
    sale, _order = made
    settle_due(now=later(3600))
    return sale


def settle(sale: Sale, *, orders: int = 1, packs: int = 1) -> None:
    """Sell, deliver and settle."""
    for _number in range(orders):
        make_order(sale, until="closed", packs=packs)
    settle_due(now=later(3600))
