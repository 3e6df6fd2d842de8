"""Stops and resumes a lot's sale: its state, the record of why, and a word to the rooms that show it, in one call."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import allowed, require
from fieldcast.accounts.types import OrganisationKind, SignedIn
from fieldcast.catalog import operations as catalog_operations
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState, LotView
from fieldcast.trace import queries, told
from fieldcast.trace.facts.base import Fact, Unfit, fields
from fieldcast.trace.facts.stopped import MOST_OF_A_REASON, TEST_NOT_PASSED, Resumed, Stopped
from fieldcast.trace.operations import chain
from fieldcast.trace.problems import (
    LotFinished,
    LotNotStopped,
    ReasonNeeded,
    StoppedByAuthority,
    TestNotPassed,
)
from fieldcast.trace.signals import sale_changed


def stop_lot(*, by: SignedIn | None, lot_id: int, reason: str, now: datetime) -> LotView:
    """Sell no more of a lot, for its cooperative or the county's authority. `by` None is the platform itself.

    Orders that were placed stay. Stopping what is stopped changes nothing, save that the authority's stop of a lot
    that its cooperative had stopped is written down too, because from then on only the authority can resume it.
    Raises `NotFound` for strangers, `ReasonNeeded` and `LotFinished`.
    """
    with transaction.atomic():
        lot, side = _locked(by, lot_id)
        why = _reason(reason)
        if lot.state == LotState.FINISHED:
            raise LotFinished(lot=lot.code)
        before = queries.stop_of(lot_id=lot_id) if lot.state == LotState.STOPPED else None
        if lot.state == LotState.STOPPED and not (side.authority and not (before and before.by_authority)):
            return lot
        return _change(lot, LotState.STOPPED, Stopped(reason=why), by=by, actor_id=side.id, now=now)


def resume_lot(*, by: SignedIn | None, lot_id: int, reason: str, now: datetime) -> LotView:
    """Allow a stopped lot's sale again, for its cooperative or the county's authority.

    Raises `NotFound` for strangers, `ReasonNeeded`, `LotNotStopped`, `TestNotPassed` while the latest test of the lot
    or of one picked with it is a failed one, and `StoppedByAuthority` to a cooperative whose lot the authority stopped.
    """
    with transaction.atomic():
        lot, side = _locked(by, lot_id)
        why = _reason(reason)
        if lot.state != LotState.STOPPED:
            raise LotNotStopped(lot=lot.code)
        for found in queries.verdicts(lot_ids=catalog.same_origin(lot=lot)).values():
            if found.failed:
                raise TestNotPassed(lot=lot.code)
        stop = queries.stop_of(lot_id=lot_id)
        if stop and stop.by_authority and not side.authority:
            raise StoppedByAuthority(lot=lot.code)
        return _change(lot, LotState.OPEN, Resumed(reason=why), by=by, actor_id=side.id, now=now)


@dataclass(frozen=True)
class _Side:
    """Whose stop it is: an organisation's, or the platform's own."""

    id: int | None
    authority: bool = False


def _locked(by: SignedIn | None, lot_id: int) -> tuple[LotView, _Side]:
    """The lot, locked, for someone who may stop it. Who answers for the lot's cooperative acts for it alone."""
    lot = catalog_operations.lock_lot(lot_id=lot_id)
    if by is None:
        return lot, _Side(None)
    require(by, "catalog.stop_lot", lot)
    if allowed(by, "catalog.manage_lot", lot):
        return lot, _Side(lot.cooperative_id)
    offices = [
        one.organisation.id
        for one in accounts.memberships_of(person_id=by.pk)
        if (one.organisation.kind, one.organisation.county_id) == (OrganisationKind.AUTHORITY, lot.county_id)
    ]
    return lot, _Side(offices[0], authority=True)


def _reason(reason: str) -> str:
    """The reason on one line. Raises `ReasonNeeded` where there is none that could be written down."""
    why = " ".join(reason.split())
    try:
        fields(Stopped)["reason"].check(why)
    except Unfit:
        raise ReasonNeeded(field="reason", most=MOST_OF_A_REASON) from None
    return why


def _change(
    lot: LotView, state: LotState, fact: Fact, *, by: SignedIn | None, actor_id: int | None, now: datetime
) -> LotView:
    catalog_operations.set_lot_state(lot_id=lot.id, state=state)
    # Before the history's lock: a room above may lock offers, and those who hold stocks wait for the history.
    sale_changed.send(sender=None, lot_id=lot.id, stopped=state == LotState.STOPPED, now=now)
    if fact != Stopped(reason=TEST_NOT_PASSED):  # of a failed test they are told as such
        told.sale_changed(lot, stopped=state == LotState.STOPPED, by_id=by.pk if by else None, now=now)
    link = chain.Link(fact=fact, at=now, actor_id=actor_id)
    chain.append(lot_id=lot.id, links=[link], by_id=by.pk if by else None, now=now)
    return replace(lot, state=state)
