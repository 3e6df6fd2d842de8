"""A fund pays at once what a debtor cannot, and is owed it: of a household never more than 30 % of each payout."""

from collections.abc import Collection, Mapping
from datetime import datetime

from fieldcast.ledger import queries as ledger
from fieldcast.ledger.types import Draft, Entry
from fieldcast.settlement.dues import operations as dues
from fieldcast.settlement.dues.types import ALL_BP, Cause, Owed
from fieldcast.settlement.shares import is_paid_out, purpose_of


def advance(
    lacks: Mapping[str, int],
    *,
    fund_id: int,
    households: Collection[str],
    household_bp: int,
    county_id: int,
    seller_id: int,
    run_key: str,
    now: datetime,
) -> list[Draft]:
    """Write down what each party lacks as owed to the fund, locked, and give the transfer that brings it to them."""
    fund, client_id = f"fund:{fund_id}", f"advance:{run_key}"
    owed = dues.write_down(
        [
            Owed(party, fund, fen, household_bp if party in households else ALL_BP)
            for party, fen in sorted(lacks.items())
        ],
        county_id=county_id,
        seller_id=seller_id,
        cause=Cause.REFUND,
        reference=run_key,
        client_id=client_id,
        now=now,
    )
    cash = [Entry(fund, "fund", -sum(lacks.values()))]
    cash += [Entry(party, purpose_of(party), fen) for party, fen in sorted(lacks.items())]
    return [Draft(client_id=client_id, kind="advance", entries=(*cash, *owed), reference=run_key)]


def has_of_its_own(party: str) -> int:
    """What a party has that is not on its way to a bank: the platform's and a pool's own."""
    if is_paid_out(party):
        return 0
    return max(0, ledger.balance(party=party, purpose=purpose_of(party)).available_fen)
