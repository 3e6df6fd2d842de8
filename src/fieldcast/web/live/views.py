"""The live pages: the list, the room in its three states, and what a visitor can do there."""

import json
import time
from typing import Any, Final

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from fieldcast.accounts import limits
from fieldcast.accounts.access import allowed, has_role
from fieldcast.accounts.types import Role
from fieldcast.accounts.visitors import who
from fieldcast.kit.pages import Page
from fieldcast.live import operations as live_operations
from fieldcast.live import queries as live
from fieldcast.live.hub.room import clock_ms
from fieldcast.live.loaders import load_session
from fieldcast.live.playlist import playlist
from fieldcast.live.types import MessageKind, SessionState, SessionView
from fieldcast.live.video import CONTENT_TYPES
from fieldcast.trade import queries as trade
from fieldcast.web.events import events_of
from fieldcast.web.live.about import about
from fieldcast.web.live.counted import COOKIE, device_of, remember, visitor
from fieldcast.web.live.scene import chat_facts, scene, snapshot
from fieldcast.web.shared import asking
from fieldcast.web.shared.county import county_of
from fieldcast.web.shared.workplace import person_of

STATE_SECONDS: Final = (
    0.5  # a crowd that reconnects at once reads the database twice a second, not a thousand times
)
MOST_STATES: Final = 200
MOST_SAID: Final = 999_999_999  # likes a page may claim; how many count is limited elsewhere
_states: dict[int, tuple[float, bytes]] = {}

TEMPLATES: Final = {
    SessionState.PLANNED: "live/planned.html",
    SessionState.LIVE: "live/room.html",
    SessionState.ENDED: "live/ended.html",
    SessionState.CANCELLED: "live/ended.html",
}


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What is live, what is coming, what has been."""
    county = county_of(request)
    now = timezone.now()
    past: Page[SessionView] = Page(items=(), total=0, number=1, per_page=12)
    context: dict[str, Any] = {"live": (), "coming": (), "past": past}
    if county is not None:
        context = {
            "live": live.live_now(county_id=county.id),
            "coming": trade.coming(county_id=county.id, now=now),
            "past": live.sessions(
                county_id=county.id,
                state=SessionState.ENDED,
                page=asking.page_number(request),
                per_page=12,
            ),
        }
    return render(request, "live/list.html", context)


@require_GET
def room(request: HttpRequest, session_id: int) -> HttpResponse:
    """The room, in the state its session is in."""
    since = clock_ms()  # before anything is read: frames later than this are not yet on the page
    session = load_session(by=request.user, session_id=session_id)
    shown = scene(session=session, now=timezone.now())
    late = session.starts_at <= timezone.now()
    device = device_of(request)
    events = events_of(session_id=session.id, visitor=visitor(request, session, device))
    context = {"scene": shown, "session": session, "late": late, "config": _config(session, since, events)}
    context |= _before(request, session)
    context |= {
        "followed": live.follows(person_id=request.user.pk, host_id=session.host_id),
        "awaited": live.awaits(person_id=request.user.pk, session_id=session.id),
    }
    response = render(request, TEMPLATES[session.state], context)
    remember(response, device, known=request.COOKIES.get(COOKIE))
    response["Cache-Control"] = (
        "no-store"  # coming back by the browser's own button must not show an old count
    )
    return response


@require_GET
def state(request: HttpRequest, session_id: int) -> HttpResponse:
    """The room's state as one frame, for a listener who has missed frames."""
    when, body = _states.get(session_id, (0.0, b""))
    if time.monotonic() - when > STATE_SECONDS:
        at = clock_ms()
        session = load_session(by=request.user, session_id=session_id)
        body = json.dumps(snapshot(session=session, at=at), ensure_ascii=False).encode()
        if (
            session.state == SessionState.CANCELLED
        ):  # told to those who run it alone, so not kept for the next
            return _state(body)
        if len(_states) >= MOST_STATES:
            _states.clear()
        _states[session_id] = (time.monotonic(), body)
    return _state(body)


def _state(body: bytes) -> HttpResponse:
    return HttpResponse(body, content_type="application/json", headers={"Cache-Control": "no-store"})


@cache_control(no_store=True)  # whom one follows and what is left changes
@require_GET
def about_goods(request: HttpRequest, session_id: int, offer_id: int) -> HttpResponse:
    """One of the goods in a sheet over the room; without scripts, its lot's page."""
    session = load_session(by=request.user, session_id=session_id)
    shown = about(session=session, offer_id=offer_id)
    if not asking.by_script(request):
        return redirect("lot", lot_id=shown.lot.id)
    return render(request, "live/_about.html", {"shown": shown, "session": session})


@require_GET
def video(request: HttpRequest, session_id: int) -> HttpResponse:
    """The HLS playlist of a session that is or was live, as it stands this second."""
    return HttpResponse(
        playlist(session_id=session_id, now=timezone.now()),
        content_type=CONTENT_TYPES[".m3u8"],
        headers={"Cache-Control": "no-store"},
    )


@login_required
@require_POST
def say(request: HttpRequest, session_id: int) -> HttpResponse:
    """A line of chat or a question; comes back to everyone, its writer too, through the room's events."""
    asked = request.POST.get("kind") == MessageKind.QUESTION.value
    with transaction.atomic():
        message = live_operations.say(
            by=person_of(request),
            session_id=session_id,
            text=request.POST.get("text", ""),
            kind=MessageKind.QUESTION if asked else MessageKind.CHAT,
            now=timezone.now(),
        )
    if not asking.by_script(request):
        return redirect("live_room", session_id=session_id)
    said: dict[str, Any] = {"room:said": {"message": chat_facts(message)}}
    if asked:
        said["toast"] = {"text": _("Your question is with the host."), "tone": "success"}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(said)})


@require_POST
def like(request: HttpRequest, session_id: int) -> HttpResponse:
    """Likes gathered over a second. Anyone may: it is a thumb, not a signature. Past a limit they count for nothing."""
    now, said = timezone.now(), asking.whole(request.POST.get("count"), most=MOST_SAID)
    count = 1 if said is None else said
    counted = limits.granted(rate=limits.LIKES, who=who(request), now=now, amount=count)
    if count and not counted:
        total = live.counts(session_id=session_id).likes
    else:
        with transaction.atomic():
            total = live_operations.like(session_id=session_id, count=counted)
    if request.headers.get("X-Requested-With") != "fetch":
        return redirect("live_room", session_id=session_id)
    return JsonResponse({"likes": total})


@require_POST
def share(request: HttpRequest, session_id: int) -> HttpResponse:
    """Count that someone passed the session on; past the limit it counts for nothing."""
    load_session(by=request.user, session_id=session_id)
    now = timezone.now()
    if limits.granted(rate=limits.SHARES, who=who(request), now=now):
        with transaction.atomic():
            live_operations.share(session_id=session_id)
    if request.headers.get("X-Requested-With") != "fetch":
        address = request.build_absolute_uri(reverse("live_room", args=[session_id]))
        notices.info(request, _("Copy this address to share it: %(address)s") % {"address": address})
        return redirect("live_room", session_id=session_id)
    return HttpResponse(status=204)


def _before(request: HttpRequest, session: SessionView) -> dict[str, Any]:
    """Is a planned session announced? If not, those who run it are led to what it still needs."""
    if session.state != SessionState.PLANNED:
        return {}
    announced = bool(trade.announced(sessions=[session]))
    return {"announced": announced, "prepare_url": "" if announced else _prepared_at(request, session)}


def _prepared_at(request: HttpRequest, session: SessionView) -> str:
    """Where the reader prepares the session; "" for those who do not run it."""
    if not allowed(request.user, "live.run_session", session):
        return ""
    hosts = has_role(request.user, session.host_id, Role.OWNER, Role.MANAGER)
    return reverse("studio_session" if hosts else "coop_session", args=[session.id])


def _config(session: SessionView, since: int, events: str) -> dict[str, Any]:
    """What the page's scripts must know."""
    names = ("state", "like", "share")
    urls = {name: reverse(f"live_{name}", args=[session.id]) for name in names}
    urls["events"] = events
    if session.state == SessionState.LIVE and live.source(session_id=session.id) is not None:
        urls["video"] = reverse("live_video", args=[session.id])
        urls["hls"] = static("vendor/hls/hls.light.min.js")
    return {
        "session": session.id,
        "state": session.state.value,
        "since": since,
        "opened": session.opened_at.isoformat() if session.opened_at else None,
        "explaining": session.explaining_offer_id,
        "likes": session.counts.likes,
        "urls": urls,
    }
