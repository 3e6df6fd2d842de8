"""Idempotency: a request that moves something is done once, however often it is sent: by an impatient thumb, a browser
that sends again, a program that lost the answer. It carries a key. The first time, the key is claimed in the
transaction that does the work, and keeps what it led to; the second time leads there too, and nothing is done.

A claim is a row, unique by person and key, so that nobody can take another's. It goes with its transaction: work that
was refused leaves no claim and may be sent again under its key. It is the first row such a transaction locks, before
any of the work's own, so that it cannot be part of a deadlock with them.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.models import Claim as Row

PATTERN: Final = r"^[A-Za-z0-9_.:-]{8,64}$"
LEAST, MOST = 8, 64
KEY: Final = re.compile(PATTERN)
KEPT: Final = timedelta(days=2)  # longer than any browser or program goes on sending the same request
KEPT_FOR_PHONES: Final = timedelta(days=60)  # a phone may be without a signal for weeks
FORGOTTEN_AT_ONCE: Final = 5000

# Someone else's uncommitted row under the same key is waited for here, by the unique index; one whose time is over is
# taken over. No row comes back when the key stands for a request that was taken.
_TAKE: Final = """
INSERT INTO kit_claim AS kept (person_id, key, asked, led_to, until)
VALUES (%(person_id)s, %(key)s, %(asked)s, '', %(until)s)
ON CONFLICT ON CONSTRAINT claim_taken_once DO UPDATE
   SET asked = excluded.asked, led_to = '', until = excluded.until WHERE kept.until <= %(now)s
RETURNING kept.id
"""


class BadKey(Problem):
    """A key that cannot be kept."""

    code = "bad_key"
    sentence: ClassVar[Sentence] = _("A request's key is 8 to 64 letters, digits or signs out of _ . : -")
    next_step: ClassVar[Sentence] = _("Open the page again and send it from there.")


class KeyReused(Problem):
    """The key came with another request before."""

    code = "key_reused"
    status = 409
    sentence: ClassVar[Sentence] = _("This was already sent once, with something else in it.")
    next_step: ClassVar[Sentence] = _(
        "Look at what the first one did. What is sent now goes under a new key."
    )


@dataclass(frozen=True)
class Claim:
    """A request being taken. `led_to` is what it led to the first time, None when this is the first time."""

    id: int
    led_to: str | None

    def leads_to(self, answer: str) -> str:
        """Keep what the work led to, for the next time; returns it."""
        Row.objects.filter(id=self.id).update(led_to=answer)
        return answer


def fingerprint(parts: Iterable[bytes]) -> str:
    """What was asked, as 64 letters (SHA-256, hex). Each part is measured, so that none can run into the next."""
    asked = hashlib.sha256()
    for part in parts:
        asked.update(f"{len(part)}:".encode())
        asked.update(part)
    return asked.hexdigest()


def claim(*, person_id: int, key: str, asked: str, now: datetime, kept: timedelta = KEPT) -> Claim:
    """Take a request, inside the transaction that does its work. `asked` is its `fingerprint`, `kept` for how long its
    key stands for it.

    Whoever sends the same at the same moment waits here until that transaction ends: committed, they get its answer;
    undone, the work is theirs to do. Raises `BadKey`, and `KeyReused` for another request under the same key.
    """
    assert connection.in_atomic_block, "a claim outlives no transaction"
    if not KEY.fullmatch(key):
        raise BadKey
    named: dict[str, int | str | datetime] = {
        "person_id": person_id,
        "key": key,
        "asked": asked,
        "until": now + kept,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, named)
        taken = cursor.fetchone()
    if taken is not None:
        return Claim(id=taken[0], led_to=None)
    earlier = Row.objects.get(person_id=person_id, key=key)
    if earlier.asked != asked:
        raise KeyReused
    return Claim(id=earlier.id, led_to=earlier.led_to)


def is_taken(*, person_id: int, key: str) -> bool:
    """Was a request taken under this key, and has it been done? Nothing is written."""
    return Row.objects.filter(person_id=person_id, key=key).exists()


def forget(*, now: datetime) -> int:
    """Delete claims whose time is over, in portions; returns how many there were."""
    gone = 0
    while True:
        with transaction.atomic():
            over = list(
                Row.objects.filter(until__lte=now)
                .select_for_update(skip_locked=True)
                .values_list("id", flat=True)[:FORGOTTEN_AT_ONCE]
            )
            Row.objects.filter(id__in=over).delete()
        gone += len(over)
        if len(over) < FORGOTTEN_AT_ONCE:
            return gone
