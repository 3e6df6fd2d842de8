"""What a host does in the live room: explain, answer, announce, write down what was said, hide a line.

What changed comes back to every page, this one too, through the room's frames.
"""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fieldcast.kit.errors import NotFound, Problem
from fieldcast.live import operations as live_operations
from fieldcast.live import queries as live
from fieldcast.live.loaders import load_message_session, load_session_to_run
from fieldcast.live.operations import CannotAnswer
from fieldcast.live.types import MessageKind
from fieldcast.trade.loaders import load_offer_of
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.asking import by_script
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.steps import done, take
from fieldcast.web.shared.workplace import person_of
from fieldcast.web.studio.forms import HideForm


@login_required
@require_POST
def explain(request: HttpRequest, session_id: int) -> HttpResponse:
    """Say which offer is being shown now; an empty one ends it."""
    by = person_of(request)
    session = load_session_to_run(by=by, session_id=session_id)
    offer_id = asking.whole(request.POST.get("offer"))
    if request.POST.get("offer"):
        load_offer_of(by=by, offer_id=offer_id or 0, session_id=session.id)
    return take(
        request,
        lambda: live_operations.explain(by=by, session_id=session.id, offer_id=offer_id, now=timezone.now()),
        back=reverse("studio_session", args=[session.id]),
    )


@login_required
@require_POST
def answer(request: HttpRequest, session_id: int) -> HttpResponse:
    """Answer a question, in front of everyone."""
    question = asking.whole(request.POST.get("question"))
    if question is None:
        raise CannotAnswer

    def write(text: str, now: datetime) -> object:
        return live_operations.say(
            by=person_of(request),
            session_id=session_id,
            text=text,
            kind=MessageKind.ANSWER,
            answers=question,
            now=now,
        )

    return _written(request, session_id, write)


@login_required
@require_POST
def announce(request: HttpRequest, session_id: int) -> HttpResponse:
    """Say something to everyone in the chat."""

    def write(text: str, now: datetime) -> object:
        return live_operations.say(
            by=person_of(request), session_id=session_id, text=text, kind=MessageKind.NOTICE, now=now
        )

    return _written(request, session_id, write)


@login_required
@require_POST
def transcribe(request: HttpRequest, session_id: int) -> HttpResponse:
    """Keep what the host says, with the time."""

    def write(text: str, now: datetime) -> object:
        return live_operations.transcribe(
            by=person_of(request), session_id=session_id, text=text, at=now, source="typed", now=now
        )

    return _written(request, session_id, write)


@login_required
@require_http_methods(["GET", "POST"])
def hide(request: HttpRequest, message_id: int) -> HttpResponse:
    """Take a line of chat out of sight in every room, for a reason; it is kept."""
    by = person_of(request)
    session = load_message_session(by=by, message_id=message_id)
    form = HideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                why = form.cleaned_data["why"]
                live_operations.hide_message(by=by, message_id=message_id, why=why, now=timezone.now())
            said = _("Hidden from everyone. It is kept on record.")
            if by_script(request):
                return done(said=said, events={"sheet:close": "hide"})
            messages.success(request, said)
            return redirect("studio_session", session.id)
        except Problem as problem:
            beside(form, problem, form.refusals)
    context = {"session": session, "line": live.message(message_id=message_id), "form": form}
    template = "studio/_hide_form.html" if by_script(request) else "studio/hide.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _written(request: HttpRequest, session_id: int, write: Callable[[str, datetime], object]) -> HttpResponse:
    """Write what was typed, once however often it is sent. Without script, words that were refused come back to be
    sent again."""
    session = load_session_to_run(by=person_of(request), session_id=session_id)
    text, now = request.POST.get("text", ""), timezone.now()
    back = reverse("studio_session", args=[session.id])
    try:
        with transaction.atomic():
            claim = once.claim(request, now=now)
            if claim.led_to is None:
                write(text, now)
                claim.leads_to(back)
    except NotFound:
        raise
    except Problem as problem:
        if by_script(request):
            raise
        wrote = _("You wrote:")
        messages.error(request, f"{problem} {wrote} {text}" if text.strip() else str(problem))
        return redirect(back)
    return done(events={"studio:sent": {}}) if by_script(request) else redirect(back)
