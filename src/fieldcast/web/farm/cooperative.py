"""A member's look into its cooperative: its votes, its books month by month, who is a member, what it brought."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements.calculation import role_title
from fieldcast.agreements.roles import ROLES
from fieldcast.catalog.members import cooperative_ids, household_ids
from fieldcast.settlement.books import queries as books
from fieldcast.web.shared.report import month_name
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.together import YEAR, brought
from fieldcast.web.shared.voting import votes_of
from fieldcast.web.shared.words import yuan
from fieldcast.web.shared.workplace import Workplace, at_household


@require_GET
@at_household
def page(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Everything a member may read, for each cooperative the household's farms are members of."""
    now = timezone.now()
    cooperatives = set(cooperative_ids(household_id=place.id))
    shown = [
        {
            "cooperative": one,
            "members": _members(one),
            "books": _books(one),
            "brought": brought(cooperative_id=one.id, county_id=one.county_id, now=now),
        }
        for one in accounts.organisations_by_ids(ids=cooperatives).values()
    ]
    return render(
        request, "farm/cooperative.html", {"place": place, "votes": votes_of(place), "shown": shown}
    )


def _members(cooperative: OrganisationRef) -> list[OrganisationRef]:
    households = household_ids(cooperative_id=cooperative.id)
    found = accounts.organisations_by_ids(ids=set(households)).values()
    return sorted(found, key=lambda one: (one.village, one.name))


def _books(cooperative: OrganisationRef) -> dict[str, Any]:
    """Of each month what buyers paid and did not get back, and who has how much of it."""
    months = books.months_of(seller_id=cooperative.id, since=timezone.now() - YEAR)
    named = {role for month in months for role, fen in month.by_role.items() if fen}
    roles = [*(role for role in ROLES if role in named), *sorted(named - set(ROLES))]
    columns = (
        Column(_("Month")),
        Column(_("Sales"), number=True),
        *(Column(str(role_title(role)), number=True) for role in roles),
    )
    rows = tuple(
        (
            Cell(month_name(one.month)),
            Cell(yuan(one.net_fen)),
            *(Cell(yuan(one.by_role.get(role, 0))) for role in roles),
        )
        for one in months
    )
    return {"table": Table(columns, rows)} if rows else {}
