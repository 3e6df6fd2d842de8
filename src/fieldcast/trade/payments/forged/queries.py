"""Reads of notices that are not believed. They are about nobody's order, and so every county's concern."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, QuerySet, Sum

from fieldcast.trade.models import ForgedNotice, NoticeCount
from fieldcast.trade.payments.forged.types import NO_PROVIDER, REHEARSAL, ForgedRun
from fieldcast.trade.payments.types import NoticeOutcome, NoticeView

HARMLESS = (NO_PROVIDER, REHEARSAL)  # nobody could have been paid by them


@dataclass
class _Tally:
    kept: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    times: list[datetime] = field(default_factory=list)


def forged_notices(*, since: datetime | None = None, strays: bool = False) -> tuple[ForgedRun, ...]:
    """Notices that were not believed, all of a provider's in one, the latest first; with `strays` also those that came
    to an address of no provider, and those a rehearsal forged. What was only counted begins and ends
    in whole hours where `since` cuts it.
    """
    kept = ForgedNotice.objects.all()
    counted = NoticeCount.objects.filter(outcome=NoticeOutcome.REJECTED.value)
    if since is not None:
        kept, counted = kept.filter(received_at__gte=since), counted.filter(last_at__gte=since)
    tallies: dict[str, _Tally] = {}
    by_reason = ("provider", "reason")
    in_full = (
        kept.order_by().values_list(*by_reason).annotate(Count("id"), Min("received_at"), Max("received_at"))
    )
    in_number = (
        counted.order_by().values_list(*by_reason).annotate(Sum("count"), Min("first_at"), Max("last_at"))
    )
    for rows, are_kept in ((in_full, True), (in_number, False)):
        for provider, reason, number, first_at, last_at in rows:
            tally = tallies.setdefault(provider, _Tally())
            tally.kept += number if are_kept else 0
            tally.reasons[reason] += int(number)
            tally.times += [first_at, last_at]
    runs = [_run(name, tally) for name, tally in tallies.items() if strays or name not in HARMLESS]
    return tuple(sorted(runs, key=lambda run: run.last_at, reverse=True))


def kept_forged(*, since: datetime | None = None, limit: int = 100) -> tuple[NoticeView, ...]:
    """Those that were kept one by one, the latest first."""
    rows = ForgedNotice.objects.all()
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    return tuple(_view(row) for row in rows.order_by("-received_at", "-id")[:limit])


def duplicates_counted(*, references: Iterable[str] | QuerySet[Any, Any]) -> int:
    """How many twins of true notices about these payments were counted and not kept."""
    rows = NoticeCount.objects.filter(outcome=NoticeOutcome.DUPLICATE.value, reference__in=references)
    return int(rows.aggregate(Sum("count"))["count__sum"] or 0)


def _run(provider: str, tally: _Tally) -> ForgedRun:
    return ForgedRun(
        provider=provider,
        count=tally.reasons.total(),
        kept=tally.kept,
        first_at=min(tally.times),
        last_at=max(tally.times),
        reasons=dict(tally.reasons),
    )


def _view(row: ForgedNotice) -> NoticeView:
    return NoticeView(
        id=row.pk,
        provider=row.provider,
        notice_id="",
        event="",
        reference="",
        outcome=NoticeOutcome.REJECTED,
        reason=row.reason,
        received_at=row.received_at,
    )
