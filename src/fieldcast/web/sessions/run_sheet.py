"""What a planned session still needs before it can begin, for every face that shows its run sheet."""

from typing import Any

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef, Standing
from fieldcast.agreements import queries as agreements
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState, SessionView
from fieldcast.trade import queries as trade


def before_it_begins(session: SessionView) -> dict[str, Any]:
    """The agreement it sells under, and, while it waits to begin, what stands in its way.

    `busy` is the session its host is live in now, or None; `near` are other sessions of the host close in time,
    `not_agreed` who has not consented to the agreement, `announced` whether everyone sees it, `suspended` the first of
    its parties that may not go live at the moment, or None.
    """
    waits = session.state == SessionState.PLANNED
    near = live.near_in_time(host_id=session.host_id, starts_at=session.starts_at, but=session.id)
    busy = live.on_air_of(host_id=session.host_id) if waits else None
    return {
        "version": agreements.version(version_id=session.agreement_version_id),
        "busy": busy,
        "near": [one for one in near if busy is None or one.id != busy.id] if waits else (),
        "announced": bool(trade.announced(sessions=[session])) if waits else True,
        "not_agreed": trade.not_agreed(session=session) if waits else (),
        "suspended": _suspended(session) if waits else None,
    }


def _suspended(session: SessionView) -> OrganisationRef | None:
    parties = accounts.organisations_by_ids(ids=set(session.runners))
    return next((one for one in parties.values() if one.standing == Standing.SUSPENDED), None)
