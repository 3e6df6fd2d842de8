"""What is on its way to the bank, asked of a fund and claimed of an insurer, in the scene of tamperings."""

from datetime import datetime, timedelta

from django.utils import timezone

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, SignedIn
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.votes import operations as votes_operations
from fieldcast.agreements.votes.types import Choice
from fieldcast.catalog.members import household_ids
from fieldcast.demo.cast import Cast
from fieldcast.settlement.banks import batches
from fieldcast.settlement.banks.accounts import name_account
from fieldcast.settlement.banks.results import take_results
from fieldcast.settlement.banks.types import Said
from fieldcast.settlement.corrections.operations import refund_settled
from fieldcast.settlement.early.reserves import reserve_for
from fieldcast.settlement.funds.operations import give_or_ask, set_floor
from fieldcast.settlement.insurance import operations as insurance_operations
from fieldcast.settlement.members import operations as members_operations
from fieldcast.settlement.members.types import EntryKind
from fieldcast.trade import queries as trade

FLOOR_FEN = 100_000


def set_payouts(cast: Cast, *, order_id: int, now: datetime) -> None:
    """Of a settled order: accounts, a batch with answers, a refund that is claimed, one that waits, a vote."""
    chief, officer, presenter = (
        accounts.person(person_id=one.id) for one in (cast.chief, cast.officer, cast.presenter)
    )
    reserve_for(county_id=cast.county_id, seller_id=cast.cooperative_id, now=now)
    _bank(cast, {cast.cooperative_id: chief, cast.host_id: presenter}, officer, now)
    line_id = trade.order(order_id=order_id).lines[0].id
    refund = refund_settled(by=officer, amounts={line_id: 200}, why="彩排：到货后坏了", now=now)
    fund_id = cover.funds(county_id=cast.county_id)[0].id
    _insure(cast, officer, fund_id, (line_id, refund.reference), now)
    set_floor(by=officer, fund_id=fund_id, floor_fen=FLOOR_FEN, now=now)
    give_or_ask(by=officer, amounts={line_id: 300}, why="彩排：又坏了", now=now)
    household_id = min(household_ids(cooperative_id=cast.cooperative_id))
    members_operations.write_entry(
        by=chief,
        cooperative_id=cast.cooperative_id,
        household_id=household_id,
        kind=EntryKind.CONTRIBUTION,
        amount_fen=5000,
        day=timezone.localdate(now),
        why="彩排：入社出资",
        now=now,
    )
    _vote(cast, chief, household_id, now)


def _bank(cast: Cast, people: dict[int, SignedIn], officer: SignedIn, now: datetime) -> None:
    """Two parties have accounts; the bank says of one payout that it arrived, and nothing yet of the other."""
    for organisation_id, person in people.items():
        for number in (f"62284800{organisation_id:08d}", f"62284811{organisation_id:08d}"):
            name_account(
                by=person,
                organisation_id=organisation_id,
                holder="彩排",
                bank="彩排银行",
                number=number,
                now=now,
            )
    batch = batches.make_batch(by=officer, county_id=cast.county_id, now=now)
    first = batches.instructions(batch_id=batch.id)[0]
    arrived = Said(reference=first.reference, amount_fen=first.amount_fen, returned=False)
    take_results(by=officer, batch_id=batch.id, said=[arrived], now=now)


def _insure(cast: Cast, officer: SignedIn, fund_id: int, refund: tuple[int, str], now: datetime) -> None:
    insurer = accounts_operations.register_organisation(
        county_id=cast.county_id,
        kind=OrganisationKind.COMPANY,
        code=f"CX{cast.cooperative_id}",
        name="彩排保险公司",
        village_id=None,
        now=now,
    )
    day = timezone.localdate(now)
    policy = insurance_operations.record_policy(
        by=officer,
        county_id=cast.county_id,
        insurer_id=insurer.id,
        fund_id=fund_id,
        number=f"CX-{cast.cooperative_id}",
        from_day=day - timedelta(days=1),
        to_day=day + timedelta(days=1),
        products=[],
        lots=[],
        per_unit_fen=100,
        per_claim_fen=1000,
        premium_fen=1,
        now=now,
    )
    line_id, reference = refund
    claim = insurance_operations.make_claim(
        by=officer, policy_id=policy.id, order_line_id=line_id, refund_reference=reference, now=now
    )
    insurance_operations.mark_sent(by=officer, claim_id=claim.id, now=now)


def _vote(cast: Cast, chief: SignedIn, household_id: int, now: datetime) -> None:
    ballot = votes_operations.call(
        by=chief,
        cooperative_id=cast.cooperative_id,
        question="彩排：明年还种黄桃吗？",
        closes_at=now + timedelta(days=1),
        now=now,
    )
    votes_operations.cast(
        by=chief,
        ballot_id=ballot.id,
        household_id=household_id,
        choice=Choice.NO,
        minutes="彩排：社员大会记录",
        now=now,
    )
