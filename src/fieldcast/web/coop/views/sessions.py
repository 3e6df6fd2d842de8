"""Live sessions of the cooperative: the list, planning one, and one with what it offers and sold."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fieldcast.accounts import queries as accounts
from fieldcast.agreements import queries as agreements
from fieldcast.kit.errors import Problem
from fieldcast.live import operations as live_operations
from fieldcast.live import queries as live
from fieldcast.live.loaders import load_session_to_run
from fieldcast.live.types import SessionState, SessionView
from fieldcast.settlement import queries as settlement
from fieldcast.supervision.loaders import load_verification
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.web.sessions.forms import MoveForm, PlanForm
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.flow import flow_parts
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.workplace import Workplace, at_cooperative, person_of, workplace_of

A_PAGE = 12


@require_GET
@at_cooperative
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Sessions that sell the cooperative's goods, the latest first."""
    page = live.sessions(
        county_id=place.county_id,
        cooperative_id=place.id,
        state=asking.one_of(request, "state", SessionState),
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    states = (SessionState.LIVE, SessionState.PLANNED, SessionState.ENDED)
    return render(request, "coop/sessions/list.html", {"place": place, "page": page, "states": states})


@require_http_methods(["GET", "POST"])
@at_cooperative
def plan(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Plan a session; what it offers is chosen on its own page next."""
    place.must_manage()
    now = timezone.now()
    form = _plan_form(request, place, now)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                claim = once.claim(request, now=now)
                address = claim.led_to or claim.leads_to(_plan(place, form, now))
            return redirect(address)
        except Problem as problem:
            beside(form, problem, form.refusals)
    context = {"place": place, "form": form, "once": once.key_of(request)}
    return render(request, "coop/sessions/plan.html", context, status=422 if form.errors else 200)


@require_GET
@login_required
def detail(request: HttpRequest, session_id: int) -> HttpResponse:
    """One session: its run sheet, sales and their check, and what can be done now."""
    session = live.session(session_id=session_id)
    place = workplace_of(request, session.cooperative_id)
    return render(request, "coop/sessions/detail.html", session_context(place, session, now=timezone.now()))


def session_context(place: Workplace, session: SessionView, *, now: datetime) -> dict[str, Any]:
    """Everything the page of a session shows."""
    sales = trade.session_sales(session_id=session.id)
    sold = {one.offer_id: one for one in sales.offers}
    waiting = session.state == SessionState.PLANNED
    return {
        "place": place,
        "session": session,
        "offers": [(one, sold.get(one.id)) for one in trade.offers_of_session(session_id=session.id)],
        "sales": sales,
        "version": agreements.version(version_id=session.agreement_version_id),
        "near": live.near_in_time(host_id=session.host_id, starts_at=session.starts_at, but=session.id)
        if waiting
        else (),
        "not_agreed": trade.not_agreed(session=session) if waiting else (),
        "check": load_verification(by=place.by, session_id=session.id, now=now)
        if session.opened_at
        else None,
        "flow": flow_parts(settlement.where_it_went(session_id=session.id)),
        "statements": settlement.statements(
            county_id=place.county_id, organisation_id=place.id, session_id=session.id
        ).items,
        "may_sell": session.state in (SessionState.PLANNED, SessionState.LIVE),
    }


@login_required
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, session_id: int) -> HttpResponse:
    """Another title or time for a session that has not begun."""
    by, now = person_of(request), timezone.now()
    session = load_session_to_run(by=by, session_id=session_id)
    place = workplace_of(request, session.cooperative_id)
    initial = {"title": session.title, "starts_at": session.starts_at}
    form = MoveForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                live_operations.edit(by=by, session_id=session.id, now=now, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("coop_session", session.id)
        except Problem as problem:
            beside(form, problem, form.refusals)
    context = {"place": place, "session": session, "form": form}
    return render(request, "coop/sessions/move.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def open_now(request: HttpRequest, session_id: int) -> HttpResponse:
    """Go live. The room's own page is where the host goes on."""
    session = _to_run(request, session_id)
    with transaction.atomic():
        trade_operations.open_session(by=person_of(request), session_id=session.id, now=timezone.now())
    messages.success(request, _("“%(title)s” is live.") % {"title": session.title})
    return redirect("coop_session", session.id)


@login_required
@require_POST
def end(request: HttpRequest, session_id: int) -> HttpResponse:
    """End the session; what it did not sell is free again."""
    session = _to_run(request, session_id)
    with transaction.atomic():
        trade_operations.end_session(by=person_of(request), session_id=session.id, now=timezone.now())
    messages.success(request, _("The session has ended. What was not sold is free again."))
    return redirect("coop_session", session.id)


@login_required
@require_POST
def cancel(request: HttpRequest, session_id: int) -> HttpResponse:
    """Call off a planned session; everything set aside for it is free again."""
    session = _to_run(request, session_id)
    with transaction.atomic():
        trade_operations.cancel_session(by=person_of(request), session_id=session.id, now=timezone.now())
    messages.success(request, _("The session is called off. What was set aside for it is free again."))
    return redirect("coop_sessions")


def _to_run(request: HttpRequest, session_id: int) -> SessionView:
    session = load_session_to_run(by=person_of(request), session_id=session_id)
    workplace_of(request, session.cooperative_id)
    return session


def _plan_form(request: HttpRequest, place: Workplace, now: datetime) -> PlanForm:
    versions = [
        one for one in agreements.current_of(organisation_id=place.id) if one.cooperative_id == place.id
    ]
    hosts = accounts.organisations_by_ids(ids={one.host_id for one in versions})
    evening = timezone.localtime(now).replace(hour=19, minute=30, second=0, microsecond=0)
    starts_at = evening if evening > now + timedelta(hours=1) else evening + timedelta(days=1)
    asked = asking.whole(request.GET.get("agreement"))
    data = request.POST if request.method == "POST" else None
    return PlanForm(
        data, versions=versions, hosts=hosts, initial={"starts_at": starts_at, "agreement": asked}
    )


def _plan(place: Workplace, form: PlanForm, now: datetime) -> str:
    """Plan it, dressed in the picture and clip of the last session the two held; returns its address."""
    version = form.version
    earlier = live.sessions(county_id=place.county_id, cooperative_id=place.id, per_page=20).items
    last = next((one for one in earlier if one.host_id == version.host_id), next(iter(earlier), None))
    session = trade_operations.plan_session(
        by=place.by,
        organiser_id=place.id,
        cooperative_id=place.id,
        host_id=version.host_id,
        agreement_version_id=version.id,
        title=form.cleaned_data["title"],
        starts_at=form.cleaned_data["starts_at"],
        public_benefit=version.terms.public_benefit,
        cover=last.cover if last else "",
        clip=last.clip if last else "",
        now=now,
    )
    return reverse("coop_session", args=[session.id])
