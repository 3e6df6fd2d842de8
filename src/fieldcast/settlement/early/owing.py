"""Who owes something and therefore waits for the settlement: what is kept of a payout is kept of a whole one."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from fieldcast.agreements.bonds import keeping
from fieldcast.agreements.bonds import queries as bonds
from fieldcast.ledger import queries as ledger
from fieldcast.settlement.dues import queries as dues
from fieldcast.settlement.shares import Shared, is_paid_out, party_of


def owing(shared: Sequence[Shared], *, now: datetime) -> frozenset[str]:
    """Those of the lines' parties that owe a due, a fund or a penalty, whose bond is not full, or of whom a line that
    paid early is over and cannot be settled.
    """
    parties = {share.party for one in shared for share in one.shares if is_paid_out(share.party)}
    balances = ledger.balances_of(parties=sorted(parties), purposes=("advance", "owed"))
    found = {party for (party, _purpose), balance in balances.items() if balance.balance_fen < 0}
    found |= dues.open_of_debtors(parties=parties).keys() | dues.waiting_early(parties=parties)
    agreements = {one.version.agreement_id for one in shared if keeping.concerns(one.version)}
    for agreement_id in sorted(agreements):
        for bond in bonds.bonds_of_agreement(agreement_id=agreement_id, today=timezone.localdate(now)):
            if bond.lacks_fen or bond.owed_fen:
                found.add(party_of(bond.key.organisation_id))
    return frozenset(found)
