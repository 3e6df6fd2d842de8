"""A session's life: planned, live once, ended; or cancelled before it began.

Whoever changes a session locks its row first and checks after, so that two people pressing at once get one answer.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require, require_now
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, SignedIn, Standing
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.events import LIVE_CHANNEL, publish
from fieldcast.live import queries
from fieldcast.live.models import Session, SessionStep, Tally
from fieldcast.live.operations import follows, sources
from fieldcast.live.types import LONGEST_HOLD, SessionDeed, SessionState, SessionView, SourceView
from fieldcast.live.words import one_line

TITLE_LENGTH = 60
LATEST_START = timedelta(days=366)
LATE_BY = timedelta(minutes=10)  # a plan made "for now" may be a few minutes old when it is saved


class WrongParties(Problem):
    """The organisations do not fit together."""

    code = "wrong_parties"
    sentence = _("A session is planned by its cooperative or its host, both of the same county.")
    next_step = _("Choose the cooperative whose goods are sold and the host who presents them.")


class BadStart(Problem):
    """The start is over, or too far away."""

    code = "bad_start"
    sentence = _("A session starts between now and a year from now.")
    next_step = _("Choose another time.")


class HoldOutsideRange(Problem):
    """Unpaid orders may not keep their packs that long."""

    code = "hold_outside_range"
    sentence = _("An unpaid order keeps its packs for 1 second to 1 hour, not %(seconds)s seconds.")
    next_step = _("Choose a time within that.")


class NotPlanned(Problem):
    """Only a planned session can be opened, changed or cancelled."""

    code = "not_planned"
    status = 409
    sentence = _("This session is no longer waiting to begin.")
    next_step = _("Look at it again: it is live, over or cancelled.")


class AlreadyLive(Problem):
    """A host has one live session at a time."""

    code = "already_live"
    status = 409
    sentence = _("%(host)s is already live in another session.")
    next_step = _("End that session first.")


class HostSuspended(Problem):
    """Supervision has suspended someone whose standing the session needs."""

    code = "host_suspended"
    status = 403
    sentence = _("%(name)s may not go live at the moment.")
    next_step = _("Ask the county authority for the reason; its decision can be appealed.")


class SessionNotLive(Problem):
    """The room is not open."""

    code = "session_not_live"
    status = 409
    sentence = _("This session is not live.")
    next_step = _("Watch for the next one on the live page.")


def plan(
    *,
    by: SignedIn,
    organiser_id: int,
    cooperative_id: int,
    host_id: int,
    agreement_version_id: int,
    title: str,
    starts_at: datetime,
    now: datetime,
    hold_seconds: int | None = None,
    public_benefit: bool = False,
    cover: str = "",
    clip: str = "",
) -> SessionView:
    """Plan a session for an owner or manager of its organiser, which is the cooperative or the host.

    `hold_seconds` is how long an unpaid order keeps its packs (None: the platform's setting). That the agreement is
    one between these parties, and for the public's benefit, is trade's to say. Raises `WrongParties`,
    `BadStart`, `HoldOutsideRange`, `EmptyText`, `TextTooLong`; `NotFound` for strangers.
    """
    parties = _parties(organiser_id=organiser_id, cooperative_id=cooperative_id, host_id=host_id)
    require(by, "live.plan_session", parties[organiser_id])
    row = Session.objects.create(
        county_id=parties[host_id].county_id,
        title=one_line(title, limit=TITLE_LENGTH),
        organiser_id=organiser_id,
        cooperative_id=cooperative_id,
        host_id=host_id,
        agreement_version_id=agreement_version_id,
        starts_at=_start(starts_at, now),
        hold_seconds=_hold(settings.HOLD_SECONDS if hold_seconds is None else hold_seconds),
        public_benefit=public_benefit,
        cover=cover,
        created_by_id=by.pk,
        created_at=now,
    )
    Tally.objects.create(session=row)
    if clip:
        sources.choose(session_id=row.pk, kind=queries.CLIP, key=clip)
    _write_down(row, SessionDeed.PLANNED, by=by, now=now)
    return queries.session(session_id=row.pk)


def edit(
    *,
    by: SignedIn,
    session_id: int,
    now: datetime,
    title: str | None = None,
    starts_at: datetime | None = None,
    hold_seconds: int | None = None,
    cover: str | None = None,
    clip: str | None = None,
) -> SessionView:
    """Change a planned session; what is None stays as it is. Raises `NotPlanned` and what `plan` raises."""
    row = _locked(by, session_id, SessionState.PLANNED)
    changes: dict[str, Any] = {"cover": cover}
    changes["title"] = None if title is None else one_line(title, limit=TITLE_LENGTH)
    changes["starts_at"] = None if starts_at is None else _start(starts_at, now)
    changes["hold_seconds"] = None if hold_seconds is None else _hold(hold_seconds)
    changes = {name: value for name, value in changes.items() if value is not None}
    for name, value in changes.items():
        setattr(row, name, value)
    if changes:
        row.save(update_fields=list(changes))
    if clip is not None:
        sources.choose(session_id=session_id, kind=queries.CLIP, key=clip)
    if changes or clip is not None:
        _write_down(row, SessionDeed.CHANGED, by=by, now=now)
    return queries.session(session_id=session_id)


def reschedule(*, by: SignedIn, session_id: int, starts_at: datetime, now: datetime) -> SessionView:
    """Move a planned session to another time."""
    return edit(by=by, session_id=session_id, starts_at=starts_at, now=now)


def choose_source(*, by: SignedIn, session_id: int, kind: str, key: str, now: datetime) -> SourceView | None:
    """Say what a planned session will show: `key` of this kind of source, or with no key nothing.

    Raises `NotPlanned`, and `LookupError` for a kind that there is not.
    """
    row = _locked(by, session_id, SessionState.PLANNED)
    sources.choose(session_id=session_id, kind=kind, key=key)
    _write_down(row, SessionDeed.CHANGED, by=by, now=now)
    return queries.source(session_id=session_id)


def open_session(*, by: SignedIn, session_id: int, now: datetime) -> SessionView:
    """Go live. Raises `NotPlanned`, `HostSuspended`, `AlreadyLive`."""
    row = _locked(by, session_id, SessionState.PLANNED)
    parties = accounts.organisations_by_ids(ids={row.host_id, row.cooperative_id, row.organiser_id})
    for organisation in parties.values():
        if organisation.standing != Standing.GOOD:
            raise HostSuspended(name=organisation.name)
    if Session.objects.filter(host_id=row.host_id, state=SessionState.LIVE.value).exists():
        raise AlreadyLive(host=parties[row.host_id].name)
    row.state, row.opened_at = SessionState.LIVE.value, now
    try:
        with transaction.atomic():
            row.save(update_fields=["state", "opened_at"])
    except IntegrityError as error:  # two sessions of one host opened in the same moment
        if "host_live_once_at_a_time" not in str(error):
            raise
        raise AlreadyLive(host=parties[row.host_id].name) from None
    sources.begin(session_id=session_id, now=now)
    _write_down(row, SessionDeed.OPENED, by=by, now=now)
    follows.tell_begun(session_id=session_id, now=now)
    publish(LIVE_CHANNEL, {"s": session_id, "state": row.state})
    return queries.session(session_id=session_id)


def close_session(*, by: SignedIn, session_id: int, now: datetime) -> SessionView:
    """End a live session. Its offers are trade's to close. Raises `SessionNotLive`."""
    row = _locked(by, session_id, SessionState.LIVE)
    row.state, row.closed_at, row.explaining_offer_id = SessionState.ENDED.value, now, None
    row.save(update_fields=["state", "closed_at", "explaining_offer_id"])
    sources.end(session_id=session_id, now=now)
    _write_down(row, SessionDeed.ENDED, by=by, now=now)
    publish(LIVE_CHANNEL, {"s": session_id, "state": row.state, "explaining": None})
    return queries.session(session_id=session_id)


def cancel_session(*, by: SignedIn, session_id: int, now: datetime) -> SessionView:
    """Call off a planned session. Raises `NotPlanned`."""
    row = _locked(by, session_id, SessionState.PLANNED)
    row.state = SessionState.CANCELLED.value
    row.save(update_fields=["state"])
    _write_down(row, SessionDeed.CANCELLED, by=by, now=now)
    publish(LIVE_CHANNEL, {"s": session_id, "state": row.state})
    return queries.session(session_id=session_id)


def explain(*, by: SignedIn, session_id: int, offer_id: int | None, now: datetime) -> SessionView:
    """Say which offer the host shows now (None: none); every room's product card follows. Raises `SessionNotLive`.

    That the offer belongs to the session is the caller's to check: live stands below trade.
    """
    row = _locked(by, session_id, SessionState.LIVE)
    if row.explaining_offer_id != offer_id:
        row.explaining_offer_id = offer_id
        row.save(update_fields=["explaining_offer_id"])
        _write_down(row, SessionDeed.EXPLAINED, by=by, now=now, offer_id=offer_id)
    publish(LIVE_CHANNEL, {"s": session_id, "explaining": offer_id})
    return queries.session(session_id=session_id)


def _write_down(
    row: Session, deed: SessionDeed, *, by: SignedIn, now: datetime, offer_id: int | None = None
) -> None:
    SessionStep.objects.create(session=row, deed=deed.value, offer_id=offer_id, by_id=by.pk, at=now)


def _locked(by: SignedIn, session_id: int, wanted: SessionState) -> Session:
    """The session's row, locked, for someone who may run it and in the state the change needs."""
    row = Session.objects.select_for_update().filter(id=session_id).first()
    if row is None:
        raise NotFound("session")
    require_now(by, "live.run_session", row)
    if row.state != wanted.value:
        raise SessionNotLive if wanted == SessionState.LIVE else NotPlanned
    return row


def _parties(*, organiser_id: int, cooperative_id: int, host_id: int) -> dict[int, OrganisationRef]:
    found = accounts.organisations_by_ids(ids={organiser_id, cooperative_id, host_id})
    cooperative, host = found.get(cooperative_id), found.get(host_id)
    if cooperative is None or host is None:
        raise NotFound("organisation")
    if (
        organiser_id not in {cooperative_id, host_id}
        or cooperative.kind != OrganisationKind.COOPERATIVE
        or host.kind != OrganisationKind.HOST
        or cooperative.county_id != host.county_id
    ):
        raise WrongParties
    return found


def _start(starts_at: datetime, now: datetime) -> datetime:
    if not now - LATE_BY <= starts_at <= now + LATEST_START:
        raise BadStart
    return starts_at


def _hold(seconds: int) -> int:
    if not 1 <= seconds <= LONGEST_HOLD:
        raise HoldOutsideRange(seconds=seconds)
    return seconds
