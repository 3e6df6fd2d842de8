"""What is recorded under an agreement: acceptance per lot, services, shares, weights of grades, salvage.

All parties read it. The cooperative's owners and managers write; a service is written down by whoever did it, and
confirmed by whom it was done for.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import allowed
from fieldcast.accounts.types import OrganisationRef, SignedIn
from fieldcast.agreements.loaders import load_version
from fieldcast.agreements.records import operations as records_operations
from fieldcast.agreements.records import queries as records
from fieldcast.agreements.types import VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import NotFound
from fieldcast.kit.months import month_of, next_month
from fieldcast.web.coop.forms.records import (
    AcceptanceForm,
    HoldingForm,
    RecordForm,
    SalvageForm,
    ServiceForm,
    WeightForm,
)
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.members import ASSETS
from fieldcast.web.shared.taken import taken
from fieldcast.web.shared.workplace import person_of

LOTS = 100


@require_GET
@login_required
def overview(request: HttpRequest, version_id: int) -> HttpResponse:
    """Everything that is recorded, and a form for each kind that this person may write."""
    by = person_of(request)
    version = load_version(by=by, version_id=version_id)
    return _show(request, by, version, _forms(by, version))


@require_POST
@login_required
def write(request: HttpRequest, version_id: int, what: str) -> HttpResponse:
    """Write one thing down; sent twice it is written once."""
    by = person_of(request)
    version = load_version(by=by, version_id=version_id)
    found = _forms(by, version, {what: request.POST})
    form = found.get(what)
    if form is None:
        raise NotFound("record")
    led_to = reverse("coop_records", args=[version.id])

    def write(now: datetime) -> None:
        WRITES[what](by, version, form.cleaned_data, now)

    if form.is_valid() and taken(request, form, write, leads_to=led_to):
        messages.success(request, _("It is written down."))
        return redirect(led_to)
    return _show(request, by, version, found, status=422)


@require_POST
@login_required
def confirm(request: HttpRequest, version_id: int) -> HttpResponse:
    """A service was done for one's organisation, as it was written down."""
    by = person_of(request)
    version = load_version(by=by, version_id=version_id)
    act_id = asking.whole(request.POST.get("service"))
    known = {one.id for one in records.services(agreement_ids=[version.agreement_id])}
    if act_id is None or act_id not in known:
        raise NotFound("service")
    records_operations.confirm_service(by=by, act_id=act_id, now=timezone.now())
    messages.success(request, _("Confirmed. From now on it counts."))
    return redirect("coop_records", version.id)


def _show(
    request: HttpRequest,
    by: SignedIn,
    version: VersionView,
    found: Mapping[str, RecordForm],
    *,
    status: int = 200,
) -> HttpResponse:
    of = version.agreement_id
    later = next_month(month_of(timezone.now()))
    served = accounts.organisations_by_ids(
        ids={one.served_id for one in records.services(agreement_ids=[of])}
    )
    context = {
        "version": version,
        "forms": found,
        "acceptances": records.acceptances(agreement_id=of),
        "services": [
            (one, one.confirmed_at is None and one.by_id != by.pk and _manages(by, served[one.served_id]))
            for one in records.services(agreement_ids=[of])
        ],
        "holdings": [(one, ASSETS[one.asset]) for one in records.holdings(agreement_id=of, month=later)],
        "weights": records.grade_weights(agreement_id=of, month=later).items(),
        "salvages": records.salvages(agreement_id=of),
        "majeure": records.force_majeure(agreement_ids=[of]),
        "once": once.key_of(request),
    }
    return render(request, "coop/agreements/records.html", context, status=status)


def _forms(
    by: SignedIn, version: VersionView, data: Mapping[str, Any] | None = None
) -> dict[str, RecordForm]:
    """The forms this person may fill in, `data` in the one that was sent."""
    sent = data or {}
    parties = accounts.organisations_by_ids(ids=set(version.parties.values()))
    mine = [one for one in parties.values() if _manages(by, one)]
    if not mine:
        return {}
    everyone = {**parties, **_households(version)}
    found: dict[str, RecordForm] = {
        "service": ServiceForm(sent.get("service"), mine=mine, served=everyone.values())
    }
    if allowed(by, "agreements.revise", version):
        lots = catalog.lots(
            county_id=version.county_id, cooperative_id=version.cooperative_id, per_page=LOTS
        ).items
        found |= {
            "acceptance": AcceptanceForm(sent.get("acceptance"), lots=lots),
            "shares": HoldingForm(sent.get("shares"), holders=everyone.values()),
            "weights": WeightForm(sent.get("weights")),
            "salvage": SalvageForm(sent.get("salvage")),
        }
    return found


def _households(version: VersionView) -> dict[int, OrganisationRef]:
    """The cooperative's member households."""
    plots = catalog.plots_of_cooperative(cooperative_id=version.cooperative_id)
    return accounts.organisations_by_ids(ids={plot.household_id for plot in plots})


def _manages(by: SignedIn, organisation: OrganisationRef) -> bool:
    return bool(allowed(by, "accounts.manage_organisation", organisation))


def _accept(by: SignedIn, version: VersionView, said: Mapping[str, Any], now: datetime) -> None:
    records_operations.accept(
        by=by,
        agreement_id=version.agreement_id,
        lot_id=said["lot"],
        units=-said["units"] if said["back"] else said["units"],
        why=said["why"],
        now=now,
    )


def _serve(by: SignedIn, version: VersionView, said: Mapping[str, Any], now: datetime) -> None:
    records_operations.record_service(
        by=by,
        agreement_id=version.agreement_id,
        server_id=said["server"],
        served_id=said["served"],
        what=said["what"],
        points=said["points"],
        now=now,
    )


def _hold(by: SignedIn, version: VersionView, said: Mapping[str, Any], now: datetime) -> None:
    records_operations.set_holding(
        by=by,
        agreement_id=version.agreement_id,
        holder_id=said["holder"],
        asset=said["asset"],
        shares=said["shares"],
        now=now,
    )


def _weigh(by: SignedIn, version: VersionView, said: Mapping[str, Any], now: datetime) -> None:
    records_operations.set_grade_weight(
        by=by, agreement_id=version.agreement_id, grade=said["grade"], weight=said["weight"], now=now
    )


def _salvage(by: SignedIn, version: VersionView, said: Mapping[str, Any], now: datetime) -> None:
    records_operations.record_salvage(
        by=by, agreement_id=version.agreement_id, amount_fen=said["amount"], what=said["what"], now=now
    )


WRITES: Mapping[str, Callable[[SignedIn, VersionView, Mapping[str, Any], datetime], None]] = {
    "acceptance": _accept,
    "service": _serve,
    "shares": _hold,
    "weights": _weigh,
    "salvage": _salvage,
}
