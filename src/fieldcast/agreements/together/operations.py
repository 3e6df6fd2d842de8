"""Writes of what selling alone would be like: rows are only ever added."""

from dataclasses import asdict
from datetime import datetime

from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements.records.problems import BadFigure
from fieldcast.agreements.together.models import AloneFigure
from fieldcast.agreements.together.types import AloneFigures
from fieldcast.kit.money import BASIS
from fieldcast.kit.said import must_say

MOST_MINUTES = 1440
MOST_FEN = 10**10
_MOST = {
    "parcel_minutes": MOST_MINUTES,
    "request_minutes": MOST_MINUTES,
    "gain_fen": MOST_FEN,
    "penalty_alone_fen": MOST_FEN,
    "detection_bp": BASIS,
    "detection_alone_bp": BASIS,
}


def write(*, by: SignedIn, cooperative_id: int, figures: AloneFigures, now: datetime) -> None:
    """Write down what is known. Raises `NotFound` for strangers, `BadFigure`, `SaysNothing` without a source."""
    require(by, "agreements.speak_for_members", cooperative_id)
    said = asdict(figures)
    for name, most in _MOST.items():
        least = 1 if name == "gain_fen" else 0
        if said[name] is not None and not least <= said[name] <= most:
            raise BadFigure(least=least, most=most)
    said["source"] = must_say(figures.source, field="source")[:200]
    AloneFigure.objects.create(cooperative_id=cooperative_id, by_id=by.pk, at=now, **said)
