"""Settlement's sweep."""

from django.utils import timezone

from fieldcast.kit.jobs import sweep
from fieldcast.settlement import operations
from fieldcast.settlement.periods import operations as periods


@sweep(cron="* * * * * */5")
def settle_due() -> None:
    """Settle what has finished."""
    operations.settle_due(now=timezone.now())


@sweep(cron="*/10 * * * *")
def settle_periods() -> None:
    """Settle the months that are over."""
    periods.settle_periods(now=timezone.now())
