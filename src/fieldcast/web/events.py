"""The address of a room's events, and whom the listener counts for. Django's addresses do not know it: `live.sse`
answers before Django does, and knows of the request no more than its address says.

A page says with a *pass* that it is a visitor's: hashes of who he is, made for one session, and signed, so that nobody
makes up viewers. Without one the events come all the same and nobody is counted.
"""

import re
from typing import Final

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from fieldcast.live.hub import Visitor

PATH: Final = re.compile(r"/live/(\d{1,18})/events")
PASS: Final = "pass"  # noqa: S105 — the name of a field
_SIGNER: Final = "fieldcast.live.pass"
_KEY_LENGTH: Final = 32


def events_of(*, session_id: int, visitor: Visitor | None = None) -> str:
    """Where a page listens to a session; with `visitor` as someone who is counted."""
    address = f"/live/{session_id}/events"
    if visitor is None:
        return address
    signed = Signer(salt=_SIGNER, sep="~").sign(f"{session_id}~{visitor.key}~{visitor.earlier}")
    return f"{address}?{PASS}={signed}"


def hashed(*, session_id: int, who: str) -> str:
    """Someone as one session knows him: the same person has another hash in the next."""
    return salted_hmac(f"{_SIGNER}.{session_id}", who, algorithm="sha256").hexdigest()[:_KEY_LENGTH]


def visitor_of(*, session_id: int, signed: str) -> Visitor | None:
    """Whom a pass of this session names; None for any other."""
    try:
        named, key, earlier = Signer(salt=_SIGNER, sep="~").unsign(signed).split("~")
    except (BadSignature, ValueError):
        return None
    return Visitor(key, earlier) if named == str(session_id) else None
