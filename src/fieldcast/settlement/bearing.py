"""What one party bears of a chunk's lines, by a decision made before they were settled, and who pays it meanwhile.

Everyone else gets what they would have got. What the bearer lacks comes from a fund, which is owed it and takes it from
the bearer's next payouts, as after a settlement; its own share of the same run is the first of them. Where no fund may
give it, the line waits whole and a person is asked (`funds`): approved, it is settled by the next run; declined, its
loss follows the clauses. The seller bears what is its own to cover (`covering`), deposit and limits behind it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fieldcast.agreements.calculation.known import BORNE
from fieldcast.agreements.cover.types import Cover
from fieldcast.ledger.types import Draft
from fieldcast.settlement.advancing import advance, has_of_its_own
from fieldcast.settlement.corrections.problems import FundEmpty
from fieldcast.settlement.covering import Plan, plan
from fieldcast.settlement.dues.bounds import household_bp
from fieldcast.settlement.funds import asking
from fieldcast.settlement.funds.floors import lock_fund
from fieldcast.settlement.funds.problems import BelowFloor
from fieldcast.settlement.funds.types import AskState
from fieldcast.settlement.shares import Shared, party_of
from fieldcast.trade.types import FinishedLine


@dataclass(frozen=True)
class Chosen:
    """What is settled, what bearers lack of it by party, and the fund that pays it."""

    plan: Plan
    lacks: Mapping[str, int]
    fund_id: int | None
    unfunded: int = 0


def as_decided(lines: Sequence[FinishedLine]) -> tuple[list[FinishedLine], frozenset[int]]:
    """The lines without what a person declined to pay for, and the ids of those that one approved."""
    concerned = [line.order_line_id for line in lines if line.borne]
    if not concerned:
        return list(lines), frozenset()
    states = asking.states_of_lines(order_line_ids=concerned)
    declined = {one for one, state in states.items() if state == AskState.DECLINED}
    found = [replace(line, borne=()) if line.order_line_id in declined else line for line in lines]
    return found, frozenset(one for one, state in states.items() if state == AskState.APPROVED)


def choose(shared: Sequence[Shared], cover: Cover, *, approved: frozenset[int], now: datetime) -> Chosen:
    """Plan a chunk without the lines whose bearer lacks what no fund may give; for these a person is asked."""
    tried, left_out = list(shared), list[Shared]()
    while True:
        chosen = plan(shared=tried, cover=cover)
        lacks = _lacks(chosen.settled)
        if not lacks:
            break
        bearing = [one for one in chosen.settled if _bearers([one])]
        ours = all(one.line.order_line_id in approved for one in bearing if _lacks([one]))
        line = tried[0].line
        try:
            fund_id = lock_fund(county_id=line.county_id, amount_fen=sum(lacks.values()), approved=ours)
        except (BelowFloor, FundEmpty):
            last = max(bearing, key=lambda one: _first_to_wait(one, approved))
            tried.remove(last)
            left_out.append(last)
            continue
        return Chosen(chosen, lacks, fund_id, _ask(left_out, now))
    return Chosen(chosen, {}, None, _ask(left_out, now))


def paid_meanwhile(chosen: Chosen, *, run_key: str, now: datetime) -> list[Draft]:
    """The transfer that brings bearers what they lack, to be made before the chunk's own."""
    if chosen.fund_id is None:
        return []
    settled = chosen.plan.settled
    bearing = [one for one in settled if one.line.borne]
    line = settled[0].line
    return advance(
        chosen.lacks,
        fund_id=chosen.fund_id,
        households={party_of(one.line.farmer_id) for one in bearing},
        household_bp=min(household_bp(one.version) for one in bearing),
        county_id=line.county_id,
        seller_id=line.seller_id,
        run_key=run_key,
        now=now,
    )


def _first_to_wait(one: Shared, approved: frozenset[int]) -> tuple[bool, bool, int]:
    """What lacks most surely waits first: not approved, short by itself, the newest."""
    return bool(_lacks([one])), one.line.order_line_id not in approved, one.line.order_line_id


def _bearers(settled: Sequence[Shared]) -> set[str]:
    """Who bears something here, but for the seller, whose cover is `covering`'s."""
    return {
        share.party
        for one in settled
        for share in one.shares
        if _bears(share.kind, share.inputs) and share.party != party_of(one.line.seller_id)
    }


def _lacks(settled: Sequence[Shared]) -> dict[str, int]:
    """What bearers must put in, by party: where a statement of theirs comes to less than nothing."""
    bearers = _bearers(settled)
    if not bearers:
        return {}
    sums: dict[tuple[int, str, str], int] = {}
    for one in settled:
        for share in one.shares:
            if share.party in bearers:
                about = (one.line.session_id, share.party, share.role)
                sums[about] = sums.get(about, 0) + share.amount_fen
    lacks: dict[str, int] = {}
    for (_session, party, _role), fen in sums.items():
        if fen < 0:
            lacks[party] = lacks.get(party, 0) - fen
    found = {party: fen - has_of_its_own(party) for party, fen in lacks.items()}
    return {party: fen for party, fen in sorted(found.items()) if fen > 0}


def _bears(kind: str, inputs: Mapping[str, object]) -> bool:
    return kind == BORNE and inputs.get("who") == "bears"


def _ask(left_out: Sequence[Shared], now: datetime) -> int:
    for one in left_out:
        asking.ask_for_line(one.line, need_fen=max(1, sum(_lacks([one]).values())), now=now)
    return len(left_out)
