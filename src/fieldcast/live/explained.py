"""What a host said while an offer was explained: the transcript between the moments that are written down for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fieldcast.live.models import Session, SessionStep, TranscriptLine
from fieldcast.live.queries import transcript_view
from fieldcast.live.types import SessionDeed, TranscriptView

AROUND: Final = timedelta(
    seconds=30
)  # what is said of goods begins before the card is turned, and ends after
MOST_LINES: Final = 60


@dataclass(frozen=True)
class Explained:
    """One stretch of a session in which an offer was explained. `to_at` None: it still is."""

    from_at: datetime
    to_at: datetime | None
    lines: tuple[TranscriptView, ...]


def explained(*, session_id: int, offer_id: int) -> Sequence[Explained]:
    """Every stretch in which the offer was explained, with what was said, in order; lines `MOST_LINES` in all."""
    session = Session.objects.filter(id=session_id).first()
    if session is None:
        return ()
    steps = SessionStep.objects.filter(session_id=session_id, deed=SessionDeed.EXPLAINED.value).order_by(
        "at", "id"
    )
    moments = [(step.at, step.offer_id) for step in steps]
    ends: list[datetime | None] = [at for at, _offer in moments[1:]]
    found: list[Explained] = []
    left = MOST_LINES
    for (from_at, offer), to_at in zip(moments, [*ends, session.closed_at], strict=False):
        if offer != offer_id:
            continue
        rows = TranscriptLine.objects.filter(session_id=session_id, at__gte=from_at - AROUND)
        if to_at is not None:
            rows = rows.filter(at__lte=to_at + AROUND)
        lines = tuple(transcript_view(row) for row in rows.order_by("at", "id")[:left])
        left -= len(lines)
        found.append(Explained(from_at=from_at, to_at=to_at, lines=lines))
    return tuple(found)
