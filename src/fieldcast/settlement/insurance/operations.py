"""Writes of quality insurance: a policy is written down, a refund is claimed, sent, paid or refused.

What an insurer pays comes from outside against a bank slip into the policy's fund, once. Lock: the claim (advisory),
then what `cover.receive_for_fund` takes.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import OrganisationKind, SignedIn
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.cover.operations import MOST_FEN
from fieldcast.agreements.cover.problems import BadSum, SlipUsed
from fieldcast.catalog import queries as catalog
from fieldcast.files import queries as files
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import must_say, said
from fieldcast.settlement.insurance import queries
from fieldcast.settlement.insurance.decision import decision_of, hash_of
from fieldcast.settlement.insurance.problems import (
    ClaimMovedOn,
    GoodsUnknown,
    NotAnInsurer,
    NotClaimable,
    PaysMore,
    PolicyDays,
    PolicyKnown,
    PolicyUnnamed,
)
from fieldcast.settlement.insurance.types import ClaimState, ClaimView, PolicyView
from fieldcast.settlement.models import InsuranceClaim, InsuranceStep, Policy
from fieldcast.trade.types import DecidedRefund

ENDED = (ClaimState.PAID, ClaimState.REFUSED)


def record_policy(
    *,
    by: SignedIn,
    county_id: int,
    insurer_id: int,
    fund_id: int,
    number: str,
    from_day: date,
    to_day: date,
    products: Sequence[str],
    lots: Sequence[str],
    per_unit_fen: int,
    per_claim_fen: int,
    premium_fen: int,
    now: datetime,
) -> PolicyView:
    """Write a policy down as it stands on paper. Without products and lots it covers everything of the county.

    Raises `NotFound` for strangers, `NotAnInsurer`, `PolicyUnnamed`, `PolicyDays`, `GoodsUnknown`, `BadSum`,
    `PolicyKnown`.
    """
    _require(by, county_id)
    insurer = accounts.organisations_by_ids(ids={insurer_id}).get(insurer_id)
    if insurer is None or insurer.kind != OrganisationKind.COMPANY or insurer.county_id != county_id:
        raise NotAnInsurer
    if cover.fund(fund_id=fund_id).county_id != county_id:
        raise NotFound("fund")
    plain = said(number).upper()
    if not 2 <= len(plain) <= 40:
        raise PolicyUnnamed
    if to_day < from_day:
        raise PolicyDays
    _check_sums(per_unit_fen, per_claim_fen, premium_fen)
    _check_goods(county_id, products, lots)
    row = Policy(
        county_id=county_id,
        insurer_id=insurer_id,
        fund_id=fund_id,
        number=plain,
        from_day=from_day,
        to_day=to_day,
        products=list(products),
        lots=list(lots),
        per_unit_fen=per_unit_fen,
        per_claim_fen=per_claim_fen,
        premium_fen=premium_fen,
        by_id=by.pk,
        at=now,
    )
    Policy.objects.bulk_create([row], ignore_conflicts=True)
    kept = Policy.objects.get(insurer_id=insurer_id, number=plain)
    if (kept.by_id, kept.at) != (by.pk, now):
        raise PolicyKnown(number=plain)
    return queries.policy(policy_id=kept.pk)


def make_claim(
    *, by: SignedIn, policy_id: int, order_line_id: int, refund_reference: str, now: datetime
) -> ClaimView:
    """Claim a decided refund under a policy, once, for what the policy covers of it.

    Raises `NotFound` for strangers, `NotClaimable`.
    """
    one = queries.policy(policy_id=policy_id)
    _require(by, one.county_id)
    found = queries.covered(one).get((order_line_id, refund_reference))
    if found is None:
        raise NotClaimable
    row = InsuranceClaim(
        policy_id=policy_id,
        order_line_id=order_line_id,
        refund_reference=refund_reference,
        amount_fen=found.amount_fen,
        decision_hash=hash_of(decision(found.decided)),
        by_id=by.pk,
        at=now,
    )
    with transaction.atomic():
        _lock(f"{order_line_id}:{refund_reference}")
        known = InsuranceClaim.objects.filter(order_line_id=order_line_id, refund_reference=refund_reference)
        if known.exists():
            raise NotClaimable
        row.save()
    return queries.claim(claim_id=row.pk)


def mark_sent(*, by: SignedIn, claim_id: int, now: datetime) -> ClaimView:
    """The claim went to the insurer. Raises `NotFound` for strangers, `ClaimMovedOn`."""
    with transaction.atomic():
        one = _locked(by, claim_id)
        if one.steps:
            raise ClaimMovedOn
        _step(one, ClaimState.SENT, by=by, now=now)
    return queries.claim(claim_id=claim_id)


def mark_paid(*, by: SignedIn, claim_id: int, amount_fen: int, slip: str, now: datetime) -> ClaimView:
    """The insurer paid so much, against a bank slip: it is in the policy's fund. The same slip again changes nothing.

    Raises `NotFound` for strangers, `ClaimMovedOn`, `PaysMore`, and as `cover.receive_for_fund` does.
    """
    with transaction.atomic():
        one = _locked(by, claim_id)
        number = said(slip).upper()
        paid = next((step for step in one.steps if step.state == ClaimState.PAID), None)
        if paid is not None and (paid.slip, paid.amount_fen) == (number, amount_fen):
            return one
        if one.state != ClaimState.SENT:
            raise ClaimMovedOn
        if amount_fen > one.amount_fen:
            raise PaysMore(claimed_fen=one.amount_fen)
        policy = queries.policy(policy_id=one.policy_id)
        came = cover_operations.receive_for_fund(
            by=by,
            fund_id=policy.fund_id,
            amount_fen=amount_fen,
            slip=slip,
            note=f"{policy.number} · {one.order_number}",
            now=now,
        )
        if came.repeated:
            raise SlipUsed(slip=came.slip, amount_fen=came.amount_fen, party=came.party_name)
        _step(one, ClaimState.PAID, by=by, now=now, amount_fen=amount_fen, slip=came.slip)
    return queries.claim(claim_id=claim_id)


def mark_refused(*, by: SignedIn, claim_id: int, why: str, now: datetime) -> ClaimView:
    """The insurer refused, and said why. Raises `NotFound` for strangers, `ClaimMovedOn`, `SaysNothing`."""
    plain = must_say(why, field="why")[:200]
    with transaction.atomic():
        one = _locked(by, claim_id)
        if one.state != ClaimState.SENT:
            raise ClaimMovedOn
        _step(one, ClaimState.REFUSED, by=by, now=now, why=plain)
    return queries.claim(claim_id=claim_id)


def decision(one: DecidedRefund) -> str:
    """A decision with the hashes of its photos, as it is handed over."""
    kept = files.files_by_ids(ids=set(one.photos))
    return decision_of(
        one, photo_hashes=tuple(kept[file_id].sha256 for file_id in one.photos if file_id in kept)
    )


def _check_sums(per_unit_fen: int, per_claim_fen: int, premium_fen: int) -> None:
    for fen, least_fen in ((per_unit_fen, 1), (per_claim_fen, 1), (premium_fen, 0)):
        if not least_fen <= fen <= MOST_FEN:
            raise BadSum(least_fen=least_fen, most_fen=MOST_FEN)


def _check_goods(county_id: int, products: Sequence[str], lots: Sequence[str]) -> None:
    # a policy is taken before the harvest: what the county grows counts, whether or not a lot of it is there
    unknown = set(products) - {one.code for one in catalog.products(county_id=county_id)}
    for code in lots:
        try:
            catalog.lot_by_code(county_id=county_id, code=code)
        except NotFound:
            unknown.add(code)
    if unknown:
        raise GoodsUnknown(codes=", ".join(sorted(unknown)))


def _require(by: SignedIn, county_id: int) -> None:
    require(by, "agreements.keep_cover", accounts.county(county_id=county_id))


def _locked(by: SignedIn, claim_id: int) -> ClaimView:
    _lock(str(claim_id))
    one = queries.claim(claim_id=claim_id)
    _require(by, one.county_id)
    return one


def _lock(name: str) -> None:
    """An advisory lock, because the platform's user may not lock rows that it may never change."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"fieldcast.insurance:{name}"]
        )


def _step(
    one: ClaimView,
    state: ClaimState,
    *,
    by: SignedIn,
    now: datetime,
    amount_fen: int = 0,
    slip: str = "",
    why: str = "",
) -> None:
    InsuranceStep.objects.create(
        claim_id=one.id, state=state.value, amount_fen=amount_fen, slip=slip, why=why, by_id=by.pk, at=now
    )
