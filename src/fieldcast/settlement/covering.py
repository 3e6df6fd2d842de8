"""Which of a seller's finished lines can be settled now, and what stands in for those the buyers' money does not carry.

Nothing is paid that nobody paid in. A line that leaves its seller below zero is settled only when the difference is
there, taken in this order: from what the seller's other lines of the same chunk leave it, from its deposit, from its
funds in id order. The other lines come first, then these in id order; one that is not covered waits, whole, and is
tried again in every run. Pure: no database, clock or chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fieldcast.agreements.cover.types import Cover, Take
from fieldcast.kit.months import month_of
from fieldcast.settlement.shares import Shared


@dataclass(frozen=True)
class Plan:
    """Lines that can be settled, what is drawn for them, and lines that wait for cover."""

    settled: tuple[Shared, ...]
    takes: tuple[Take, ...]
    waiting: tuple[Shared, ...]

    @property
    def drawn_fen(self) -> int:
        """What is taken from deposit and funds."""
        return sum(take.amount_fen for take in self.takes)


def plan(*, shared: Sequence[Shared], cover: Cover) -> Plan:
    """Choose what can be settled of one seller's lines, given in id order."""
    settled = [one for one in shared if one.seller_fen >= 0]
    own_fen = sum(one.seller_fen for one in settled)
    left_fen = own_fen + cover.total_fen
    waiting = []
    for one in shared:
        if one.seller_fen >= 0:
            continue
        if -one.seller_fen > left_fen:
            waiting.append(one)
            continue
        left_fen += one.seller_fen
        settled.append(one)
    used_fen = own_fen + cover.total_fen - left_fen
    return Plan(
        settled=tuple(sorted(settled, key=lambda one: one.line.order_line_id)),
        takes=take(cover, max(0, used_fen - own_fen)),
        waiting=tuple(waiting),
    )


def plan_months(*, shared: Sequence[Shared], cover: Cover) -> Plan:
    """`plan` for one month after the other, as runs settle them: what one of them draws, the next has no more."""
    plans = []
    for theirs in by_month(shared).values():
        chosen = plan(shared=theirs, cover=cover)
        cover = cover.without(chosen.takes)
        plans.append(chosen)
    return Plan(
        settled=tuple(one for each in plans for one in each.settled),
        takes=tuple(one for each in plans for one in each.takes),
        waiting=tuple(one for each in plans for one in each.waiting),
    )


def by_month(shared: Sequence[Shared]) -> dict[date, list[Shared]]:
    """Lines by the month in which they were finished, the oldest first."""
    found: dict[date, list[Shared]] = {}
    for one in shared:
        found.setdefault(month_of(one.line.finished_at), []).append(one)
    return dict(sorted(found.items()))


def take(cover: Cover, amount_fen: int) -> tuple[Take, ...]:
    """Take an amount that the cover bears: from the deposit first, then from the funds in id order."""
    sources = [(None, cover.deposit_fen), *((room.fund_id, room.room_fen) for room in cover.rooms)]
    return _from(sources, amount_fen)


def pay_back(*, owed_fen: int, to_funds: dict[int, int], amount_fen: int) -> tuple[Take, ...]:
    """Share what a cooperative pays back: what it owes to no fund (the oldest) first, then the funds in id order."""
    older_fen = max(0, owed_fen - sum(to_funds.values()))
    return _from([(None, older_fen), *sorted(to_funds.items())], amount_fen)


def _from(sources: Sequence[tuple[int | None, int]], amount_fen: int) -> tuple[Take, ...]:
    takes = []
    for fund_id, there_fen in sources:
        part_fen = min(there_fen, amount_fen)
        if part_fen > 0:
            takes.append(Take(fund_id=fund_id, amount_fen=part_fen))
            amount_fen -= part_fen
    return tuple(takes)
