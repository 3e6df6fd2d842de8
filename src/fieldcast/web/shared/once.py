"""A form that makes something is taken once, however often it is sent: by an impatient thumb, a browser that sends
again, two tabs. The form carries a key; the first time it is claimed in the transaction that does the work, and keeps
where that led; the second time leads there too.

A claim is a row of the session table: shared by all processes, unique by its key, undone with the transaction, swept
away with old sessions. The key is mixed with the person, so that nobody can claim another's form.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from fieldcast.kit.ids import random_code

KEPT = timedelta(days=2)
FIELD = "once"
LENGTH = 16


def key_of(request: HttpRequest) -> str:
    """The key the form came with, to show again with it; a new one for a form that is shown the first time."""
    return request.POST.get(FIELD, "")[:LENGTH] or random_code(LENGTH)


@dataclass(frozen=True)
class Claim:
    """A form being taken. `led_to` is where it led the first time, None when this is the first time."""

    name: str
    led_to: str | None

    def leads_to(self, address: str) -> str:
        """Keep where the work led, for the next time; returns the address."""
        Session.objects.filter(session_key=self.name).update(
            session_data=Session.objects.encode({"to": address})
        )
        return address


def claim(request: HttpRequest, *, now: datetime) -> Claim:
    """Take the form of this request, inside the transaction that does its work.

    Someone who sends the same form at the same moment waits here until that transaction ends.
    """
    words = f"{request.user.pk}:{key_of(request)}"
    name = "once" + hashlib.sha256(words.encode()).hexdigest()[:32]
    try:
        with transaction.atomic():
            Session.objects.create(
                session_key=name, session_data=Session.objects.encode({}), expire_date=now + KEPT
            )
    except IntegrityError:
        earlier = Session.objects.get(session_key=name).get_decoded()
        return Claim(name=name, led_to=str(earlier.get("to", "/")))
    return Claim(name=name, led_to=None)
