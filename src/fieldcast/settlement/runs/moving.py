"""The money that a chunk moves, from the seller's escrow and its cover to everyone's wallet."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.ledger.types import Draft, Entry
from fieldcast.settlement.covering import Plan
from fieldcast.settlement.shares import COVERING, party_of, purpose_of


def moves(chosen: Plan, *, seller_id: int, run_key: str, now: datetime) -> list[Draft]:
    """Empty the seller's escrow into the wallets of those who earned it: one transfer a session.

    The sums of the transfer are those of the shares, not of the statements, so that the check which compares the book
    with the statements compares two things. Sessions that leave the seller something come first, then what is
    drawn for it, then sessions it puts money into: so its wallet has that money when it is taken.
    """
    sums: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for one in chosen.settled:
        for share in one.shares:
            sums[one.line.session_id][share.party, share.role] += share.amount_fen
    seller = party_of(seller_id)
    giving: list[Draft] = []
    taking: list[Draft] = []
    for session_id, parts in sums.items():
        entries = _entries(seller, parts)
        if not entries:
            continue
        client_id = f"settle:{run_key}:{session_id}:{seller}"
        draft = Draft(client_id=client_id, kind="settlement", entries=entries, reference=run_key)
        left_fen = sum(fen for (party, role), fen in parts.items() if party == seller and role in COVERING)
        (taking if left_fen < 0 else giving).append(draft)
    drawn = []
    if chosen.takes:
        client_id = f"draw:{run_key}:{seller}"
        drawn = [
            cover_operations.draw(cooperative_id=seller_id, takes=chosen.takes, client_id=client_id, now=now)
        ]
    return [*giving, *drawn, *taking]


def _entries(seller: str, parts: Mapping[tuple[str, str], int]) -> tuple[Entry, ...]:
    amounts: dict[tuple[str, str], int] = defaultdict(int)
    amounts[seller, "escrow"] -= sum(parts.values())
    for (party, _role), amount_fen in parts.items():
        amounts[party, purpose_of(party)] += amount_fen
    return tuple(Entry(party, purpose, fen) for (party, purpose), fen in sorted(amounts.items()) if fen)
