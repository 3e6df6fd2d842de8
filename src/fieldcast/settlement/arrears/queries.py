"""Reads of arrears: each kind in as many statements for many rows as for one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.records.months import settled_from
from fieldcast.settlement.arrears.types import Arrear, Late
from fieldcast.settlement.banks.accounts import accounts_of
from fieldcast.settlement.banks.types import AccountView
from fieldcast.settlement.dues import queries as dues
from fieldcast.settlement.early.queries import waiting_for_fund
from fieldcast.settlement.models import Payout, PayoutOrder
from fieldcast.settlement.periods.queries import months_to_settle
from fieldcast.settlement.shares import organisation_of, party_of
from fieldcast.settlement.types import PayoutState
from fieldcast.settlement.waiting import waiting

PATIENCE: Final = timedelta(hours=1)  # sweeps come every few seconds or minutes
BANK_ANSWERS: Final = timedelta(days=2)
MOST: Final = 5000


def arrears(*, county_id: int, now: datetime) -> tuple[Arrear, ...]:
    """Everything that somebody of a county waits for longer than it should take, the longest first."""
    found = [*_lines(county_id), *_fast(county_id, now), *_sheets(county_id, now)]
    found += [*_payouts(county_id, now), *_dues(county_id)]
    return tuple(sorted(found, key=lambda one: (one.since, one.kind, one.party)))


def _lines(county_id: int) -> Iterator[Arrear]:
    for one in waiting(county_id=county_id):
        yield Arrear(
            kind=Late(one.reason.value),
            party=party_of(one.seller_id),
            by="",
            what="、".join(one.orders[:3]) + ("…" if len(one.orders) > 3 else ""),
            count=one.lines,
            amount_fen=one.net_fen,
            since=one.since,
        )


def _fast(county_id: int, now: datetime) -> Iterator[Arrear]:
    for one in waiting_for_fund(county_id=county_id, now=now):
        yield Arrear(
            kind=Late.FAST,
            party=party_of(one.seller_id),
            by="",
            what="",
            count=one.lines,
            amount_fen=one.net_fen,
            since=one.since,
        )


def _sheets(county_id: int, now: datetime) -> Iterator[Arrear]:
    late = [one for one in months_to_settle(now=now) if settled_from(one.month) + PATIENCE <= now]
    versions = agreements.versions(ids={one.version_id for one in late})
    for one in late:
        version = versions[one.version_id]
        if version.county_id == county_id:
            yield Arrear(
                kind=Late.SHEET,
                party=party_of(one.seller_id),
                by="",
                what=f"{version.name} {one.month:%Y-%m}",
                count=1,
                amount_fen=0,
                since=settled_from(one.month),
                link=version.id,
            )


def _payouts(county_id: int, now: datetime) -> Iterator[Arrear]:
    """One row for what comes back; what waits together, for an account or for one batch's answer, is one row."""
    rows = Payout.objects.filter(county_id=county_id).select_related("ordered__batch")
    sent = rows.filter(state=PayoutState.SENT.value)
    back = rows.filter(state=PayoutState.RETURNED.value, again=None)
    found = [*sent.order_by("id")[:MOST], *back.order_by("id")[:MOST]]
    named = accounts_of(organisation_ids=_organisations(found))
    together: dict[tuple[Late, str, str], Arrear] = {}
    for row in found:
        one = _payout(row, named, now)
        if one is None:
            continue
        key = (one.kind, one.party, str(row.pk) if one.kind == Late.RETURNED else one.what)
        before = together.get(key)
        if before is not None:
            one = replace(
                one,
                count=before.count + 1,
                amount_fen=before.amount_fen + one.amount_fen,
                since=min(before.since, one.since),
            )
        together[key] = one
    yield from together.values()


def _payout(row: Payout, named: Mapping[int, AccountView], now: datetime) -> Arrear | None:
    ordered: PayoutOrder | None = getattr(row, "ordered", None)
    since = ordered.batch.at if ordered else row.sent_at
    if row.state == PayoutState.RETURNED.value:
        kind = Late.RETURNED
    elif ordered is not None:
        kind = Late.AT_BANK
        if since + BANK_ANSWERS > now:
            return None
    else:
        account = named.get(organisation_of(row.party) or 0)
        kind = Late.TO_SEND if account is not None and not account.refused else Late.NO_ACCOUNT
    return Arrear(
        kind=kind,
        party=row.party,
        by="",
        what=ordered.batch.number if ordered else "",
        count=1,
        amount_fen=row.amount_fen,
        since=since,
        link=ordered.batch_id if ordered else None,
    )


def _organisations(rows: Iterable[Payout]) -> set[int]:
    return {number for row in rows if (number := organisation_of(row.party)) is not None}


def _dues(county_id: int) -> Iterator[Arrear]:
    for one in dues.open_of_county(county_id=county_id):
        yield Arrear(
            kind=Late.DUE,
            party=one.creditor,
            by=one.debtor,
            what=one.cause.value,
            count=1,
            amount_fen=one.left_fen,
            since=one.at,
        )
