"""Sessions of a host: the list, planning one, and one in each of its states. `web.sessions` does the rest."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fieldcast.kit.errors import Problem
from fieldcast.live import queries as live
from fieldcast.live.loaders import load_session_to_run
from fieldcast.live.types import SessionState, SessionView
from fieldcast.supervision import operations as supervision_operations
from fieldcast.web.sessions import plan as planning
from fieldcast.web.sessions.held import with_sales
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.workplace import Workplace, at_studio, person_of
from fieldcast.web.studio import scenes
from fieldcast.web.studio.forms import ReportForm
from fieldcast.web.studio.frame import STUDIO

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
    return planning.plan(request, place, frame=STUDIO)


@require_GET
@login_required
def detail(request: HttpRequest, session_id: int) -> HttpResponse:
    """One session for those who run it: the run sheet before, the live view during, what it brought after."""
    session = load_session_to_run(by=person_of(request), session_id=session_id)
    return _page(request, session)


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
                    packs, fen = form.cleaned_data["units"], form.cleaned_data["amount"]
                    supervision_operations.report_sales(
                        by=by, session_id=session.id, packs=packs, amount_fen=fen, now=now
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
