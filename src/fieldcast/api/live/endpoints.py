"""Sessions: plan, open, close, explain, talk, listen."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from fieldcast.accounts import limits
from fieldcast.accounts.loaders import load_organisation
from fieldcast.accounts.visitors import who
from fieldcast.agreements.loaders import load_version
from fieldcast.api.fields import PageNumber, PathId
from fieldcast.api.live.schemas import (
    ExplainIn,
    LikesIn,
    LikesOut,
    MessageIn,
    SessionIn,
    TranscriptIn,
)
from fieldcast.api.once import once
from fieldcast.api.pages import PageOut, page_of
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of
from fieldcast.live import operations as live_operations
from fieldcast.live import queries as live
from fieldcast.live.loaders import load_session, load_session_to_run, load_sessions
from fieldcast.live.types import MessageView, SessionState, SessionView, TranscriptView
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.loaders import load_offer_of

router = Router(tags=["live"])


@router.get("/sessions", response={200: PageOut[SessionView], **RESPONSES}, summary="Sessions")
def list_sessions(request: HttpRequest, state: SessionState | None = None, page: PageNumber = 1) -> Any:
    """Sessions of the county, the latest start first; those cancelled or not announced only for those who run them."""
    person = person_of(request)
    return page_of(load_sessions(by=person, county_id=person.county_id, state=state, page=page))


@router.post("/sessions", response={201: SessionView, **RESPONSES}, summary="Plan a session")
@once
def plan_session(request: HttpRequest, body: SessionIn) -> Any:
    """Plan a session for an organisation I manage, under an agreement it is a party to."""
    person = person_of(request)
    load_organisation(by=person, organisation_id=body.organiser_id, perm="accounts.manage_organisation")
    load_version(by=person, version_id=body.agreement_version_id)
    with transaction.atomic():
        return Status(201, trade_operations.plan_session(by=person, **body.dict(), now=timezone.now()))


@router.get("/sessions/{session_id}", response={200: SessionView, **RESPONSES}, summary="A session")
def get_session(request: HttpRequest, session_id: PathId) -> Any:
    """A session with its audience now."""
    return load_session(by=person_of(request), session_id=session_id)


@router.post("/sessions/{session_id}/open", response={200: SessionView, **RESPONSES}, summary="Go live")
@once
def open_session(request: HttpRequest, session_id: PathId) -> Any:
    """Go live."""
    person = person_of(request)
    load_session_to_run(by=person, session_id=session_id)
    with transaction.atomic():
        return trade_operations.open_session(by=person, session_id=session_id, now=timezone.now())


@router.post(
    "/sessions/{session_id}/close", response={200: SessionView, **RESPONSES}, summary="End the session"
)
@once
def close_session(request: HttpRequest, session_id: PathId) -> Any:
    """End the session; unsold units are free again, orders placed may still be paid until their hold runs out."""
    person = person_of(request)
    load_session_to_run(by=person, session_id=session_id)
    with transaction.atomic():
        trade_operations.end_session(by=person, session_id=session_id, now=timezone.now())
    return live.session(session_id=session_id)


@router.post(
    "/sessions/{session_id}/cancel", response={200: SessionView, **RESPONSES}, summary="Cancel a plan"
)
@once
def cancel_session(request: HttpRequest, session_id: PathId) -> Any:
    """Cancel a planned session; its units are free again."""
    person = person_of(request)
    load_session_to_run(by=person, session_id=session_id)
    with transaction.atomic():
        trade_operations.cancel_session(by=person, session_id=session_id, now=timezone.now())
    return live.session(session_id=session_id)


@router.post(
    "/sessions/{session_id}/explain", response={200: SessionView, **RESPONSES}, summary="Now explaining"
)
@once
def explain_goods(request: HttpRequest, session_id: PathId, body: ExplainIn) -> Any:
    """Show everyone which offer is being explained."""
    person = person_of(request)
    load_session_to_run(by=person, session_id=session_id)
    if body.offer_id is not None:
        load_offer_of(by=person, offer_id=body.offer_id, session_id=session_id)
    with transaction.atomic():
        return live_operations.explain(
            by=person, session_id=session_id, offer_id=body.offer_id, now=timezone.now()
        )


@router.get("/sessions/{session_id}/messages", response={200: list[MessageView], **RESPONSES}, summary="Chat")
def list_messages(request: HttpRequest, session_id: PathId) -> Any:
    """The latest lines of chat, oldest first."""
    load_session(by=person_of(request), session_id=session_id)
    return list(live.recent_messages(session_id=session_id, limit=100))


@router.post(
    "/sessions/{session_id}/messages", response={201: MessageView, **RESPONSES}, summary="Say something"
)
@once
def send_message(request: HttpRequest, session_id: PathId, body: MessageIn) -> Any:
    """Write danmaku, ask a question, or (who runs the session) answer one."""
    person = person_of(request)
    load_session(by=person, session_id=session_id)
    with transaction.atomic():
        return Status(
            201, live_operations.say(by=person, session_id=session_id, **body.dict(), now=timezone.now())
        )


@router.post("/sessions/{session_id}/likes", response={200: LikesOut, **RESPONSES}, summary="Like")
def send_likes(request: HttpRequest, session_id: PathId, body: LikesIn) -> Any:
    """Add likes; tap as often as you like and report once a second. Past the limit they count for nothing."""
    load_session(by=person_of(request), session_id=session_id)
    now = timezone.now()
    count = limits.granted(rate=limits.LIKES, who=who(request), now=now, amount=body.count)
    if body.count and not count:
        return LikesOut(likes=live.counts(session_id=session_id).likes)
    with transaction.atomic():
        return LikesOut(likes=live_operations.like(session_id=session_id, count=count))


@router.get(
    "/sessions/{session_id}/transcript",
    response={200: list[TranscriptView], **RESPONSES},
    summary="What was said",
)
def get_transcript(request: HttpRequest, session_id: PathId) -> Any:
    """What the host said, in order."""
    load_session(by=person_of(request), session_id=session_id)
    return list(live.transcript(session_id=session_id))


@router.post(
    "/sessions/{session_id}/transcript",
    response={201: TranscriptView, **RESPONSES},
    summary="Add to the transcript",
)
@once
def add_transcript(request: HttpRequest, session_id: PathId, body: TranscriptIn) -> Any:
    """Add what the host said, from a caption engine or typed along."""
    person = person_of(request)
    load_session_to_run(by=person, session_id=session_id)
    with transaction.atomic():
        return Status(
            201,
            live_operations.transcribe(
                by=person,
                session_id=session_id,
                text=body.text,
                at=body.at,
                ended_at=body.ended_at,
                source="api",
                now=timezone.now(),
            ),
        )
