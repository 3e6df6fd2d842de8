"""The cooperative's members: each one's account (农民专业合作社法, art. 43), its entries, the rows behind a figure."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fieldcast.kit.errors import Problem
from fieldcast.kit.months import day_of
from fieldcast.kit.pages import paginate_read
from fieldcast.settlement.members import operations as members_operations
from fieldcast.settlement.members import queries as members
from fieldcast.settlement.members.loaders import load_member
from fieldcast.settlement.members.types import Heading, Member, MemberOf
from fieldcast.web.coop.forms.members import EntryForm
from fieldcast.web.shared import asking, once, report
from fieldcast.web.shared.members import (
    account_lines,
    account_report,
    account_shown,
    span_of,
    year_name,
    years,
)
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.report import Column, Kind, Linked, Report, added, wants_file, year_asked
from fieldcast.web.shared.words import local_name
from fieldcast.web.shared.workplace import Workplace, at_cooperative

A_PAGE = 50


@require_GET
@at_cooperative
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Every member with what it put in, what was traded and what came back; the search looks in names and numbers."""
    year, words = year_asked(request), asking.words(request)
    since, until = span_of(year)
    everyone = members.members(cooperative_id=place.id, since=since, until=until)
    found = [one for one in everyone if _matches(one, words)]
    page = paginate_read(found, lambda one: one, asking.page_number(request), A_PAGE)
    shown = found if wants_file(request) else list(page.items)
    context = {
        "place": place,
        "page": page,
        "words": words,
        "year": str(year or ""),
        "years": years(),
        "unwritten": sum(1 for one in everyone if one.contribution_fen is None),
    }
    made = _report(shown, found, place, year)
    return report.answer(request, made, "coop/members/list.html", context)


@require_GET
@at_cooperative
def detail(request: HttpRequest, place: Workplace, household_id: int) -> HttpResponse:
    """One member's account."""
    member = load_member(by=place.by, cooperative_id=place.id, household_id=household_id)
    return _show(request, place, member, EntryForm(initial={"day": day_of(timezone.now())}))


@require_POST
@at_cooperative
def write(request: HttpRequest, place: Workplace, household_id: int) -> HttpResponse:
    """Write an entry down; sent twice it is written once."""
    place.must_manage()
    member = load_member(by=place.by, cooperative_id=place.id, household_id=household_id)
    form = EntryForm(request.POST)
    if form.is_valid() and _written(request, member, form, place, timezone.now()):
        messages.success(request, _("It is written down."))
        return redirect("coop_member", household_id)
    return _show(request, place, member, form, status=422)


@require_GET
@at_cooperative
def rows(request: HttpRequest, place: Workplace, household_id: int) -> HttpResponse:
    """The statement lines behind a figure of a member's account."""
    member = load_member(by=place.by, cooperative_id=place.id, household_id=household_id)
    [found] = members.members(cooperative_id=place.id, only=[household_id])
    shown, page, title = account_lines(request, member, whose=local_name(found), statements=False)
    context = {"place": place, "page": page, "title": title, "member": found}
    return report.answer(request, shown, "coop/members/rows.html", context)


def _show(
    request: HttpRequest, place: Workplace, member: MemberOf, form: EntryForm, *, status: int = 200
) -> HttpResponse:
    shown = account_shown(of=member, year=year_asked(request))
    rows_at = reverse("coop_member_rows", args=[member.household_id]) + "?"
    context = {
        "place": place,
        "shown": shown,
        "form": form,
        "year": str(shown.year or ""),
        "years": years(),
        "once": once.key_of(request),
    }
    made = account_report(shown, cooperative=local_name(place.organisation), rows_at=rows_at)
    answer = report.answer(request, made, "coop/members/member.html", context)
    answer.status_code = status
    return answer


def _written(
    request: HttpRequest, member: MemberOf, form: EntryForm, place: Workplace, now: datetime
) -> bool:
    said = form.cleaned_data
    try:
        with transaction.atomic():
            claim = once.claim(request, now=now)
            if claim.led_to is None:
                members_operations.write_entry(
                    by=place.by,
                    cooperative_id=member.cooperative_id,
                    household_id=member.household_id,
                    kind=said["kind"],
                    amount_fen=-said["amount"] if said["back"] else said["amount"],
                    day=said["day"],
                    why=said["why"],
                    now=now,
                )
                claim.leads_to(reverse("coop_member", args=[member.household_id]))
    except Problem as problem:
        beside(form, problem, form.refusals)
        return False
    return True


def _matches(member: Member, words: str) -> bool:
    wanted = words.casefold()
    return any(wanted in said.casefold() for said in (member.name, member.name_en, member.code))


def _report(shown: list[Member], found: list[Member], place: Workplace, year: int | None) -> Report:
    columns = (
        Column(_("Member")),
        Column(_("Contribution"), Kind.MONEY),
        Column(_("Part of the reserve"), Kind.MONEY),
        Column(_("Packs"), Kind.COUNT),
        Column(_("Got for goods sold"), Kind.MONEY),
        Column(_("Returned surplus"), Kind.MONEY),
        Column(_("Together"), Kind.MONEY),
    )
    everything = [_row(one, place, year) for one in found]
    notes = (
        _("— means that nothing was ever written down: it is not known, and not zero."),
        _("Together is what the statements of the members say; it contains other sums of a month as well."),
    )
    return Report(
        name="fieldcast-members",
        title=_("Members' accounts"),
        whose=local_name(place.organisation),
        period=year_name(year),
        columns=columns,
        rows=tuple(_row(one, place, year) for one in shown),
        totals=added(columns, everything, _("All members")) if everything else None,
        notes=notes,
    )


def _row(member: Member, place: Workplace, year: int | None) -> tuple[object, ...]:
    """The cooperative itself, which stands for its members where nobody has a part in something, has no account."""
    of_year = f"?year={year}" if year else ""
    address = reverse("coop_member", args=[member.household_id]) + of_year
    name = local_name(member)
    return (
        Linked(name, address) if member.household_id != place.id else name,
        member.contribution_fen,
        member.reserve_fen,
        member.packs,
        member.gained.fen(Heading.SALES),
        member.gained.returned_fen,
        member.gained.together_fen,
    )
