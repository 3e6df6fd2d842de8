"""A carrier's lists, one parcel, and what a code on a label leads to. Lists and parcels are kept on the phone."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.accounts import queries as accounts
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_parcel, load_parcel_whole
from fieldcast.trade.problems import UnknownCode
from fieldcast.trade.types import CarryingStepView, ParcelView, Round
from fieldcast.web.carrier.forms import TOGETHER, StepForm, forms_of
from fieldcast.web.carrier.listing import TITLES, grouped
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.carried import STATES, TONES, said_of, title_of
from fieldcast.web.shared.offline import kept
from fieldcast.web.shared.waiting import waiting_for_me
from fieldcast.web.shared.words import full_time
from fieldcast.web.shared.workplace import Workplace, at_carrier, person_of, workplace_of

A_PAGE = 20


@require_GET
@at_carrier
def parcels(request: HttpRequest, place: Workplace) -> HttpResponse:
    """One of the three lists, with the one thing that is done to it."""
    return kept(request, parcels_page(request, place), title=str(TITLES[_asked(request)]))


def parcels_page(request: HttpRequest, place: Workplace, form: StepForm | None = None) -> HttpResponse:
    """The list that is asked for; `form` is what was sent for several of it and is not right."""
    now, which = timezone.now(), _asked(request)
    seller_id, day = asking.whole(request.GET.get("from")), asking.day(request, "day")
    page = trade.parcels(
        carrier_id=place.id,
        which=which,
        seller_id=seller_id,
        day=_span(day) if day else None,
        search=asking.words(request),
        page=asking.page_number(request),
        per_page=A_PAGE,
        now=now,
    )
    step = {Round.TO_FETCH: "fetch", Round.ON_THE_WAY: "deliver"}.get(which)
    counts = trade.parcel_counts(carrier_id=place.id, now=now)
    context = {
        "place": place,
        "which": which,
        "tabs": [(one, TITLES[one], counts[one]) for one in Round],
        "page": page,
        "groups": grouped(which, page.items, now=now),
        "step": step,
        "form": form or (TOGETHER[step](auto_id="together-%s") if step else None),
        "sellers": trade.sellers_of_parcels(carrier_id=place.id, which=which, now=now),
        "seller_id": seller_id,
        "day": day,
        "filtered": bool(seller_id or day or asking.words(request)),
        "waits": waiting_for_me(by=place.by, now=now),
        "once": once.key_of(request),
        "now": now,
    }
    return render(request, "carrier/parcels.html", context, status=422 if form else 200)


def _asked(request: HttpRequest) -> Round:
    return asking.one_of(request, "list", Round) or Round.TO_FETCH


def _span(day: Any) -> tuple[datetime, datetime]:
    begins = timezone.make_aware(datetime.combine(day, time()))
    return begins, begins + timedelta(days=1)


@require_GET
@at_carrier
def code(request: HttpRequest, place: Workplace) -> HttpResponse:
    """What a label's code leads to: its parcel, or the list again with the code and that nobody knows it."""
    typed = asking.words(request, "c", longest=200)
    try:
        found = load_parcel(by=place.by, code=typed)
    except UnknownCode as problem:
        messages.warning(request, str(problem))
        back = _asked(request).value
        return redirect(f"{reverse('carrier')}?list={back}")
    return redirect("carrier_parcel", found.number)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def parcel(request: HttpRequest, code: str) -> HttpResponse:
    """One parcel and what is done next. Where it goes is masked; showing it whole (POST) is written down."""
    by, now = person_of(request), timezone.now()
    if request.method == "POST":
        return parcel_page(request, load_parcel_whole(by=by, code=code, now=now))
    return parcel_page(request, load_parcel(by=by, code=code))


def parcel_page(request: HttpRequest, found: ParcelView, form: StepForm | None = None) -> HttpResponse:
    """A parcel's page; `form` is a step that was sent and is not right."""
    whole = found.delivery.line != "****"
    label, tone = STATES[found.state]
    people = accounts.display_names(person_ids={one.by_id for one in found.steps if one.by_id})
    shown = forms_of(found, form)
    context = {
        "place": workplace_of(request, found.carrier_id),
        "parcel": found,
        "label": label,
        "tone": tone,
        "whole": whole,
        "hindrance": " · ".join(said_of(found.hindrance)) if found.hindrance else "",
        "forms": [(name, one, found.state in one.begins) for name, one in shown.items()],
        "events": [_told(one, people) for one in reversed(found.steps)],
        "once": once.key_of(request),
        "now": timezone.now(),
    }
    page = render(request, "carrier/parcel.html", context, status=422 if form else 200)
    title = f"{_('Parcel')} {found.number}"
    return page if whole else kept(request, page, title=title)


def _told(step: CarryingStepView, people: dict[int, str]) -> dict[str, str]:
    who = people.get(step.by_id or 0, "")
    return {
        "title": title_of(step),
        "when": full_time(step.at),
        "text": " · ".join(one for one in (*said_of(step), who) if one),
        "tone": TONES.get(step.step, "paddy"),
    }
