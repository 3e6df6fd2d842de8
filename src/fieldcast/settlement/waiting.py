"""Finished lines that are not settled and why: worked out again as a run would, so it is never out of date."""

from collections.abc import Iterable, Sequence

from fieldcast.agreements.cover import queries as covers
from fieldcast.kit.errors import Problem
from fieldcast.ledger import queries as ledger
from fieldcast.settlement.covering import Plan, plan
from fieldcast.settlement.models import SettledLine
from fieldcast.settlement.shares import Shared, net_fen_of, party_of, share_out
from fieldcast.settlement.types import Waiting, WhyWaiting
from fieldcast.trade import queries as sales
from fieldcast.trade.types import FinishedLine

MOST_LINES = 5000


def waiting(*, county_id: int, seller_id: int | None = None) -> tuple[Waiting, ...]:
    """Each seller of a county whose finished lines the next run cannot settle: what waits, and what is missing."""
    sellers = sales.sellers_to_settle(county_id=county_id)
    found = [_of(seller) for _county, seller in sellers if seller_id in (None, seller)]
    return tuple(one for one in found if one is not None)


def lines_waiting_for_cover(*, seller_ids: Iterable[int]) -> frozenset[int]:
    """Ids of the finished lines of these sellers that no cover carries yet."""
    found: set[int] = set()
    for seller_id in sorted(seller_ids):
        settled = SettledLine.objects.values("order_line_id")
        try:
            shared = share_out(sales.finished_lines(settled=settled, seller_id=seller_id, limit=MOST_LINES))
        except (Problem, ArithmeticError):  # what cannot be shared out waits for no cover
            continue
        chosen = plan(shared=shared, cover=covers.cover_of(cooperative_id=seller_id))
        found |= {one.line.order_line_id for one in chosen.waiting}
    return frozenset(found)


def _of(seller_id: int) -> Waiting | None:
    settled = SettledLine.objects.values("order_line_id")
    lines = sales.finished_lines(settled=settled, seller_id=seller_id, limit=MOST_LINES)
    try:
        shared = share_out(lines)
    except (Problem, ArithmeticError):
        return _waiting(seller_id, lines, WhyWaiting.TERMS, net_fen=0, missing_fen=0)
    cover = covers.cover_of(cooperative_id=seller_id)
    chosen = plan(shared=shared, cover=cover)
    short_fen = net_fen_of(chosen.settled) - _in_escrow(seller_id)
    if chosen.settled and short_fen > 0:
        stopped = [one.line for one in shared]
        return _waiting(
            seller_id, stopped, WhyWaiting.ESCROW, net_fen=net_fen_of(shared), missing_fen=short_fen
        )
    if not chosen.waiting:
        return None
    uncovered = [one.line for one in chosen.waiting]
    return _waiting(
        seller_id,
        uncovered,
        WhyWaiting.COVER,
        net_fen=net_fen_of(chosen.waiting),
        missing_fen=_missing(shared, chosen),
    )


def _missing(shared: Sequence[Shared], chosen: Plan) -> int:
    """What must be added to the cover for every line to be settled in one run."""
    own_fen = sum(one.cooperative_fen for one in shared)
    cover_fen = covers.cover_of(cooperative_id=shared[0].line.seller_id).total_fen
    return max(1, -own_fen - cover_fen) if chosen.waiting else 0


def _in_escrow(seller_id: int) -> int:
    return ledger.balance(party=party_of(seller_id), purpose="escrow").available_fen


def _waiting(
    seller_id: int, lines: Sequence[FinishedLine], why: WhyWaiting, *, net_fen: int, missing_fen: int
) -> Waiting:
    cover = covers.cover_of(cooperative_id=seller_id)
    return Waiting(
        seller_id=seller_id,
        reason=why,
        lines=len(lines),
        net_fen=net_fen,
        missing_fen=missing_fen,
        deposit_fen=cover.deposit_fen,
        room_fen=cover.room_fen,
        owed_fen=cover.owed_fen,
        orders=tuple(dict.fromkeys(line.order_number for line in lines)),
        since=min(line.finished_at for line in lines),
    )
