"""Following a host from the room, and being told when one session begins. Without scripts it is a form."""

from typing import Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from fieldcast.live import operations as live_operations
from fieldcast.live import queries as live
from fieldcast.live.loaders import load_session
from fieldcast.live.types import SessionView
from fieldcast.trade import queries as trade
from fieldcast.web.live.scene import lot_shown
from fieldcast.web.shared import asking
from fieldcast.web.shared.workplace import person_of

STOP = "stop"


@cache_control(no_store=True)  # whom one follows and what is left changes
@require_GET
def host(request: HttpRequest, session_id: int) -> HttpResponse:
    """Who the host is, in a sheet over the room; without scripts, the room."""
    session = load_session(by=request.user, session_id=session_id)
    if not asking.by_script(request):
        return redirect("live_room", session_id=session_id)
    return render(request, "live/_host_about.html", _context(request, session))


@login_required
@require_POST
def follow(request: HttpRequest, session_id: int) -> HttpResponse:
    """Follow the host of this session, or stop."""
    person, session = person_of(request), load_session(by=request.user, session_id=session_id)
    with transaction.atomic():
        if request.POST.get("do") == STOP:
            live_operations.unfollow(by=person, host_id=session.host_id)
        else:
            live_operations.follow(by=person, host_id=session.host_id, now=timezone.now())
    if asking.by_script(request):
        return render(request, "live/_follow.html", _context(request, session))
    return redirect("live_room", session_id=session_id)


@login_required
@require_POST
def remind(request: HttpRequest, session_id: int) -> HttpResponse:
    """Be told when this session begins, or not after all."""
    person, session = person_of(request), load_session(by=request.user, session_id=session_id)
    with transaction.atomic():
        if request.POST.get("do") == STOP:
            live_operations.await_no_more(by=person, session_id=session.id)
            notices.info(request, _("You will not be told when it begins."))
        else:
            live_operations.await_session(by=person, session_id=session.id, now=timezone.now())
            notices.success(request, _("You will be told as soon as it begins."))
    return redirect("live_room", session_id=session_id)


def _context(request: HttpRequest, session: SessionView) -> dict[str, Any]:
    now = timezone.now()
    return {
        "session": session,
        "hosted": live.hosted(host_id=session.host_id),
        "followed": live.follows(person_id=request.user.pk, host_id=session.host_id),
        "lot_id": lot_shown(session=session),
        "next_session": trade.next_of_host(host_id=session.host_id, now=now),
    }
