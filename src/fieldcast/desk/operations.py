"""Writes of the desk: opened, handed over and taken, answered or withdrawn, reminded of and escalated.

Every write locks its item first, looks again, and leaves a step; a step that was taken already is not taken twice.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require_now
from fieldcast.accounts.types import Actor, SignedIn
from fieldcast.desk import queries
from fieldcast.desk.kinds import Kind, kind_of
from fieldcast.desk.models import Item, ItemStep
from fieldcast.desk.news import step_taken
from fieldcast.desk.problems import (
    AnsweredElsewhere,
    HandedOnTooOften,
    ItemEnded,
    ItemOffered,
    WordsMissing,
    WrongRecipient,
)
from fieldcast.desk.types import Deed, ItemState, ItemView, Owner
from fieldcast.desk.working_days import Due, due_after, working_day_before
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import said

MOST_HAND_OVERS = 5
MOST_LETTERS = 300
AT_ONCE = 200
WAITING = ItemState.WAITING.value


def open_item(
    *,
    kind: Kind,
    subject: str,
    county_id: int,
    owner: Owner,
    by: SignedIn | None,
    now: datetime,
    due_at: datetime | None = None,
    escalates_to: Owner | None = None,
    facts: Mapping[str, Any] | None = None,
) -> ItemView:
    """Ask for an answer, once for each kind and subject; asking again changes nothing and returns what stands.

    Due at the end of the kind's working days where `due_at` does not say. `escalates_to` is a role of an organisation.
    """
    due = Due(due_at, by_weekdays=False) if due_at else due_after(now, working_days=kind.working_days)
    try:
        with transaction.atomic():
            row = Item.objects.create(
                county_id=county_id,
                kind=kind.code,
                subject=subject,
                facts=dict(facts or {}),
                organisation_id=owner.organisation_id,
                role=owner.role.value if owner.role else "",
                person_id=owner.person_id,
                escalates_to_id=escalates_to.organisation_id if escalates_to else None,
                escalates_to_role=escalates_to.role.value if escalates_to and escalates_to.role else "",
                due_at=due.at,
                by_weekdays=due.by_weekdays,
                remind_at=max(now, working_day_before(due.at)),
                opened_at=now,
                state=WAITING,
            )
            return _step(row, Deed.OPENED, by=by, now=now, to_id=owner.person_id)
    except IntegrityError:
        standing = queries.item_about(kind=kind.code, subject=subject)
        if standing is None:  # it broke another rule than that it stands already
            raise
        return standing


@transaction.atomic
def hand_over(*, by: Actor, item_id: int, to_id: int, now: datetime, why: str = "") -> ItemView:
    """Hand an item to a person of its organisation; it stays until they accept. To the same one again: once.

    It may come back to who had it before; its due date and history stay, and after `MOST_HAND_OVERS` it stays with its
    holder. Raises `NotFound`, `ItemEnded`, `ItemOffered`, `WrongRecipient`, `HandedOnTooOften`.
    """
    row, item = _locked(item_id, by=by, perm="desk.hand_over_item")
    if item.offered_to_id == to_id:
        return item
    if item.offered_to_id is not None:
        raise ItemOffered(name=accounts.person_ref(person_id=item.offered_to_id).display_name)
    if to_id not in {one.id for one in queries.may_take(item)}:
        raise WrongRecipient
    if row.steps.filter(deed=Deed.HANDED_OVER.value).count() >= MOST_HAND_OVERS:
        raise HandedOnTooOften(times=MOST_HAND_OVERS)
    row.offered_to_id = to_id
    row.save(update_fields=["offered_to"])
    return _step(row, Deed.HANDED_OVER, by=by, now=now, to_id=to_id, why=said(why)[:MOST_LETTERS])


@transaction.atomic
def accept(*, by: Actor, item_id: int, now: datetime) -> ItemView:
    """Take what one was handed: it is theirs from now on. Raises `NotFound` for anybody else, and `ItemEnded`."""
    row, item = _locked(item_id, by=by, perm="desk.see_item")
    if item.offered_to_id is None and item.owner.person_id == by.pk:
        return item
    if item.offered_to_id != by.pk:
        raise NotFound("item")
    row.person_id, row.offered_to_id = by.pk, None
    row.save(update_fields=["person", "offered_to"])
    return _step(row, Deed.ACCEPTED, by=by, now=now, to_id=by.pk)


@transaction.atomic
def decline(*, by: Actor, item_id: int, why: str, now: datetime) -> ItemView:
    """Refuse what one was handed: it stays with its holder. Raises `NotFound`, `ItemEnded`, `WordsMissing`."""
    row, item = _locked(item_id, by=by, perm="desk.see_item")
    if item.offered_to_id != by.pk:
        raise NotFound("item")
    answer = _words(why)
    row.offered_to_id = None
    row.save(update_fields=["offered_to"])
    return _step(row, Deed.DECLINED, by=by, now=now, why=answer)


@transaction.atomic
def answer(*, by: Actor, item_id: int, words: str, now: datetime) -> ItemView:
    """Answer in words what is answered so. Raises `NotFound`, `ItemEnded`, `AnsweredElsewhere`, `WordsMissing`."""
    row, item = _locked(item_id, by=by, perm="desk.answer_item")
    if not kind_of(item.kind).in_words:
        raise AnsweredElsewhere
    return _end(row, Deed.DONE, by=by, words=words, now=now)


def finish(*, kind: Kind, subject: str, by: SignedIn | None, words: str, now: datetime) -> bool:
    """The room whose matter it is says that it was answered; False where nothing waits."""
    return _end_matter(kind, subject, Deed.DONE, by=by, words=words, now=now)


def withdraw(*, kind: Kind, subject: str, by: SignedIn | None, words: str, now: datetime) -> bool:
    """The room whose matter it is says that nobody has to answer it; False where nothing waits."""
    return _end_matter(kind, subject, Deed.WITHDRAWN, by=by, words=words, now=now)


@transaction.atomic
def remind_due(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Remind of what is due within a working day, each once; returns how many there were."""
    due = Item.objects.filter(state=WAITING, reminded_at__isnull=True, remind_at__lte=now)
    for row in (rows := _some(due.order_by("remind_at", "id"), limit)):
        row.reminded_at = now
        row.save(update_fields=["reminded_at"])
        _step(row, Deed.REMINDED, by=None, now=now)
    return len(rows)


@transaction.atomic
def escalate_due(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Bring what was not answered in time before those it escalates to, once; returns how many there were."""
    late = Item.objects.filter(state=WAITING, escalated_at__isnull=True, escalates_to__isnull=False)
    for row in (rows := _some(late.filter(due_at__lte=now).order_by("due_at", "id"), limit)):
        row.escalated_at = now
        row.save(update_fields=["escalated_at"])
        _step(row, Deed.ESCALATED, by=None, now=now)
    return len(rows)


def _some(rows: "QuerySet[Item]", limit: int) -> list[Item]:
    return list(rows.select_for_update(skip_locked=True)[:limit])


def _locked(item_id: int, *, by: Actor, perm: str) -> tuple[Item, ItemView]:
    """The item, locked, for whoever may do `perm` with it while it waits."""
    row = Item.objects.select_for_update().filter(id=item_id).first()
    if row is None:
        raise NotFound("item")
    item = queries.item_view(row)
    require_now(by, perm, item)
    if not item.waits:
        raise ItemEnded
    return row, item


@transaction.atomic
def _end_matter(
    kind: Kind, subject: str, deed: Deed, *, by: SignedIn | None, words: str, now: datetime
) -> bool:
    row = Item.objects.select_for_update().filter(kind=kind.code, subject=subject, state=WAITING).first()
    if row is None:
        return False
    _end(row, deed, by=by, words=words, now=now)
    return True


def _end(row: Item, deed: Deed, *, by: Actor | None, words: str, now: datetime) -> ItemView:
    answer = _words(words)
    row.state, row.ended_at, row.offered_to_id = deed.value, now, None
    row.save(update_fields=["state", "ended_at", "offered_to"])
    return _step(row, deed, by=by, now=now, why=answer)


def _words(words: str) -> str:
    plain = said(words)
    if not plain or len(plain) > MOST_LETTERS:
        raise WordsMissing(most=MOST_LETTERS)
    return plain


def _step(
    row: Item, deed: Deed, *, by: Actor | None, now: datetime, to_id: int | None = None, why: str = ""
) -> ItemView:
    ItemStep.objects.create(
        item=row, deed=deed.value, by_id=by.pk if by else None, to_id=to_id, at=now, why=why
    )
    item = queries.item_view(row)
    step_taken.send(sender=Item, item=item, deed=deed, at=now)
    return item
