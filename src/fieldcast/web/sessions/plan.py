"""A session from its plan to its end: planned, given another title or time, opened, ended, called off."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from fieldcast.accounts import queries as accounts
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import Problem, Sentence
from fieldcast.live import operations as live_operations
from fieldcast.live import queries as live
from fieldcast.live.loaders import load_session_to_run
from fieldcast.live.types import SessionView
from fieldcast.trade import operations as trade_operations
from fieldcast.web.sessions.forms import MoveForm, PlanForm
from fieldcast.web.sessions.frame import Frame
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.steps import take
from fieldcast.web.shared.workplace import Workplace, person_of, workplace

STEPS: Final[tuple[Sentence, ...]] = (gettext_lazy("Plan"), gettext_lazy("Goods"), gettext_lazy("Go live"))
LOOKED_THROUGH: Final = 20  # sessions searched for the last one with the same partner


def steps_of(now: int) -> list[dict[str, object]]:
    """How far a plan has come: `now` is the step at hand, from 0."""
    states = ["done" if place < now else "now" if place == now else "next" for place in range(len(STEPS))]
    return [{"title": title, "state": state} for title, state in zip(STEPS, states, strict=True)]


@require_http_methods(["GET", "POST"])
@login_required
def plan(request: HttpRequest, *, frame: Frame) -> HttpResponse:
    """Plan a session: under which agreement, title and time. What it offers is the next step."""
    place, now = workplace(request, frame.kind), timezone.now()
    if not frame.tells_staff:
        place.must_manage()
    form = _plan_form(request, place, frame, now)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                claim = once.claim(request, now=now)
                address = claim.led_to or claim.leads_to(_plan(place, form, frame, now))
            return redirect(address)
        except Problem as problem:
            beside(form, problem, form.refusals)
    context = {
        "frame": frame,
        "place": place,
        "form": form,
        "once": once.key_of(request),
        "steps": steps_of(0),
    }
    return render(request, "sessions/plan.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, session_id: int, *, frame: Frame) -> HttpResponse:
    """Another title or time for a session that has not begun."""
    by, now = person_of(request), timezone.now()
    session = load_session_to_run(by=by, session_id=session_id)
    place = frame.place_of(request, session)
    initial = {"title": session.title, "starts_at": session.starts_at}
    form = MoveForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                live_operations.edit(by=by, session_id=session.id, now=now, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(frame.session, session.id)
        except Problem as problem:
            beside(form, problem, form.refusals)
    context = {"frame": frame, "place": place, "session": session, "form": form}
    return render(request, "sessions/edit.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def open_now(request: HttpRequest, session_id: int, *, frame: Frame) -> HttpResponse:
    """Go live."""
    return _step(request, session_id, frame, trade_operations.open_session, str(frame.opened))


@login_required
@require_POST
def end(request: HttpRequest, session_id: int, *, frame: Frame) -> HttpResponse:
    """End the session; what it did not sell is free again."""
    said = _("The session has ended. What was not sold is free again.")
    return _step(request, session_id, frame, trade_operations.end_session, said)


@login_required
@require_POST
def cancel(request: HttpRequest, session_id: int, *, frame: Frame) -> HttpResponse:
    """Call off a planned session; everything set aside for it is free again."""
    said = _("The session is called off. What was set aside for it is free again.")
    return _step(request, session_id, frame, trade_operations.cancel_session, said)


def _step(request: HttpRequest, session_id: int, frame: Frame, operation: Any, said: str) -> HttpResponse:
    by = person_of(request)
    session = load_session_to_run(by=by, session_id=session_id)
    frame.place_of(request, session)
    step = partial(operation, by=by, session_id=session.id, now=timezone.now())
    words = said.replace("%(title)s", session.title)
    return take(request, step, back=frame.page_of(session.id), said=words)


def _plan_form(request: HttpRequest, place: Workplace, frame: Frame, now: datetime) -> PlanForm:
    usable = agreements.usable_of(organisation_id=place.id, today=timezone.localdate())
    versions = [one for one in usable if frame.mine(one) == place.id]
    partners = accounts.organisations_by_ids(ids={frame.theirs(one) for one in versions})
    evening = timezone.localtime(now).replace(hour=19, minute=30, second=0, microsecond=0)
    starts_at = evening if evening > now + timedelta(hours=1) else evening + timedelta(days=1)
    asked = asking.whole(request.GET.get("agreement"))
    data = request.POST if request.method == "POST" else None
    initial = {"starts_at": starts_at, "agreement": asked}
    agreed = agreements.agreed_versions(ids=[one.id for one in versions])
    return frame.plan_form(data, versions=versions, agreed=agreed, partners=partners, initial=initial)


def _plan(place: Workplace, form: PlanForm, frame: Frame, now: datetime) -> str:
    """Plan it, with the picture and clip of the last session of the two, else of the organiser; returns its address."""
    version = form.version
    last = _last_of(place, version, frame)
    session = trade_operations.plan_session(
        by=place.by,
        organiser_id=place.id,
        cooperative_id=version.cooperative_id,
        host_id=version.host_id,
        agreement_version_id=version.id,
        title=form.cleaned_data["title"],
        starts_at=form.cleaned_data["starts_at"],
        cover=last.cover if last else "",
        clip=last.clip if last else "",
        now=now,
    )
    return frame.page_of(session.id)


def _last_of(place: Workplace, version: VersionView, frame: Frame) -> SessionView | None:
    earlier = live.sessions(
        county_id=place.county_id,
        cooperative_id=place.id if frame.mine(version) == version.cooperative_id else None,
        host_id=place.id if frame.mine(version) == version.host_id else None,
        per_page=LOOKED_THROUGH,
    ).items
    parties = (version.cooperative_id, version.host_id)
    of_the_two = (one for one in earlier if (one.cooperative_id, one.host_id) == parties)
    return next(of_the_two, next(iter(earlier), None))
