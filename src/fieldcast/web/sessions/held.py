"""Sessions with what each sold, read for all of a page at once; and what a host has planned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldcast.live import queries as live
from fieldcast.live.types import SessionState, SessionView
from fieldcast.supervision import queries as supervision
from fieldcast.supervision.types import Verification

LATE_BY = timedelta(hours=3)  # a host who has not begun by then has forgotten, or thought better of it
MOST_PLANS = 50


@dataclass(frozen=True)
class Held:
    """A session with what its orders say, and the host beside them."""

    session: SessionView
    check: Verification

    @property
    def sales_fen(self) -> int:
        """Paid and not given back before shipment."""
        return self.check.amount.paid

    @property
    def packs(self) -> int:
        """Packs paid for and not given back before shipment."""
        return self.check.packs.paid


def with_sales(sessions: Iterable[SessionView], *, now: datetime) -> tuple[Held, ...]:
    """Sessions with their sales, in the order given."""
    shown = tuple(sessions)
    checks = supervision.verify_sessions(sessions=shown, now=now)
    return tuple(Held(session=one, check=checks[one.id]) for one in shown)


@dataclass(frozen=True)
class Plans:
    """A host's plans, the next first: those to come, and those whose hour went by without the room being opened."""

    coming: tuple[SessionView, ...]
    forgotten: tuple[SessionView, ...]

    @property
    def next(self) -> SessionView | None:
        """What begins next, or should have begun a moment ago."""
        return next(iter(self.coming), None)


def plans_of(*, county_id: int, host_id: int, now: datetime) -> Plans:
    """What a host has planned."""
    page = live.sessions(
        county_id=county_id, host_id=host_id, state=SessionState.PLANNED, per_page=MOST_PLANS
    )
    planned = tuple(reversed(page.items))
    return Plans(
        coming=tuple(one for one in planned if one.starts_at >= now - LATE_BY),
        forgotten=tuple(one for one in planned if one.starts_at < now - LATE_BY),
    )
