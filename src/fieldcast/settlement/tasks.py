"""Settlement's sweep."""

from django.utils import timezone

from fieldcast.kit.jobs import sweep
from fieldcast.settlement import operations


@sweep(cron="* * * * * */5")
def settle_due() -> None:
    """Settle what has finished."""
    operations.settle_due(now=timezone.now())
