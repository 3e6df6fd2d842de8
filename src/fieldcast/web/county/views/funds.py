"""What is owed to the county's funds and for how long, their floors, and payments that wait for a person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.accounts.access import require
from fieldcast.agreements.calculation import role_title
from fieldcast.agreements.cover import queries as cover
from fieldcast.kit.errors import NotFound, Problem, Sentence
from fieldcast.settlement.claims import Age, ClaimKind, Debtor, FundClaim, by_debtor, fund_claims
from fieldcast.settlement.funds import operations as funds_operations
from fieldcast.settlement.funds import queries as funds
from fieldcast.settlement.funds.floors import floors
from fieldcast.settlement.funds.types import AskCause, AskState, AskView
from fieldcast.web.county.fund_forms import DecideForm, FloorForm
from fieldcast.web.county.looked_over import data_of, looked_over
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.spreadsheet import amount, csv_response
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import full_time, local_name, yuan

KEEP: Final = "agreements.keep_cover"
AGES: Final[dict[Age, Sentence]] = {
    Age.TO_30: gettext_lazy("0–30 days"),
    Age.TO_60: gettext_lazy("31–60 days"),
    Age.TO_90: gettext_lazy("61–90 days"),
    Age.OVER: gettext_lazy("Over 90 days"),
}
WHY: Final[dict[ClaimKind, Sentence]] = {
    ClaimKind.REFUND: gettext_lazy("Paid in advance for a refund"),
    ClaimKind.COVER: gettext_lazy("Put in for a guaranteed price"),
}
STATES: Final[dict[AskState, Sentence]] = {
    AskState.ASKED: gettext_lazy("A person decides"),
    AskState.APPROVED: gettext_lazy("Approved"),
    AskState.DECLINED: gettext_lazy("Not approved"),
}


@require_GET
@at_county
def claims(request: HttpRequest, office: Office) -> HttpResponse:
    """What is owed to the funds by debtor and age; `debtor` and `age` open the rows of a figure; and a file."""
    now = timezone.now()
    every = fund_claims(county_id=office.county_id, now=now)
    debtor, age = request.GET.get("debtor", ""), asking.one_of(request, "age", Age)
    rows = [one for one in every if debtor in ("", one.debtor) and age in (None, one.age)]
    names = {one.id: local_name(one) for one in cover.funds(county_id=office.county_id)}
    if request.GET.get("format") == "csv":
        return csv_response(_file(rows, names), name=f"fieldcast-claims-{timezone.localdate(now)}")
    found = by_debtor(every)
    context = {
        "table": _by_age(found) if found else None,
        "rows": _rows(rows, names) if rows else None,
        "total_fen": sum(one.left_fen for one in every),
        "shown_fen": sum(one.left_fen for one in rows),
        "narrowed": bool(debtor or age),
        "file": f"?{request.GET.urlencode()}&format=csv" if request.GET else "?format=csv",
        "now": now,
    }
    return render(request, "county/fund_claims.html", context)


def _by_age(debtors: Sequence[Debtor]) -> Table:
    columns = [Column(_("Debtor")), *(Column(str(words), number=True) for words in AGES.values())]
    columns.append(Column(_("Together"), number=True))
    rows = []
    for one in debtors:
        ages = [
            Cell(yuan(fen), href=f"?debtor={one.party}&age={age}#rows") if fen else Cell("—")
            for age, fen in one.by_age
        ]
        rows.append(
            (Cell(_name(one, one.party)), *ages, Cell(yuan(one.total_fen), href=f"?debtor={one.party}#rows"))
        )
    return Table(tuple(columns), tuple(rows))


def _rows(rows: list[FundClaim], names: dict[int, str]) -> Table:
    columns = (
        Column(_("Debtor")),
        Column(_("What for")),
        Column(_("Fund")),
        Column(_("Since")),
        Column(_("Days"), number=True),
        Column(_("Amount"), number=True),
        Column(_("Still owed"), number=True),
    )
    return Table(
        columns,
        tuple(
            (
                Cell(_name(one, one.debtor, "debtor_name")),
                Cell(lines=(str(WHY[one.kind]), one.reference)),
                Cell(names[one.fund_id]),
                Cell(full_time(one.since)),
                Cell(str(one.days)),
                Cell(yuan(one.amount_fen)),
                Cell(yuan(one.left_fen)),
            )
            for one in rows
        ),
    )


def _file(rows: list[FundClaim], names: dict[int, str]) -> list[list[object]]:
    head: list[object] = [_("Debtor"), _("What for"), _("Run"), _("Fund"), _("Since"), _("Days"), _("Age")]
    head += [_("Amount"), _("Still owed")]
    found: list[list[object]] = [head]
    for one in rows:
        found.append(
            [
                _name(one, one.debtor, "debtor_name"),
                str(WHY[one.kind]),
                one.reference,
                names[one.fund_id],
                full_time(one.since),
                one.days,
                str(AGES[one.age]),
                amount(one.amount_fen),
                amount(one.left_fen),
            ]
        )
    return found


def _name(thing: object, party: str, field: str = "name") -> str:
    """An organisation's name; the platform's and a pool's by what they are."""
    pool = party.partition(".")[2]
    return local_name(thing, field) or role_title(f"pool:{pool}" if pool else party)


@require_http_methods(["GET", "POST"])
@at_county
def floor(request: HttpRequest, office: Office) -> HttpResponse:
    """Set below what a fund pays nothing by itself."""
    require(office.by, KEEP, office.county)
    found = cover.funds(county_id=office.county_id)
    chosen = asking.whole(request.GET.get("fund")) or (found[0].id if len(found) == 1 else None)
    initial = {"fund": chosen, "limit": floors(fund_ids=[one.id for one in found]).get(chosen or 0)}
    form = FloorForm(data_of(request), funds=found, initial=initial)
    words = {
        "title": _("Set a floor"),
        "lead": _("A fund pays in advance by itself until it has this much left; then a person decides."),
        "ask": _("Set this floor?"),
        "more": _("It holds for every payment from now on."),
        "yes": _("Set it"),
        "back": reverse("county_cover"),
    }
    return looked_over(request, form, words, lambda now: _set(office, form, now))


def _set(office: Office, form: FloorForm, now: datetime) -> str:
    said = form.cleaned_data
    funds_operations.set_floor(by=office.by, fund_id=said["fund"], floor_fen=said["limit"], now=now)
    return _("The floor is set: %(floor)s.") % {"floor": yuan(said["limit"])}


@require_GET
@at_county
def asks(request: HttpRequest, office: Office) -> HttpResponse:
    """Payments out of the funds that a person decides, those that wait first."""
    found = funds.asks(county_id=office.county_id)
    columns = (
        Column(_("Order")),
        Column(_("Out of a fund"), number=True),
        Column(_("Why")),
        Column(_("Asked")),
        Column(_("State")),
    )
    rows = tuple(
        (
            Cell(one.order_number, href=reverse("county_fund_ask", args=[one.id]), code=True),
            Cell(yuan(one.need_fen)),
            Cell(_why(one)),
            Cell(full_time(one.asked_at)),
            Cell(str(STATES[one.state])),
        )
        for one in found
    )
    context = {"table": Table(columns, rows) if rows else None}
    return render(request, "county/fund_asks.html", context)


@require_http_methods(["GET", "POST"])
@at_county
def ask(request: HttpRequest, office: Office, ask_id: int) -> HttpResponse:
    """One payment, and the decision on it, for those who answer for the county's authority."""
    one = funds.ask_view(ask_id=ask_id)
    if one.county_id != office.county_id:
        raise NotFound("fund payment")
    form = DecideForm(data_of(request))
    if request.method == "POST":
        require(office.by, KEEP, office.county)
        if form.is_valid():
            try:
                _decide_once(request, office, one, form.cleaned_data["why"])
                return redirect("county_fund_asks")
            except Problem as problem:
                beside(form, problem, form.refusals)
    context = {
        "one": one,
        "why": _why(one),
        "state": STATES[one.state],
        "waits": one.state == AskState.ASKED,
        "decides": one.state == AskState.ASKED and office.by.has_perm(KEEP, office.county),
        "back_fen": sum(one.amounts.values()),
        "for_refund": one.cause == AskCause.REFUND,
        "bearer": role_title(one.borne_by) if one.borne_by else "",
        "funds": cover.funds(county_id=office.county_id),
        "form": form,
        "once": once.key_of(request),
    }
    return render(request, "county/fund_ask.html", context, status=422 if form.errors else 200)


def _decide_once(request: HttpRequest, office: Office, one: AskView, why: str) -> None:
    with transaction.atomic():
        now = timezone.now()
        claim = once.claim(request, now=now)
        if claim.led_to is not None:
            return
        approved = request.POST.get("do") == "approve"
        funds_operations.decide(by=office.by, ask_id=one.id, approved=approved, why=why, now=now)
        said = (
            _("It is approved; the money goes out of the fund.")
            if approved
            else _("It is declined, and why is kept.")
        )
        messages.success(request, said)
        claim.leads_to(reverse("county_fund_asks"))


def _why(one: AskView) -> str:
    if one.cause == AskCause.REFUND:
        return one.why
    return _("%(role)s bears a refund, decision %(number)s") % {
        "role": role_title(one.borne_by),
        "number": one.why,
    }
