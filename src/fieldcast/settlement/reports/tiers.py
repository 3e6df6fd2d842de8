"""How far a host's month came on the tiers of a bonus, and how many of the agreed sessions were held.

The sales of a month are what its lines came to, as the month's sheet adds them up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.composed.period.base_pay import BasePay
from fieldcast.agreements.composed.period.tiered_bonus import TieredBonus
from fieldcast.agreements.types import VersionView
from fieldcast.kit.months import CHINA
from fieldcast.live import queries as live
from fieldcast.settlement.models import PeriodSheet, StatementLine
from fieldcast.settlement.reports.types import Step, Tiers

_MONTH: Final = TruncMonth("statement__issued_at", tzinfo=CHINA)


@dataclass(frozen=True)
class Sessions:
    """How many of the sessions that base pay is for were held in a month."""

    version_id: int
    month: date
    held: int
    agreed: int
    fen: int


def tiers_of(*, organisation_id: int, this_month: date) -> tuple[Tiers, ...]:
    """Each month of each version that promises the organisation a bonus by tiers, the newest month first."""
    promised = [
        (version, clause)
        for version in _versions_of(organisation_id)
        for clause in version.terms.composed.period_clauses.values()  # type: ignore[union-attr]  # they have clauses
        if isinstance(clause, TieredBonus) and version.parties.get(clause.to) == organisation_id
    ]
    ids = {version.id for version, _clause in promised}
    sales, settled = _sales(ids), _settled(ids)
    latest = {(one.id, this_month) for one, _clause in promised if one.latest}
    found = [
        Tiers(
            version_id=version.id,
            name=version.name,
            number=version.number,
            month=month,
            net_fen=sales.get((version.id, month), 0),
            settled=(version.id, month) in settled,
            steps=steps(clause, sales.get((version.id, month), 0)),
        )
        for version, clause in promised
        for of, month in sales.keys() | settled | latest
        if of == version.id
    ]
    return tuple(sorted(found, key=lambda one: (one.month, one.version_id), reverse=True))


def sessions_of(*, organisation_id: int, this_month: date) -> tuple[Sessions, ...]:
    """How many sessions were held, of those that base pay is agreed for, the newest month first."""
    promised = [
        (version, clause)
        for version in _versions_of(organisation_id)
        for clause in version.terms.composed.period_clauses.values()  # type: ignore[union-attr]  # they have clauses
        if isinstance(clause, BasePay) and version.parties.get(clause.to) == organisation_id
    ]
    held = live.held_by_month(agreement_version_ids={version.id for version, _clause in promised})
    latest = {(one.id, this_month) for one, _clause in promised if one.latest}
    found = [
        Sessions(version.id, month, held.get((version.id, month), 0), clause.agreed_sessions, clause.fen)
        for version, clause in promised
        for of, month in held.keys() | latest
        if of == version.id
    ]
    return tuple(sorted(found, key=lambda one: (one.month, one.version_id), reverse=True))


def steps(clause: TieredBonus, net_fen: int) -> tuple[Step, ...]:
    """What of sales fell into each tier, and what is missing to those that were not reached."""
    found, below = [], 0
    for fen, tier in clause.reached(net_fen):
        missing_fen = max(0, below - net_fen) if below else 0
        found.append(Step(below, tier.up_to_fen, tier.rate_bp, fen, missing_fen))
        below = tier.up_to_fen or below
    return tuple(found)


def _versions_of(organisation_id: int) -> list[VersionView]:
    everyone = agreements.versions_with_period_clauses().values()
    return [one for one in everyone if organisation_id in one.parties.values()]


def _sales(version_ids: Iterable[int]) -> dict[tuple[int, date], int]:
    rows = StatementLine.objects.filter(agreement_version_id__in=version_ids, order_line__isnull=False)
    sums = rows.annotate(month=_MONTH).order_by().values_list("agreement_version_id", "month")
    return {
        (version, month.astimezone(CHINA).date()): fen
        for version, month, fen in sums.annotate(fen=Sum("amount_fen"))
    }


def _settled(version_ids: Iterable[int]) -> set[tuple[int, date]]:
    sheets = PeriodSheet.objects.filter(agreement_version_id__in=version_ids)
    return set(sheets.values_list("agreement_version_id", "month"))
