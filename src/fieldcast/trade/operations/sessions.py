"""A session ends, and with it what it sells: one step, so that no unit stays set aside for a room that is closed."""

from datetime import datetime

from django.db import transaction

from fieldcast.live import operations as live
from fieldcast.live.types import Member
from fieldcast.trade.operations.offers import close_session_offers


def end_session(*, by: Member, session_id: int, now: datetime) -> None:
    """Close a live session and its offers; what is held may still be paid until its hold runs out.

    Raises as `live.operations.close_session` does.
    """
    with transaction.atomic():
        live.close_session(by=by, session_id=session_id, now=now)
        close_session_offers(session_id=session_id, now=now)


def cancel_session(*, by: Member, session_id: int, now: datetime) -> None:
    """Cancel a planned session; everything set aside for it is free again.

    Raises as `live.operations.cancel_session` does.
    """
    with transaction.atomic():
        live.cancel_session(by=by, session_id=session_id, now=now)
        close_session_offers(session_id=session_id, now=now)
