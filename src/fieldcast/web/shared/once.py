"""A form that makes something is taken once, however often it is sent. It carries a key in a hidden field; sent again
unchanged, it leads where it led the first time (`kit.once`).
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from fieldcast.kit import once
from fieldcast.kit.ids import random_code

FIELD = "once"
LENGTH = 16
_SPENT = "fieldcast_key_is_spent"


def key_of(request: HttpRequest) -> str:
    """The key the form came with, to show again with it; a new one for a form that is shown the first time, or whose
    key already stands for another sending."""
    key = request.POST.get(FIELD, "")
    return key if once.KEY.fullmatch(key) and _SPENT not in request.META else random_code(LENGTH)


def claim(request: HttpRequest, *, now: datetime, kept: timedelta = once.KEPT) -> once.Claim:
    """Take the form of this request, inside the transaction that does its work. Raises `kit.once.KeyReused`.

    Someone who sends the same form at the same moment waits here until that transaction ends.
    """
    assert request.user.pk is not None
    sent = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    words = [request.path, *(word for name, values in sent for word in (name, str(len(values)), *values))]
    for name in sorted(request.FILES):
        words += [word for file in request.FILES.getlist(name) for word in _of(name, file)]
    try:
        return once.claim(
            person_id=request.user.pk,
            key=key_of(request),
            asked=once.fingerprint(word.encode() for word in words),
            now=now,
            kept=kept,
        )
    except once.KeyReused:
        request.META[_SPENT] = True
        raise


def was_taken(request: HttpRequest) -> bool:
    """Was a form with this key taken already? For pages that are there only until it is."""
    key = request.POST.get(FIELD, "")
    return bool(once.KEY.fullmatch(key)) and once.is_taken(person_id=request.user.pk or 0, key=key)


def _of(name: str, file: Any) -> tuple[str, ...]:
    """A file that was sent, in words: the same only when every byte is."""
    content = hashlib.sha256()
    for piece in file.chunks():
        content.update(piece)
    file.seek(0)
    return name, file.name, content.hexdigest()
