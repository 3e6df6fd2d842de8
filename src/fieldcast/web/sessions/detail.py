"""The page of one session: planned, live, ended or called off."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.live.types import SessionState, SessionView
from fieldcast.web.sessions.frame import Frame
from fieldcast.web.shared import once
from fieldcast.web.shared.workplace import Workplace


@require_GET
@login_required
def detail(request: HttpRequest, session_id: int, *, frame: Frame) -> HttpResponse:
    """A session in the state it is in, for those who may see it from this face."""
    session, place = frame.look(request, session_id)
    return page_of(request, session, place, frame=frame)


def page_of(
    request: HttpRequest,
    session: SessionView,
    place: Workplace | None,
    *,
    frame: Frame,
    status: int = 200,
    **besides: Any,
) -> HttpResponse:
    """The page of a session that is already loaded, with what the caller puts beside: a form that was refused."""
    shown = frame.pages[session.state]
    context = {
        "frame": frame,
        "place": place,
        "session": session,
        "may_sell": _may_sell(session, place),
        "once": once.key_of(request),
        **shown.context(session, timezone.now()),
        **besides,
    }
    return render(request, shown.template, context, status=status)


def _may_sell(session: SessionView, place: Workplace | None) -> bool:
    """May whoever looks put goods on the run sheet, and take them off?"""
    manages = place is None or place.manages
    return manages and session.state in (SessionState.PLANNED, SessionState.LIVE)
