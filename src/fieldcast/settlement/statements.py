"""Statements of a sheet, or of what a refund changed: one for each party and role, with a line for each share."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fieldcast.agreements.calculation import Share
from fieldcast.kit.ids import dated_number
from fieldcast.settlement.models import PeriodSheet, Statement, StatementLine
from fieldcast.settlement.shares import organisation_of


@dataclass(frozen=True)
class Item:
    """A share, the version that it is under, and the order line that it is of; None: of the whole month."""

    share: Share
    version_id: int
    order_line_id: int | None = None


def issue(
    items: Iterable[Item],
    *,
    county_id: int,
    run_key: str,
    now: datetime,
    session_id: int | None = None,
    sheet: PeriodSheet | None = None,
) -> list[Statement]:
    """Write them down, of a session or of a sheet; whom they are told to is the caller's to say."""
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        groups[item.share.party, item.share.role].append(item)
    statements = Statement.objects.bulk_create(
        Statement(
            county_id=county_id,
            number=dated_number("J", now),
            party=party,
            role=role,
            organisation_id=organisation_of(party),
            session_id=session_id,
            sheet=sheet,
            run_key=run_key,
            total_fen=sum(item.share.amount_fen for item in parts),
            issued_at=now,
        )
        for (party, role), parts in groups.items()
    )
    StatementLine.objects.bulk_create(
        StatementLine(
            statement=statement,
            order_line_id=item.order_line_id,
            agreement_version_id=item.version_id,
            clause=item.share.clause,
            kind=item.share.kind,
            formula=item.share.formula,
            inputs=dict(item.share.inputs),
            amount_fen=item.share.amount_fen,
        )
        for statement, parts in zip(statements, groups.values(), strict=True)
        for item in parts
    )
    return statements
