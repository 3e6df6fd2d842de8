"""Quality insurance: the county's policies, what can be claimed under one, claims, their files, what came of them."""

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
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements.cover import queries as cover
from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import NotFound, Problem, Sentence
from fieldcast.settlement.insurance import operations as insurance_operations
from fieldcast.settlement.insurance import queries as insurance
from fieldcast.settlement.insurance.claim_file import claim_file
from fieldcast.settlement.insurance.types import ClaimState, ClaimView, PolicyView
from fieldcast.web.county.fund_forms import InsurerPaidForm, InsurerRefusedForm, PolicyForm
from fieldcast.web.county.looked_over import data_of, looked_over
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import once
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import local_name, yuan

KEEP: Final = "agreements.keep_cover"
STATES: Final[dict[ClaimState, Sentence]] = {
    ClaimState.MADE: gettext_lazy("Not sent yet"),
    ClaimState.SENT: gettext_lazy("Sent to the insurer"),
    ClaimState.PAID: gettext_lazy("Paid by the insurer"),
    ClaimState.REFUSED: gettext_lazy("Refused by the insurer"),
}


@require_GET
@at_county
def listing(request: HttpRequest, office: Office) -> HttpResponse:
    """The county's policies, the newest first."""
    found = insurance.policies(county_id=office.county_id)
    columns = (
        Column(_("Policy")),
        Column(_("Insurer")),
        Column(_("Valid")),
        Column(_("Cover a claim"), number=True),
        Column(_("Claimed"), number=True),
        Column(_("Paid by the insurer"), number=True),
    )
    rows = tuple(
        (
            Cell(one.number, href=reverse("county_policy", args=[one.id]), code=True),
            Cell(local_name(one, "insurer")),
            Cell(f"{one.from_day} – {one.to_day}"),
            Cell(yuan(one.per_claim_fen)),
            Cell(yuan(one.claimed_fen)),
            Cell(yuan(one.paid_fen)),
        )
        for one in found
    )
    keeps = office.by.has_perm(KEEP, office.county)
    return render(
        request, "county/insurance.html", {"table": Table(columns, rows) if rows else None, "keeps": keeps}
    )


@require_http_methods(["GET", "POST"])
@at_county
def new(request: HttpRequest, office: Office) -> HttpResponse:
    """Write a policy down."""
    require(office.by, KEEP, office.county)
    form = PolicyForm(
        data_of(request),
        insurers=accounts.organisations(county_id=office.county_id, kind=OrganisationKind.COMPANY),
        funds=cover.funds(county_id=office.county_id),
        products=catalog.products(county_id=office.county_id),
    )
    words = {
        "title": _("Write down a policy"),
        "lead": _("As it stands on the insurer's paper."),
        "ask": _("Write this policy down?"),
        "more": _("It cannot be changed afterwards; a new term is a new policy."),
        "yes": _("Write it down"),
        "back": reverse("county_insurance"),
    }
    return looked_over(request, form, words, lambda now: _record(office, form, now))


def _record(office: Office, form: PolicyForm, now: datetime) -> str:
    made = insurance_operations.record_policy(by=office.by, county_id=office.county_id, now=now, **form.terms)
    return _("Policy %(number)s is written down.") % {"number": made.number}


@require_GET
@at_county
def policy(request: HttpRequest, office: Office, policy_id: int) -> HttpResponse:
    """A policy, what can be claimed under it, and its claims."""
    one = _policy(office, policy_id)
    found = insurance.claims(policy_id=one.id)
    context = {
        "one": one,
        "products": _(", ").join(
            local_name(product)
            for product in catalog.products(county_id=office.county_id)
            if product.code in one.products
        ),
        "claimable": insurance.claimable(one),
        "claims": [(claim, STATES[claim.state]) for claim in found],
        "keeps": office.by.has_perm(KEEP, office.county),
        "once": once.key_of(request),
    }
    return render(request, "county/policy.html", context)


@require_POST
@at_county
def claim(request: HttpRequest, office: Office, policy_id: int) -> HttpResponse:
    """Claim one decided refund under a policy: the claim and its file are made."""
    one = _policy(office, policy_id)
    require(office.by, KEEP, office.county)
    line, _colon, reference = request.POST.get("refund", "").partition(":")
    back = reverse("county_policy", args=[one.id])
    try:
        with transaction.atomic():
            insurance_operations.make_claim(
                by=office.by,
                policy_id=one.id,
                order_line_id=int(line) if line.isascii() and line.isdecimal() and len(line) < 19 else 0,
                refund_reference=reference[:24],
                now=timezone.now(),
            )
        messages.success(request, _("The claim is made; its file can be sent."))
    except NotFound:
        raise
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect(back)


@require_POST
@at_county
def sent(request: HttpRequest, office: Office, claim_id: int) -> HttpResponse:
    """The claim's file went to the insurer."""
    one = _claim(office, claim_id)
    require(office.by, KEEP, office.county)
    try:
        with transaction.atomic():
            insurance_operations.mark_sent(by=office.by, claim_id=one.id, now=timezone.now())
        messages.success(request, _("It is written down that the claim was sent."))
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("county_policy", policy_id=one.policy_id)


@require_http_methods(["GET", "POST"])
@at_county
def paid(request: HttpRequest, office: Office, claim_id: int) -> HttpResponse:
    """The insurer paid, on a bank slip: the money is in the policy's fund."""
    one = _claim(office, claim_id)
    require(office.by, KEEP, office.county)
    form = InsurerPaidForm(data_of(request), initial={"amount": one.amount_fen})
    words = {
        "title": _("The insurer paid"),
        "lead": _("Claimed for order %(order)s: %(fen)s.")
        % {"order": one.order_number, "fen": yuan(one.amount_fen)},
        "ask": _("Write this money down?"),
        "more": _("It counts from this moment and cannot be changed afterwards. Check amount and number."),
        "yes": _("Write it down"),
        "back": reverse("county_policy", args=[one.policy_id]),
    }
    return looked_over(request, form, words, lambda now: _pay(office, one, form, now))


def _pay(office: Office, one: ClaimView, form: InsurerPaidForm, now: datetime) -> str:
    said = form.cleaned_data
    insurance_operations.mark_paid(
        by=office.by, claim_id=one.id, amount_fen=said["amount"], slip=said["slip"], now=now
    )
    return _("The insurer paid %(fen)s into the fund.") % {"fen": yuan(said["amount"])}


@require_http_methods(["GET", "POST"])
@at_county
def refused(request: HttpRequest, office: Office, claim_id: int) -> HttpResponse:
    """The insurer refused, and said why."""
    one = _claim(office, claim_id)
    require(office.by, KEEP, office.county)
    form = InsurerRefusedForm(data_of(request))
    words = {
        "title": _("The insurer refused"),
        "lead": _("Claimed for order %(order)s: %(fen)s.")
        % {"order": one.order_number, "fen": yuan(one.amount_fen)},
        "ask": _("Write this refusal down?"),
        "more": _("The claim ends with it."),
        "yes": _("Write it down"),
        "back": reverse("county_policy", args=[one.policy_id]),
    }
    return looked_over(request, form, words, lambda now: _refuse(office, one, form, now))


def _refuse(office: Office, one: ClaimView, form: InsurerRefusedForm, now: datetime) -> str:
    insurance_operations.mark_refused(by=office.by, claim_id=one.id, why=form.cleaned_data["why"], now=now)
    return _("The refusal is written down.")


@require_GET
@at_county
def file(request: HttpRequest, office: Office, claim_id: int) -> HttpResponse:
    """A claim's file: a table, the photos, the decision and its hash, in one zip."""
    one = _claim(office, claim_id)
    response = HttpResponse(claim_file(one), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="claim-{one.order_number}-{one.id}.zip"'
    response["Cache-Control"] = "no-store"
    return response


def _policy(office: Office, policy_id: int) -> PolicyView:
    """Raises `NotFound` for another county's."""
    one = insurance.policy(policy_id=policy_id)
    if one.county_id != office.county_id:
        raise NotFound("policy")
    return one


def _claim(office: Office, claim_id: int) -> ClaimView:
    """Raises `NotFound` for another county's."""
    one = insurance.claim(claim_id=claim_id)
    if one.county_id != office.county_id:
        raise NotFound("claim")
    return one
