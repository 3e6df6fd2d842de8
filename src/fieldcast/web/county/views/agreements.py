"""Agreements as the county keeps them: the ceiling it published, months beyond anybody's power, and who owes whom."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fieldcast.accounts.access import allowed, require
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.records import operations as records_operations
from fieldcast.agreements.records import queries as records
from fieldcast.agreements.records.months import settled_from
from fieldcast.agreements.types import VersionView
from fieldcast.kit.months import month_of
from fieldcast.settlement.dues import queries as dues
from fieldcast.settlement.dues.types import DueView
from fieldcast.web.county.agreement_forms import CeilingForm, ForceMajeureForm
from fieldcast.web.county.parties import CAUSES, names_of
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import once
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.taken import taken
from fieldcast.web.shared.words import full_time, yuan

KEEP = "agreements.keep_cover"


@require_GET
@at_county
def overview(request: HttpRequest, office: Office) -> HttpResponse:
    """What is published, accepted and owed."""
    return _show(request, office, CeilingForm(), _majeure(office))


@require_POST
@at_county
def ceiling(request: HttpRequest, office: Office) -> HttpResponse:
    """Publish the most that the platform may take of sales."""
    require(office.by, KEEP, office.county)
    form = CeilingForm(request.POST)
    if form.is_valid() and _taken(request, form, lambda now: _publish(office, form, now)):
        messages.success(request, _("It is published, and holds for what is agreed from now on."))
        return redirect("county_agreements")
    return _show(request, office, form, _majeure(office), status=422)


@require_POST
@at_county
def force_majeure(request: HttpRequest, office: Office) -> HttpResponse:
    """Accept that a month of an agreement was beyond anybody's power."""
    require(office.by, KEEP, office.county)
    form = _majeure(office, request.POST)
    if form.is_valid() and _taken(request, form, lambda now: _accept(office, form, now)):
        messages.success(request, _("Accepted: nobody pays for what was not delivered in that month."))
        return redirect("county_agreements")
    return _show(request, office, CeilingForm(), form, status=422)


def _taken(request: HttpRequest, form: Any, write: Any) -> bool:
    return taken(request, form, write, leads_to=reverse("county_agreements")) is not None


def _publish(office: Office, form: CeilingForm, now: datetime) -> None:
    agreements_operations.publish_ceiling(
        by=office.by,
        county_id=office.county_id,
        ceiling_bp=form.cleaned_data["ceiling"],
        source=form.cleaned_data["source"],
        now=now,
    )


def _accept(office: Office, form: ForceMajeureForm, now: datetime) -> None:
    records_operations.accept_force_majeure(
        by=office.by,
        agreement_id=form.cleaned_data["agreement"],
        month=form.cleaned_data["month"],
        why=form.cleaned_data["why"],
        now=now,
    )


def _show(
    request: HttpRequest,
    office: Office,
    ceiling_form: CeilingForm,
    majeure_form: ForceMajeureForm,
    *,
    status: int = 200,
) -> HttpResponse:
    versions = {one.agreement_id: one for one in _versions(office)}
    accepted = records.force_majeure(agreement_ids=versions)
    context = {
        "keeps": allowed(office.by, KEEP, office.county),
        "ceiling": agreements.commission_ceiling(county_id=office.county_id),
        "ceiling_form": ceiling_form,
        "majeure_form": majeure_form if versions else None,
        "majeure": [(versions[one.agreement_id], one) for one in accepted],
        "owed": _owed(dues.open_of_county(county_id=office.county_id), county_id=office.county_id),
        "once": once.key_of(request),
    }
    return render(request, "county/agreements.html", context, status=status)


def _versions(office: Office) -> list[VersionView]:
    """The county's agreements that have clauses of the month, the latest version of each."""
    found = agreements.versions_with_period_clauses().values()
    return [one for one in found if one.latest and one.county_id == office.county_id]


def _majeure(office: Office, data: Any = None) -> ForceMajeureForm:
    return ForceMajeureForm(data, versions=_versions(office), months=_months(timezone.now()))


def _months(now: datetime) -> list[date]:
    """Months that are not settled yet: this one, and for some days the one before."""
    this = month_of(now)
    before = (this - timedelta(days=1)).replace(day=1)
    return [month for month in (this, before) if now < settled_from(month)]


def _owed(found: Iterable[DueView], *, county_id: int) -> Table | None:
    """Who owes whom how much, since when and why; the oldest first."""
    rows = list(found)
    if not rows:
        return None
    names = names_of({party for one in rows for party in (one.debtor, one.creditor)}, county_id=county_id)
    columns = (
        *map(Column, (_("Who owes"), _("Whom"), _("Why"), _("Since"))),
        Column(_("In all"), number=True),
        Column(_("Still owed"), number=True),
    )
    return Table(
        columns,
        tuple(
            (
                Cell(names[one.debtor]),
                Cell(names[one.creditor]),
                Cell(str(CAUSES[one.cause])),
                Cell(full_time(one.at)),
                Cell(yuan(one.amount_fen)),
                Cell(yuan(one.left_fen)),
            )
            for one in rows
        ),
    )
