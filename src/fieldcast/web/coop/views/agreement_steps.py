"""Making and revising an agreement, step by step. What was typed travels with the form, so nothing is lost on the way;
the last step shows the whole agreement in words before anything is agreed.
"""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fieldcast.accounts import queries as accounts
from fieldcast.agreements import jumps
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.loaders import load_version
from fieldcast.agreements.problems import GuaranteeJumps
from fieldcast.agreements.roles import CARRIER, COOPERATIVE, HOST
from fieldcast.agreements.terms import Terms, following_a_model
from fieldcast.agreements.types import Jump, VersionView
from fieldcast.agreements.waterfalls import models
from fieldcast.agreements.waterfalls.model import Model
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import ProductView
from fieldcast.kit.errors import Problem
from fieldcast.trade import queries as trade
from fieldcast.web.coop.forms.agreements import Step, TermsStep, WhoStep, WhyStep, fields_of
from fieldcast.web.coop.views import composing
from fieldcast.web.coop.worked_out import example, sold_products
from fieldcast.web.coop.writing import said_when_written
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.clauses import clauses
from fieldcast.web.shared.flow import flow_parts
from fieldcast.web.shared.workplace import Workplace, at_cooperative, person_of, workplace_of


@require_http_methods(["GET", "POST"])
@at_cooperative
def new(request: HttpRequest, place: Workplace) -> HttpResponse:
    """A new agreement with a host and a carrier."""
    place.must_manage()
    return _walk(request, place, None)


@login_required
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, version_id: int) -> HttpResponse:
    """A new version of an agreement, from the latest one."""
    version = load_version(by=person_of(request), version_id=version_id, perm="agreements.revise")
    if not version.latest:
        messages.info(request, _("There is a newer version. Look at it first."))
        return redirect("coop_agreement", version.id)
    place = workplace_of(request, version.cooperative_id)
    return (
        composing.walk(request, place, version) if version.terms.composed else _walk(request, place, version)
    )


def _walk(request: HttpRequest, place: Workplace, version: VersionView | None) -> HttpResponse:
    products = catalog.products(county_id=place.county_id)
    steps = _steps(request, place, version, products)
    at = min(asking.whole(request.POST.get("at")) or 0, len(steps))
    go = request.POST.get("go", "")
    if request.method == "GET" or go == "back":
        return _show(request, place, version, steps, max(0, at - 1))
    wrong = next((number for number, step in enumerate(steps[: at + 1]) if not step.is_valid()), None)
    if wrong is not None:
        return _show(request, place, version, steps, wrong)
    if at + 1 < len(steps):
        return _show(request, place, version, steps, at + 1)
    said = {name: value for step in steps for name, value in step.terms().items()}
    terms = Terms.from_json({**said, "model": _model(request, version).name})
    if go == "save":
        return _save(request, place, version, steps, terms, products)
    return _check(request, place, version, steps, terms, products)


def _model(request: HttpRequest, version: VersionView | None) -> Model:
    """The version's model; for a new agreement the one that was chosen, before that the first."""
    known = models()
    first = next(iter(known.values()))
    return (
        following_a_model(version.terms).model if version else known.get(request.POST.get("model", ""), first)
    )


def _steps(
    request: HttpRequest, place: Workplace, version: VersionView | None, products: Sequence[ProductView]
) -> list[Step]:
    """All steps: those that were filled in with what was typed, the others with the version's terms."""
    data = request.POST
    model = _model(request, version)
    first: Step
    if version is None:
        partners = {
            role: [
                one
                for kind in role.taken_by
                for one in accounts.organisations(county_id=place.county_id, kind=kind)
            ]
            for role in model.roles
            if role != COOPERATIVE
        }
        first = WhoStep(data if "name" in data else None, models=models().values(), partners=partners)
    else:
        first = WhyStep(data if "note" in data else None)
    steps: list[Step] = [first]
    for step in model.steps:
        asked = [model.terms[name].term for name in step.terms]
        names = [name for term in asked for name in fields_of(term, products, None)]
        filled = data if any(name in data for name in names) else None
        terms = following_a_model(version.terms) if version else None
        form = TermsStep(filled, asked=asked, products=products, terms=terms, earlier=tuple(steps))
        form.title, form.lead = step.title, step.lead
        steps.append(form)
    return steps


def _show(
    request: HttpRequest, place: Workplace, version: VersionView | None, steps: Sequence[Step], at: int
) -> HttpResponse:
    """One step to fill in; the others travel along unseen."""
    form = steps[at]
    context = {
        **_common(request, place, version, steps, at),
        "form": form,
        "carried": [
            field for number, step in enumerate(steps) if number != at and step.is_bound for field in step
        ],
    }
    return render(request, "coop/agreements/step.html", context, status=422 if form.errors else 200)


def _check(
    request: HttpRequest,
    place: Workplace,
    version: VersionView | None,
    steps: Sequence[Step],
    terms: Terms,
    products: Sequence[ProductView],
    *,
    status: int = 200,
) -> HttpResponse:
    """The whole agreement in words, before it is agreed; what jumps in it is asked about."""
    named = {one.code: one for one in products}
    sold = sold_products(terms, products)
    pack = trade.typical_pack(
        county_id=place.county_id,
        cooperative_id=place.id,
        host_id=version.host_id if version else None,
        terms=terms,
        product_codes=tuple(sold),
    )
    shown = example(
        terms,
        product=sold[pack.product_code],
        pack_units=pack.pack_units,
        price_fen=pack.price_fen,
    )
    context = {
        **_common(request, place, version, steps, len(steps)),
        "clauses": clauses(terms, named),
        "example": shown,
        "flow": flow_parts(shown.slices),
        "carried": [field for step in steps for field in step],
        "jumps": [(named[one.product_code], one) for one in _jumps(place, version, terms)],
        "refused": status != HTTPStatus.OK,
    }
    return render(request, "coop/agreements/check.html", context, status=status)


def _jumps(place: Workplace, version: VersionView | None, terms: Terms) -> tuple[Jump, ...]:
    """Guaranteed prices more than a third from the last ones."""
    if version is not None:
        return jumps.of_revision(agreement_id=version.agreement_id, terms=terms)
    return jumps.of_new(cooperative_id=place.id, terms=terms)


def _common(
    request: HttpRequest, place: Workplace, version: VersionView | None, steps: Sequence[Step], at: int
) -> dict[str, Any]:
    titles = [*(step.title for step in steps), _("Look it over")]
    return {
        "place": place,
        "version": version,
        "at": at,
        "stages": [
            {"title": title, "state": "done" if number < at else "now" if number == at else "next"}
            for number, title in enumerate(titles)
        ],
        "once": once.key_of(request),
    }


def _save(
    request: HttpRequest,
    place: Workplace,
    version: VersionView | None,
    steps: Sequence[Step],
    terms: Terms,
    products: Sequence[ProductView],
) -> HttpResponse:
    now, looked = timezone.now(), "confirms_jump" in request.POST
    try:
        with transaction.atomic():
            claim = once.claim(request, now=now)
            address = claim.led_to or claim.leads_to(
                _write(place, version, steps[0], terms, now, confirms_jump=looked)
            )
    except GuaranteeJumps:
        return _check(request, place, version, steps, terms, products, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("coop_agreements")
    messages.success(request, said_when_written(place, terms))
    return redirect(address)


def _others(terms: Terms) -> set[str]:
    """Roles that the model names besides those of every agreement."""
    return {role.name for role in terms.model.roles} - {COOPERATIVE.name, HOST.name, CARRIER.name}


def _write(
    place: Workplace,
    version: VersionView | None,
    first: Step,
    terms: Terms,
    now: datetime,
    *,
    confirms_jump: bool,
) -> str:
    said = first.cleaned_data
    if version is not None:
        made = agreements_operations.revise(
            by=place.by,
            agreement_id=version.agreement_id,
            terms=terms,
            note=said["note"],
            now=now,
            confirms_jump=confirms_jump,
        )
    else:
        made = agreements_operations.create_agreement(
            by=place.by,
            county_id=place.county_id,
            name=said["name"],
            cooperative_id=place.id,
            host_id=said[HOST.name],
            carrier_id=said[CARRIER.name],
            others={role: said[role] for role in _others(terms)},
            terms=terms,
            now=now,
            confirms_jump=confirms_jump,
        )
    return reverse("coop_agreement", args=[made.id])
