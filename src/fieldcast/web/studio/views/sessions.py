"""Sessions of a host: the list, planning one, and one in each of its states."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

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
from fieldcast.supervision import operations as supervision
from fieldcast.trade import operations as trade_operations
from fieldcast.web.sessions.held import with_sales
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.steps import take
from fieldcast.web.shared.workplace import Workplace, at_studio, person_of
from fieldcast.web.studio import scenes
from fieldcast.web.studio.forms import MoveForm, PlanForm, ReportForm

A_PAGE = 12
STATES: Final = (SessionState.LIVE, SessionState.PLANNED, SessionState.ENDED, SessionState.CANCELLED)


@require_GET
@at_studio
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """The host's sessions, the latest first, with what they sold."""
    state = asking.one_of(request, "state", SessionState)
    page = live.sessions(
        county_id=place.county_id,
        host_id=place.id,
        state=state,
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    held = with_sales(page.items, now=timezone.now())
    context = {"place": place, "page": page, "held": held, "state": state, "states": STATES}
    return render(request, "studio/sessions.html", context)


@require_http_methods(["GET", "POST"])
@at_studio
def new(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Plan a session: whose goods, which agreement, title and time. What it offers is the next step."""
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
    context = {"place": place, "form": form, "once": once.key_of(request), "steps": scenes.steps_of(0)}
    return render(request, "studio/new.html", context, status=422 if form.errors else 200)


@require_GET
@login_required
def detail(request: HttpRequest, session_id: int) -> HttpResponse:
    """One session for those who run it: the run sheet before, the live view during, what it brought after."""
    session = load_session_to_run(by=person_of(request), session_id=session_id)
    return _page(request, session)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, session_id: int) -> HttpResponse:
    """Another title or time for a session that has not begun."""
    by, now = person_of(request), timezone.now()
    session = load_session_to_run(by=by, session_id=session_id)
    initial = {"title": session.title, "starts_at": session.starts_at}
    form = MoveForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                live_operations.edit(by=by, session_id=session.id, now=now, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("studio_session", session.id)
        except Problem as problem:
            beside(form, problem, form.refusals)
    context = {"session": session, "form": form}
    return render(request, "studio/edit.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def open_now(request: HttpRequest, session_id: int) -> HttpResponse:
    """Go live."""
    return _step(request, session_id, trade_operations.open_session, _("You are live. Good luck!"))


@login_required
@require_POST
def end(request: HttpRequest, session_id: int) -> HttpResponse:
    """End the session; what it did not sell is free again."""
    said = _("The session has ended. What was not sold is free again.")
    return _step(request, session_id, trade_operations.end_session, said)


@login_required
@require_POST
def cancel(request: HttpRequest, session_id: int) -> HttpResponse:
    """Call off a planned session; everything set aside for it is free again."""
    said = _("The session is called off. What was set aside for it is free again.")
    return _step(request, session_id, trade_operations.cancel_session, said)


@login_required
@require_POST
def report(request: HttpRequest, session_id: int) -> HttpResponse:
    """Say what the session sold; it is held against orders, payments and parcels at once."""
    by, now = person_of(request), timezone.now()
    session = load_session_to_run(by=by, session_id=session_id)
    form = ReportForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                claim = once.claim(request, now=now)
                if claim.led_to is None:
                    units, fen = form.cleaned_data["units"], form.cleaned_data["amount"]
                    supervision.report_sales(
                        by=by, session_id=session.id, units=units, amount_fen=fen, now=now
                    )
                    claim.leads_to(reverse("studio_session", args=[session.id]))
            messages.success(request, _("Your report is in. Below it stands beside the records."))
            return redirect(reverse("studio_session", args=[session.id]) + "#check")
        except Problem as problem:
            if session.opened_at is None:  # its page has no form to say it beside
                messages.error(request, str(problem))
                return redirect("studio_session", session.id)
            beside(form, problem, form.refusals)
    return _page(request, session, form=form)


def _page(request: HttpRequest, session: SessionView, *, form: ReportForm | None = None) -> HttpResponse:
    """The page of a session in the state it is in."""
    now = timezone.now()
    if session.state == SessionState.PLANNED:
        template, context = "studio/planned.html", scenes.planned(session=session, now=now)
    elif session.state == SessionState.LIVE:
        template, context = "studio/live.html", scenes.on_air(session=session)
    elif session.state == SessionState.ENDED:
        template, context = "studio/ended.html", scenes.ended(session=session, now=now)
        context["form"] = form or ReportForm()
    else:
        template, context = "studio/cancelled.html", {"session": session}
    context["once"] = once.key_of(request)
    response = render(request, template, context, status=422 if form and form.errors else 200)
    response["Cache-Control"] = "no-store"  # coming back must not show an old count
    return response


def _step(request: HttpRequest, session_id: int, operation: Any, said: str) -> HttpResponse:
    by = person_of(request)
    session = load_session_to_run(by=by, session_id=session_id)
    step = partial(operation, by=by, session_id=session.id, now=timezone.now())
    return take(request, step, back=reverse("studio_session", args=[session.id]), said=said)


def _plan_form(request: HttpRequest, place: Workplace, now: datetime) -> PlanForm:
    versions = [one for one in agreements.current_of(organisation_id=place.id) if one.host_id == place.id]
    cooperatives = accounts.organisations_by_ids(ids={one.cooperative_id for one in versions})
    evening = timezone.localtime(now).replace(hour=19, minute=30, second=0, microsecond=0)
    starts_at = evening if evening > now + timedelta(hours=1) else evening + timedelta(days=1)
    data = request.POST if request.method == "POST" else None
    return PlanForm(data, versions=versions, cooperatives=cooperatives, initial={"starts_at": starts_at})


def _plan(place: Workplace, form: PlanForm, now: datetime) -> str:
    """Plan it, dressed in the picture and clip of the host's last session; returns its address."""
    version = form.version
    earlier = live.sessions(county_id=place.county_id, host_id=place.id, per_page=1).items
    session = trade_operations.plan_session(
        by=place.by,
        organiser_id=place.id,
        cooperative_id=version.cooperative_id,
        host_id=place.id,
        agreement_version_id=version.id,
        title=form.cleaned_data["title"],
        starts_at=form.cleaned_data["starts_at"],
        public_benefit=version.terms.public_benefit,
        cover=earlier[0].cover if earlier else "",
        clip=earlier[0].clip if earlier else "",
        now=now,
    )
    return reverse("studio_session", args=[session.id])
