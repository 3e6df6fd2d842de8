"""Sending: a batch goes its way, and what that says at once is written down.

A batch is written down before its way is spoken to: a kill between the two leaves it in the list, and it is sent again
by its references, which count once.
"""

from datetime import datetime

from django.conf import settings

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.settlement.banks import batches
from fieldcast.settlement.banks.results import take_results
from fieldcast.settlement.banks.types import BatchView, Taken, Way
from fieldcast.settlement.banks.ways import WAYS


def ways_here() -> tuple[Way, ...]:
    """The ways of this installation: the bank to practise with only where the payment provider to practise with is."""
    return (Way.FILE, Way.SANDBOX) if settings.SANDBOX else (Way.FILE,)


def send_payouts(*, by: SignedIn, county_id: int, way: Way, now: datetime) -> BatchView:
    """Put what waits into a batch and hand it over to a way. Raises `NotFound` for strangers, `NothingToSend`."""
    if way not in ways_here():
        way = Way.FILE
    batch = batches.make_batch(by=by, county_id=county_id, way=way, now=now)
    if WAYS[way].by_itself:
        send(by=by, batch_id=batch.id, now=now)
    return batches.batch_view(batch_id=batch.id)


def send(*, by: SignedIn, batch_id: int, now: datetime) -> Taken:
    """Hand a batch over to its way, again where it was before. Raises `NotFound` for strangers."""
    batch = batches.batch_view(batch_id=batch_id)
    require(by, "settlement.send_payouts", accounts.county(county_id=batch.county_id))
    said = WAYS[Way(batch.way)].send(batches.instructions(batch_id=batch_id))
    return take_results(by=by, batch_id=batch_id, said=said, now=now)
