"""Finished lines that are not settled and why: worked out again as a run would, so it is never out of date."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.cover.types import Cover
from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import Problem
from fieldcast.ledger import queries as ledger
from fieldcast.settlement.covering import Plan, by_month, plan_months
from fieldcast.settlement.models import SettledLine
from fieldcast.settlement.shares import Shared, net_fen_of, party_of, share_under, versions_of
from fieldcast.settlement.types import Waiting, WhyWaiting
from fieldcast.trade import queries as trade
from fieldcast.trade.types import FinishedLine

MOST_LINES = 5000


def waiting(*, county_id: int, seller_id: int | None = None) -> tuple[Waiting, ...]:
    """Each seller of a county whose finished lines the next run cannot settle: what waits, and what is missing.

    In as many statements for many sellers as for one.
    """
    sellers = trade.sellers_to_settle(county_id=county_id)
    turns = _turns([seller for _county, seller in sellers if seller_id in (None, seller)])
    in_escrow = ledger.balances_of(parties=[party_of(seller) for seller in turns], purposes=("escrow",))
    found = [
        _of(turn, escrow_fen=in_escrow[party_of(seller), "escrow"].available_fen)
        for seller, turn in turns.items()
    ]
    return tuple(one for one in found if one is not None)


def lines_waiting_for_cover(*, seller_ids: Iterable[int]) -> frozenset[int]:
    """Ids of the finished lines of these sellers that no cover carries yet."""
    turns = _turns(sorted(seller_ids)).values()
    return frozenset(one.line.order_line_id for turn in turns if turn.chosen for one in turn.chosen.waiting)


@dataclass(frozen=True)
class _Turn:
    """What a run would do with a seller's finished lines. `chosen` None: they cannot be shared out."""

    lines: tuple[FinishedLine, ...]
    cover: Cover
    shared: tuple[Shared, ...] = ()
    chosen: Plan | None = None


def _turns(seller_ids: Sequence[int]) -> dict[int, _Turn]:
    """What a run would do with each seller's lines, in the order given; the versions of all are read at once."""
    if not seller_ids:
        return {}
    settled = SettledLine.objects.values("order_line_id")
    lines = trade.finished_lines_of(seller_ids=seller_ids, settled=settled, limit=MOST_LINES)
    versions = versions_of(line for theirs in lines.values() for line in theirs)
    behind = cover.covers_of(cooperative_ids=seller_ids)
    return {seller: _turn(versions, lines[seller], behind[seller]) for seller in seller_ids}


def _turn(versions: Mapping[int, VersionView], lines: tuple[FinishedLine, ...], behind: Cover) -> _Turn:
    try:
        shared = tuple(share_under(versions, lines))
    except (Problem, ArithmeticError):
        return _Turn(lines, behind)
    return _Turn(lines, behind, shared, plan_months(shared=shared, cover=behind))


def _of(turn: _Turn, *, escrow_fen: int) -> Waiting | None:
    if turn.chosen is None:
        return _waiting(turn, turn.lines, WhyWaiting.TERMS, net_fen=0, missing_fen=0)
    short_fen = net_fen_of(turn.chosen.settled) - escrow_fen
    if turn.chosen.settled and short_fen > 0:
        net_fen = net_fen_of(turn.shared)
        return _waiting(turn, turn.lines, WhyWaiting.ESCROW, net_fen=net_fen, missing_fen=short_fen)
    uncovered = turn.chosen.waiting
    if not uncovered:
        return None
    return _waiting(
        turn,
        [one.line for one in uncovered],
        WhyWaiting.COVER,
        net_fen=net_fen_of(uncovered),
        missing_fen=_missing(turn),
    )


def _missing(turn: _Turn) -> int:
    """What must be added to the cover for every line to be settled in one run: no month carries another."""
    own_fen = [sum(one.seller_fen for one in theirs) for theirs in by_month(turn.shared).values()]
    return max(1, sum(max(0, -fen) for fen in own_fen) - turn.cover.total_fen)


def _waiting(
    turn: _Turn, lines: Sequence[FinishedLine], why: WhyWaiting, *, net_fen: int, missing_fen: int
) -> Waiting:
    return Waiting(
        seller_id=lines[0].seller_id,
        reason=why,
        lines=len(lines),
        net_fen=net_fen,
        missing_fen=missing_fen,
        deposit_fen=turn.cover.deposit_fen,
        room_fen=turn.cover.room_fen,
        owed_fen=turn.cover.owed_fen,
        orders=tuple(dict.fromkeys(line.order_number for line in lines)),
        since=min(line.finished_at for line in lines),
    )
