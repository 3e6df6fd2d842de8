"""What every page knows without asking: the platform itself and the places this person can go.

Everything is worked out when a template first asks, so a fragment that shows no navigation costs no query. A place
whose page is not installed is not shown.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as in_context

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import CountyRef, OrganisationKind
from fieldcast.inbox import queries as inbox
from fieldcast.kit.errors import Sentence
from fieldcast.web.shared import words
from fieldcast.web.shared.county import county_of

# What a phone remembers of how large its owner wants the type.
TYPE_COOKIE: Final = "type"
LARGE: Final = "large"
# (url name, words, icon): the four tabs of everyone's phone.
TABS: Final[tuple[tuple[str, Sentence, str], ...]] = (
    ("home", _("Home"), "home"),
    ("live", _("Live"), "live"),
    ("orders", _("Orders"), "orders"),
    ("me", _("Me"), "me"),
)
# Each kind of organisation has a console: the pages of its working day, the most needed first.
CONSOLES: Final[dict[OrganisationKind, tuple[tuple[str, Sentence, str], ...]]] = {
    OrganisationKind.HOUSEHOLD: (
        ("farm", _("Today"), "home"),
        ("farm_lots", _("My lots"), "leaf"),
        ("farm_statements", _("Income"), "money"),
        ("farm_agreements", _("Agreements"), "agreement"),
    ),
    OrganisationKind.COOPERATIVE: (
        ("coop", _("Today"), "home"),
        ("coop_lots", _("Lots"), "leaf"),
        ("coop_sessions", in_context("place", "Sessions"), "live"),
        ("coop_orders", in_context("place", "To pack"), "box"),
        ("coop_refunds", in_context("place", "Refunds"), "hand"),
        ("coop_letters", _("Buyers' letters"), "say"),
        ("coop_statements", _("Statements"), "statement"),
        ("coop_agreements", _("Agreements"), "agreement"),
        ("coop_members", in_context("place", "Members"), "people"),
        ("coop_votes", _("Votes of the members"), "check"),
        ("coop_together", _("Together instead of alone"), "scale"),
        ("coop_outside", _("Orders from elsewhere"), "upload"),
        ("join_requests", _("Requests to join"), "people"),
    ),
    OrganisationKind.HOST: (
        ("studio", _("Studio"), "camera"),
        ("studio_sessions", in_context("place", "Sessions"), "live"),
        ("studio_statements", _("Statements"), "statement"),
        ("studio_pay", in_context("place", "Pay"), "money"),
    ),
    OrganisationKind.CARRIER: (
        ("carrier", _("Parcels"), "truck"),
        ("carrier_statements", _("Statements"), "statement"),
    ),
    OrganisationKind.SERVICE_CENTRE: (
        ("centre", _("Today"), "home"),
        ("join_requests", _("Requests to join"), "people"),
        ("centre_people", in_context("place", "Help people"), "lock"),
        ("lab", _("Policy laboratory"), "lab"),
    ),
    OrganisationKind.AUTHORITY: (
        ("county", _("Today"), "home"),
        ("county_sessions", in_context("place", "Sessions"), "live"),
        ("county_orders", in_context("place", "Sales"), "chart"),
        ("county_refunds", in_context("place", "Refunds"), "hand"),
        ("county_settlement", _("Settlement"), "scale"),
        ("county_cover", _("Guarantees"), "shield"),
        ("join_requests", _("Requests to join"), "people"),
        ("lab", _("Policy laboratory"), "lab"),
    ),
}
# Whoever administers the installation has one more, which is of no organisation.
OFFICE: Final[tuple[tuple[str, Sentence, str], ...]] = (
    ("office", in_context("administration", "Overview"), "home"),
    ("office_people", _("People"), "people"),
    ("office_organisations", _("Organisations"), "agreement"),
    ("office_county", in_context("administration", "County"), "pin"),
    ("office_money", in_context("administration", "Money"), "money"),
    ("office_state", _("State of the installation"), "settings"),
    ("office_trail", _("Who did what"), "statement"),
)


@dataclass(frozen=True)
class Place:
    """Somewhere a person can go. `current` is true for the one this page belongs to."""

    url: str
    title: str
    icon: str
    current: bool


@dataclass(frozen=True)
class Console:
    """The places of one organisation a person works in; `kind` is None for the administration of the installation."""

    title: str
    kind: OrganisationKind | None
    places: tuple[Place, ...]

    @property
    def current(self) -> bool:
        """Is this page one of the console's?"""
        return any(place.current for place in self.places)


class Platform:
    """The platform as this request's page sees it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.demo: bool = settings.DEMO
        self.url: str = settings.PUBLIC_URL

    @cached_property
    def page_url(self) -> str:
        """This page's own address, to come back to after the language changes; a form's page keeps no query."""
        return self._request.get_full_path() if self._request.method == "GET" else self._request.path

    @cached_property
    def large_type(self) -> bool:
        """Was larger type asked for on this phone?"""
        return self._request.COOKIES.get(TYPE_COOKIE) == LARGE

    @cached_property
    def county(self) -> CountyRef | None:
        """The county of this installation."""
        return county_of(self._request)

    @cached_property
    def county_name(self) -> str:
        """Its name in the reader's language, empty on an empty database."""
        if self.county is None:
            return ""
        return self.county.name if words.chinese() else self.county.name_en or self.county.name

    @cached_property
    def tabs(self) -> tuple[Place, ...]:
        """The bottom bar of a phone."""
        return self._places(TABS)

    @cached_property
    def has_inbox(self) -> bool:
        """Is somebody signed in, who may have messages?"""
        return self._person is not None

    @cached_property
    def person_id(self) -> str:
        """Whose page this is, empty for strangers: what a phone keeps without a signal is kept for one person."""
        return str(self._person.pk) if self._person is not None else ""

    @cached_property
    def unread(self) -> int:
        """How many messages this person has not read."""
        return inbox.unread_count(person_id=self._person.pk) if self.has_inbox else 0

    @cached_property
    def consoles(self) -> tuple[Console, ...]:
        """Where this person works, in the order they joined, first of all the administration; nothing for shoppers."""
        if self._person is None:
            return ()
        found = []
        if self._person.is_staff and (places := self._places(OFFICE)):
            found.append(Console(title=str(_("Platform administration")), kind=None, places=places))
        for membership in accounts.memberships_of(person_id=self._person.pk):
            organisation = membership.organisation
            name = organisation.name if words.chinese() else organisation.name_en or organisation.name
            places = self._places(CONSOLES.get(organisation.kind, ()))
            if places:
                found.append(Console(title=name, kind=organisation.kind, places=places))
        return tuple(found)

    @cached_property
    def console(self) -> Console | None:
        """The console this page belongs to, else the person's first."""
        return next(
            (console for console in self.consoles if console.current), next(iter(self.consoles), None)
        )

    @cached_property
    def other_consoles(self) -> tuple[Console, ...]:
        """The person's other working places."""
        return tuple(console for console in self.consoles if console is not self.console)

    @cached_property
    def _person(self) -> Any:
        """Whoever is signed in, else None: also where the sign-in could not be read."""
        person = getattr(self._request, "user", None)
        return person if person is not None and person.is_authenticated else None

    def _places(self, table: tuple[tuple[str, Sentence, str], ...]) -> tuple[Place, ...]:
        known = [(url, title, icon) for name, title, icon in table if (url := _address(name))]
        here = max((url for url, _title, _icon in known if self._is_under(url)), key=len, default=None)
        return tuple(
            Place(url=url, title=str(title), icon=icon, current=url == here) for url, title, icon in known
        )

    def _is_under(self, url: str) -> bool:
        path = self._request.path
        return path == url if url == "/" else path.startswith(url)


def platform(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `platform` in every template."""
    return {"platform": Platform(request)}


def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None
