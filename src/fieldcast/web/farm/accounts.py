"""A household's account as a member of its cooperative (农民专业合作社法, art. 43): what it put in, its part of the
reserve, what was traded and what came back.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef
from fieldcast.kit.errors import NotFound
from fieldcast.settlement.members import queries as members
from fieldcast.settlement.members.loaders import load_member
from fieldcast.settlement.members.types import MemberOf
from fieldcast.web.shared import asking, report
from fieldcast.web.shared.members import account_lines, account_report, account_shown, years
from fieldcast.web.shared.report import year_asked
from fieldcast.web.shared.words import local_name
from fieldcast.web.shared.workplace import Workplace, at_household


@require_GET
@at_household
def account(request: HttpRequest, place: Workplace) -> HttpResponse:
    """The account in one of its cooperatives; `?format=csv` gives it as a file."""
    cooperatives, at = _asked(request, place)
    context = {"place": place, "cooperatives": cooperatives, "at": at, "years": years()}
    if at is None:
        return render(request, "farm/account.html", context)
    shown = account_shown(of=_member(place, at), year=year_asked(request))
    context |= {"shown": shown, "year": str(shown.year or "")}
    found = account_report(
        shown, cooperative=local_name(at), rows_at=f"{reverse('farm_account_rows')}?at={at.id}&"
    )
    return report.answer(request, found, "farm/account.html", context)


@require_GET
@at_household
def rows(request: HttpRequest, place: Workplace) -> HttpResponse:
    """The statement lines behind a figure of the account."""
    _cooperatives, at = _asked(request, place)
    if at is None:
        raise NotFound("member")
    found, page, title = account_lines(
        request, _member(place, at), whose=local_name(place.organisation), statements=True
    )
    on_page_fen = sum(one.fen for one in page.items)
    context = {"place": place, "page": page, "title": title, "at": at, "on_page_fen": on_page_fen}
    return report.answer(request, found, "farm/account_rows.html", context)


def _asked(
    request: HttpRequest, place: Workplace
) -> tuple[tuple[OrganisationRef, ...], OrganisationRef | None]:
    """The cooperatives of the household, and the one that is asked for, else the first."""
    found = accounts.organisations_by_ids(ids=set(members.cooperatives_of(household_id=place.id)))
    mine = tuple(sorted(found.values(), key=lambda one: one.code))
    wanted = asking.whole(request.GET.get("at"))
    if wanted is None:
        return mine, mine[0] if mine else None
    if wanted not in found:
        raise NotFound("member")
    return mine, found[wanted]


def _member(place: Workplace, at: OrganisationRef) -> MemberOf:
    return load_member(by=place.by, cooperative_id=at.id, household_id=place.id)
