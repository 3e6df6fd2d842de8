"""The transfers of bonds and penalties. Pure: rows in, drafts out; `relations` says the same from the rows alone."""

from collections.abc import Iterable, Sequence

from fieldcast.agreements.bonds.models import BondKept, LetterCall, Penalty, PenaltyPaid
from fieldcast.agreements.bonds.types import BondKey
from fieldcast.ledger.types import Draft, Entry

BANK = "outside:bank"


def key_of(penalty: Penalty) -> BondKey:
    """Whose bond a penalty is taken from."""
    return BondKey(penalty.agreement_id, penalty.payer_id)


def confirmed(penalty: Penalty, calls: Sequence[LetterCall]) -> list[Draft]:
    """What a penalty moves at once: the bond's cash, and what of the rest is owed by whom."""
    bond, receiver = key_of(penalty).party, f"org:{penalty.receiver_id}"
    missing_fen = penalty.amount_fen - penalty.cash_fen
    own_fen = missing_fen - sum(one.amount_fen for one in calls)
    entries = [
        Entry(bond, "bond", -penalty.cash_fen),
        Entry(receiver, "wallet", penalty.cash_fen),
        Entry(bond, "owed", -own_fen),
        *(Entry(f"letter:{one.letter_id}", "owed", -one.amount_fen) for one in calls),
        Entry(receiver, "due", missing_fen),
    ]
    moved = Draft(
        client_id=f"penalty:{penalty.pk}",
        kind="penalty",
        entries=tuple(one for one in entries if one.amount_fen),
        reference=penalty.decision,
    )
    out = _out(f"penalty_out:{penalty.pk}", penalty, penalty.cash_fen)
    return [moved, *([out] if penalty.cash_fen else [])]


def paid(rows: Iterable[PenaltyPaid]) -> list[Draft]:
    """What pays a debt later: from its payer's wallet, or from cash that came into the bond."""
    found: list[Draft] = []
    for row in rows:
        bond, receiver = key_of(row.penalty).party, f"org:{row.penalty.receiver_id}"
        debtor = f"letter:{row.call.letter_id}" if row.call else bond
        source = (f"org:{row.penalty.payer_id}", "wallet") if row.from_wallet else (bond, "bond")
        entries = (
            Entry(*source, -row.amount_fen),
            Entry(receiver, "wallet", row.amount_fen),
            Entry(debtor, "owed", row.amount_fen),
            Entry(receiver, "due", -row.amount_fen),
        )
        client_id = f"penalty_paid:{row.pk}"
        found.append(Draft(client_id, "penalty_paid", entries, reference=row.reference))
        found.append(_out(f"penalty_paid_out:{row.pk}", row.penalty, row.amount_fen))
    return found


def kept(rows: Iterable[BondKept]) -> list[Draft]:
    """What fills bonds out of payouts."""
    return [
        Draft(
            client_id=f"bond_kept:{row.reference}:{row.agreement_id}",
            kind="bond_kept",
            entries=(
                Entry(f"org:{row.organisation_id}", "wallet", -row.amount_fen),
                Entry(BondKey(row.agreement_id, row.organisation_id).party, "bond", row.amount_fen),
            ),
            reference=row.reference,
        )
        for row in rows
    ]


def _out(client_id: str, penalty: Penalty, amount_fen: int) -> Draft:
    """What whom the clause names has got goes to its bank, as everything that is earned does."""
    entries = (Entry(f"org:{penalty.receiver_id}", "wallet", -amount_fen), Entry(BANK, "world", amount_fen))
    return Draft(client_id, "penalty_out", entries, reference=penalty.decision)
