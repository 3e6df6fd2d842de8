"""Where the demo county's people have their money sent, and what the bank to practise with said of it: one account of a
household was closed, and two households have named none yet.
"""

from datetime import datetime
from typing import Final

from fieldcast.demo.county import County
from fieldcast.settlement.banks import batches
from fieldcast.settlement.banks import operations as banks_operations
from fieldcast.settlement.banks.accounts import name_account
from fieldcast.settlement.banks.types import Way

BANK: Final = "河湾农村信用社"
WITHOUT: Final = 2
CLOSED: Final = 5  # of the households


def send_to_bank(county: County, *, now: datetime) -> None:
    """Name accounts, as a service centre's people would with each, and send what was paid out to them."""
    officer = county.officers[0]
    with_account = [
        *county.cooperatives,
        *county.hosts,
        *county.carriers,
        *county.households[:-WITHOUT],
    ]
    for number, one in enumerate(with_account, start=1):
        closed = one == county.households[CLOSED]
        name_account(
            by=officer,
            organisation_id=one.id,
            holder=one.name,
            bank=BANK,
            number=f"6228480{number:05d}{0 if closed else 7000 + number:04d}",
            now=now,
        )
    batch = batches.make_batch(by=officer, county_id=county.id, way=Way.SANDBOX, now=now)
    banks_operations.send(by=officer, batch_id=batch.id, now=now)
