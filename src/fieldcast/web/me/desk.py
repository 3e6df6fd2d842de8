"""One thing that waits: its history, who holds it, and what its reader may do with it here."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fieldcast.accounts.access import allowed
from fieldcast.accounts.types import SignedIn
from fieldcast.desk import operations as desk_operations
from fieldcast.desk import queries as desk
from fieldcast.desk.kinds import kind_of
from fieldcast.desk.loaders import load_item
from fieldcast.desk.types import Deed, ItemView, StepView
from fieldcast.kit.errors import NotFound, Sentence
from fieldcast.web.shared import asking
from fieldcast.web.shared.steps import take
from fieldcast.web.shared.waiting import in_words
from fieldcast.web.shared.workplace import person_of

DEEDS: Final[Mapping[Deed, Sentence]] = {
    Deed.OPENED: gettext_lazy("Somebody was asked"),
    Deed.HANDED_OVER: gettext_lazy("Handed over"),
    Deed.ACCEPTED: gettext_lazy("Taken"),
    Deed.DECLINED: gettext_lazy("Not taken"),
    Deed.REMINDED: gettext_lazy("Reminded"),
    Deed.ESCALATED: gettext_lazy("Not answered in time: brought before others"),
    Deed.DONE: gettext_lazy("It was answered"),
    Deed.WITHDRAWN: gettext_lazy("Taken back"),
}


@login_required
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Look at an item, hand it over, take it or not, answer it in words."""
    by, now = person_of(request), timezone.now()
    found = load_item(by=by, item_id=item_id)
    if request.method == "POST":
        step = _step(request, found, by=by, now=now)
        return take(request, step, back=request.path, said=_("It is written down."))
    others = tuple(one for one in desk.may_take(found) if one.id != by.pk)
    takers = others if allowed(by, "desk.hand_over_item", found) else ()
    context = {
        "one": in_words(found, by=by, now=now),
        "events": [_told(step) for step in reversed(desk.steps_of(item_id=found.id))],
        "takers": takers if found.waits and found.offered_to_id is None else (),
        "in_words": found.waits and kind_of(found.kind).in_words and allowed(by, "desk.answer_item", found),
        "most": desk_operations.MOST_LETTERS,
    }
    return render(request, "me/desk_item.html", context)


def _step(request: HttpRequest, item: ItemView, *, by: SignedIn, now: datetime) -> Callable[[], object]:
    words = request.POST.get("words", "")
    to_id = asking.whole(request.POST.get("to")) or 0
    steps: Mapping[str, Callable[[], object]] = {
        "hand_over": lambda: desk_operations.hand_over(
            by=by, item_id=item.id, to_id=to_id, why=words, now=now
        ),
        "accept": lambda: desk_operations.accept(by=by, item_id=item.id, now=now),
        "decline": lambda: desk_operations.decline(by=by, item_id=item.id, why=words, now=now),
        "answer": lambda: desk_operations.answer(by=by, item_id=item.id, words=words, now=now),
    }
    step = steps.get(request.POST.get("do", ""))
    if step is None:
        raise NotFound("step")
    return step


def _told(step: StepView) -> dict[str, Any]:
    """A step for the timeline. What a room said itself is said in the reader's language."""
    people = [step.by] if step.by else []
    if step.to and step.to != step.by:
        people.append(step.to)
    said = [" → ".join(people), _(step.why) if step.why else ""]
    return {"title": DEEDS[step.deed], "when": step.at, "text": " · ".join(one for one in said if one)}
