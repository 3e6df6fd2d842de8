"""What files does by itself, in the workers: ends what has been kept for long enough."""

from django.utils import timezone

from fieldcast.files import operations
from fieldcast.kit.jobs import sweep

EVERY_HOUR = "23 * * * *"


@sweep(cron=EVERY_HOUR)
def end_due() -> int:
    """Files whose time is over end, and what a killed process left on the disk goes."""
    return operations.end_due(now=timezone.now())
