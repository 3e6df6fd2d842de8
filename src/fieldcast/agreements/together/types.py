"""What is known of selling alone. None: nobody knows, which is not zero."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class AloneFigures:
    """Minutes for a parcel and for a request of a buyer; what cheating brings a host in a session and with what
    probability it is found, together and alone; the penalty that a household could ask for by itself.
    """

    parcel_minutes: int | None = None
    request_minutes: int | None = None
    gain_fen: int | None = None
    detection_bp: int | None = None
    detection_alone_bp: int | None = None
    penalty_alone_fen: int | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class AloneView:
    """The figures as they were written down last."""

    figures: AloneFigures
    by: str
    at: datetime
