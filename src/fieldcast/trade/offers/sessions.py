"""A session as trade sees it: planned and opened under an agreement that its parties have made; and when it ends, what
it sells ends in the same step, so that no unit stays set aside for a room that is closed.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from fieldcast.accounts.types import SignedIn
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.problems import AgreementEnded
from fieldcast.live import operations as live_operations
from fieldcast.live import queries as live
from fieldcast.live.types import SessionView
from fieldcast.trade.offers import covering, queries
from fieldcast.trade.offers.operations import close_session_offers
from fieldcast.trade.offers.problems import TermsNotAgreed, WrongAgreement

PLANS_READ = 200  # of those that nobody was told of; what is not ready yet stays among them


def plan_session(
    *, by: SignedIn, cooperative_id: int, host_id: int, agreement_version_id: int, now: datetime, **plan: Any
) -> SessionView:
    """Plan a session under an agreement between its cooperative and its host, whose terms say if it is a benefit.

    Raises `NotFound`, `WrongAgreement`, and as `live.operations.plan` does, which says what else can be given.
    """
    version = agreements.version(version_id=agreement_version_id)
    if (version.cooperative_id, version.host_id) != (cooperative_id, host_id):
        raise WrongAgreement
    if version.ended:
        raise AgreementEnded
    return live_operations.plan(
        by=by,
        cooperative_id=cooperative_id,
        host_id=host_id,
        agreement_version_id=agreement_version_id,
        public_benefit=version.terms.public_benefit,
        now=now,
        **plan,
    )


def open_session(*, by: SignedIn, session_id: int, now: datetime) -> SessionView:
    """Go live once everyone who must has agreed to every version that something is sold under, the carrier too.

    Raises `TermsNotAgreed`; `BelowDeductions` and `CoverTooSmall` for what it sells below its deductions; and as
    `live.operations.open_session` does.
    """
    with transaction.atomic():
        opened = live_operations.open_session(by=by, session_id=session_id, now=now)
        missing = queries.not_agreed(session=opened)
        if missing:
            raise TermsNotAgreed(name=missing[0].name)
        queries.check_in_force(session=opened, now=now)
        covering.check_session(session_id=session_id, cooperative_id=opened.cooperative_id)
    return opened


def announce_due(*, now: datetime) -> int:
    """Tell those who follow a host of each session that everyone sees since; returns how many sessions that were."""
    waiting = live.sessions_by_ids(ids=set(live.unannounced(now=now, limit=PLANS_READ)))
    public = queries.announced(sessions=waiting.values())
    return live_operations.announce(session_ids=[one.id for one in public], now=now)


def end_session(*, by: SignedIn, session_id: int, now: datetime) -> None:
    """Close a live session and its offers; what is held may still be paid until its hold runs out.

    Raises as `live.operations.close_session` does.
    """
    with transaction.atomic():
        live_operations.close_session(by=by, session_id=session_id, now=now)
        close_session_offers(by=by, session_id=session_id, now=now)


def cancel_session(*, by: SignedIn, session_id: int, now: datetime) -> None:
    """Cancel a planned session; everything set aside for it is free again.

    Raises as `live.operations.cancel_session` does.
    """
    with transaction.atomic():
        live_operations.cancel_session(by=by, session_id=session_id, now=now)
        close_session_offers(by=by, session_id=session_id, now=now)
