"""Reads of quality insurance: policies, what can be claimed under one, claims and how they stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import QuerySet, Sum
from django.utils.timezone import get_default_timezone

from fieldcast.accounts import queries as accounts
from fieldcast.agreements.cover import queries as cover
from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import NotFound
from fieldcast.settlement.insurance.types import Claimable, ClaimState, ClaimView, PolicyView, StepView
from fieldcast.settlement.models import Correction, InsuranceClaim, InsuranceStep, Policy
from fieldcast.trade import queries as trade
from fieldcast.trade.types import DecidedRefund


def policies(*, county_id: int) -> tuple[PolicyView, ...]:
    """A county's policies, the newest first."""
    return _policies(Policy.objects.filter(county_id=county_id).order_by("-id"))


def policy(*, policy_id: int) -> PolicyView:
    """One policy. Raises `NotFound`."""
    found = _policies(Policy.objects.filter(id=policy_id))
    if not found:
        raise NotFound("policy")
    return found[0]


def claims(*, policy_id: int) -> tuple[ClaimView, ...]:
    """Claims under a policy, the newest first."""
    return _claims(InsuranceClaim.objects.filter(policy_id=policy_id).order_by("-id"))


def claim(*, claim_id: int) -> ClaimView:
    """One claim. Raises `NotFound`."""
    found = _claims(InsuranceClaim.objects.filter(id=claim_id))
    if not found:
        raise NotFound("claim")
    return found[0]


@dataclass(frozen=True)
class Covered:
    """A decided refund, what of it can be claimed, and its lot."""

    decided: DecidedRefund
    amount_fen: int
    lot_code: str
    product_code: str


def covered(one: PolicyView) -> dict[tuple[int, str], Covered]:
    """Decided refunds that a policy covers, claimed or not, by order line and refund."""
    zone = get_default_timezone()
    since = datetime.combine(one.from_day, time.min, zone)
    until = datetime.combine(one.to_day, time.min, zone) + timedelta(days=1)
    rows = [
        *trade.decided_refunds(county_id=one.county_id, since=since, until=until),
        *_corrections(one.county_id, since, until),
    ]
    lots = catalog.lots_by_ids(ids={row.line.lot_id for row in rows})
    found = {}
    for row in rows:
        lot = lots[row.line.lot_id]
        product = lot.product.code
        if (one.products or one.lots) and product not in one.products and lot.code not in one.lots:
            continue
        amount_fen = min(row.amount_fen, one.per_claim_fen, one.per_unit_fen * row.units)
        found[row.line.order_line_id, row.refund_reference] = Covered(row, amount_fen, lot.code, product)
    return found


def claimable(one: PolicyView) -> tuple[Claimable, ...]:
    """What a policy covers and nobody has claimed yet, the newest first."""
    there = covered(one)
    lines = {line_id for line_id, _reference in there}
    claimed = set(
        InsuranceClaim.objects.filter(order_line_id__in=lines).values_list(
            "order_line_id", "refund_reference"
        )
    )
    found = [
        Claimable(
            order_line_id=line_id,
            order_number=one.decided.line.order_number,
            refund_reference=reference,
            lot_code=one.lot_code,
            product_code=one.product_code,
            refunded_fen=one.decided.amount_fen,
            amount_fen=one.amount_fen,
            at=one.decided.at,
        )
        for (line_id, reference), one in there.items()
        if (line_id, reference) not in claimed
    ]
    return tuple(sorted(found, key=lambda row: row.at, reverse=True))


def _corrections(county_id: int, since: datetime, until: datetime) -> Sequence[DecidedRefund]:
    """Refunds after a settlement: decided by the county too, without photos, of the whole line's units."""
    rows = list(
        Correction.objects.filter(
            order_line__order__county_id=county_id, at__gte=since, at__lt=until
        ).order_by("id")
    )
    lines = trade.line_facts(order_line_ids={row.order_line_id for row in rows})
    return [
        DecidedRefund(
            line=lines[row.order_line_id],
            refund_reference=row.refund_reference,
            amount_fen=row.amount_fen,
            at=row.at,
            borne_by=row.borne_by,
            wrong="",
            words=row.why,
            units=lines[row.order_line_id].units,
            photos=(),
        )
        for row in rows
    ]


def _policies(rows: "QuerySet[Policy]") -> tuple[PolicyView, ...]:
    found = list(rows)
    insurers = accounts.organisations_by_ids(ids={row.insurer_id for row in found})
    funds = {
        one.id: one
        for county_id in {row.county_id for row in found}
        for one in cover.funds(county_id=county_id)
    }
    names = accounts.display_names(person_ids={row.by_id for row in found if row.by_id})
    ids = [row.pk for row in found]
    asked = _sums(InsuranceClaim.objects.filter(policy_id__in=ids).values_list("policy_id"))
    paid = _sums(
        InsuranceStep.objects.filter(claim__policy_id__in=ids, state=ClaimState.PAID.value).values_list(
            "claim__policy_id"
        )
    )
    return tuple(
        PolicyView(
            id=row.pk,
            county_id=row.county_id,
            fund_id=row.fund_id,
            fund=funds[row.fund_id].name,
            fund_en=funds[row.fund_id].name_en,
            insurer_id=row.insurer_id,
            insurer=insurers[row.insurer_id].name,
            insurer_en=insurers[row.insurer_id].name_en,
            number=row.number,
            from_day=row.from_day,
            to_day=row.to_day,
            products=tuple(row.products),
            lots=tuple(row.lots),
            per_unit_fen=row.per_unit_fen,
            per_claim_fen=row.per_claim_fen,
            premium_fen=row.premium_fen,
            by=names.get(row.by_id or 0, ""),
            at=row.at,
            claimed_fen=asked.get(row.pk, 0),
            paid_fen=paid.get(row.pk, 0),
        )
        for row in found
    )


def _sums(
    rows: "QuerySet[InsuranceClaim, tuple[int]] | QuerySet[InsuranceStep, tuple[int]]",
) -> dict[int, int]:
    return dict(rows.annotate(fen=Sum("amount_fen")).order_by())


def _claims(rows: "QuerySet[InsuranceClaim]") -> tuple[ClaimView, ...]:
    found = list(rows.select_related("policy"))
    steps: dict[int, list[InsuranceStep]] = {}
    for step in InsuranceStep.objects.filter(claim__in=found).order_by("id"):
        steps.setdefault(step.claim_id, []).append(step)
    people = {row.by_id for row in found} | {one.by_id for theirs in steps.values() for one in theirs}
    names = accounts.display_names(person_ids={one for one in people if one is not None})
    lines = trade.line_facts(order_line_ids={row.order_line_id for row in found})
    lots = catalog.lots_by_ids(ids={line.lot_id for line in lines.values()})
    return tuple(
        ClaimView(
            id=row.pk,
            policy_id=row.policy_id,
            policy_number=row.policy.number,
            county_id=row.policy.county_id,
            order_line_id=row.order_line_id,
            order_number=lines[row.order_line_id].order_number,
            refund_reference=row.refund_reference,
            lot_code=lots[lines[row.order_line_id].lot_id].code,
            amount_fen=row.amount_fen,
            decision_hash=row.decision_hash,
            at=row.at,
            by=names.get(row.by_id or 0, ""),
            steps=tuple(_steps(steps.get(row.pk, ()), names)),
        )
        for row in found
    )


def _steps(rows: Iterable[InsuranceStep], names: Mapping[int, str]) -> Iterable[StepView]:
    for row in rows:
        yield StepView(
            state=ClaimState(row.state),
            amount_fen=row.amount_fen,
            slip=row.slip,
            why=row.why,
            by=names.get(row.by_id or 0, ""),
            at=row.at,
        )
