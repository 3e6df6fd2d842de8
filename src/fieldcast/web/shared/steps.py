"""One step of a session, taken by a button: it is done and said, or the reason why not is said. Either way the page
comes back; a script that asked gets its answer as a notice over the page it stays on.
"""

import json
from collections.abc import Callable, Mapping

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fieldcast.kit.errors import NotFound, Problem
from fieldcast.web.shared.asking import by_script


def take(request: HttpRequest, step: Callable[[], object], *, back: str, said: str = "") -> HttpResponse:
    """Do `step` in one transaction and go to `back`, saying `said` or what stands in the way.

    What is not there, or not theirs, stays `NotFound`.
    """
    if by_script(request):
        with transaction.atomic():
            step()
        return done(said=said)
    try:
        with transaction.atomic():
            step()
    except NotFound:
        raise
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        if said:
            messages.success(request, said)
    return redirect(back)


def done(*, said: str = "", events: Mapping[str, object] | None = None) -> HttpResponse:
    """Nothing to draw: the room's frames bring what changed. `events` are told to the page's script."""
    told = dict(events or {})
    if said:
        told["toast"] = {"text": said, "tone": "success"}
    headers = {"HX-Trigger": json.dumps(told)} if told else {}
    return HttpResponse(status=204, headers=headers)
