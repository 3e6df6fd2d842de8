"""What inbox does by itself, in the workers: carries messages their ways, and ends those that were read long ago."""

from django.utils import timezone

from fieldcast.inbox import operations
from fieldcast.kit.jobs import sweep

EVERY_MINUTE = "* * * * *"
EVERY_HOUR = "41 * * * *"


@sweep(cron=EVERY_MINUTE)
def carry_due() -> int:
    """Messages that may go now go their ways."""
    return operations.carry_due(now=timezone.now())


@sweep(cron=EVERY_HOUR)
def end_read() -> int:
    """Messages that were read long ago go."""
    return operations.end_read(now=timezone.now())
