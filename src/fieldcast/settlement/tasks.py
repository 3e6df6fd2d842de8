"""Settlement's sweep."""

from django.utils import timezone

from fieldcast.kit.jobs import sweep
from fieldcast.kit.jobs.times import LONGEST_SECONDS
from fieldcast.settlement import operations
from fieldcast.settlement.early import operations as early
from fieldcast.settlement.early import reserves
from fieldcast.settlement.periods import operations as periods

# Runs pass by each other's sellers, so a long one keeps nobody waiting; the other half of a worker is for other sweeps.
AT_ONCE = 2


@sweep(cron="* * * * * */5", at_once=AT_ONCE)
def settle_due() -> None:
    """Settle what has finished, for no longer than a sweep may take."""
    operations.settle_due(now=timezone.now(), seconds=LONGEST_SECONDS / 4)


@sweep(cron="*/10 * * * *")
def settle_periods() -> None:
    """Settle the months that are over."""
    periods.settle_periods(now=timezone.now())


@sweep(cron="20 * * * *")  # the first of a day reckons, the others find it done
def reckon_reserves() -> None:
    """The day's reserve of everybody who sold something lately."""
    reserves.reckon_reserves(now=timezone.now())


@sweep(cron="*/5 * * * *")
def pay_early() -> None:
    """Pay what was received a day ago under terms that pay fast."""
    early.pay_early(now=timezone.now())
