"""What the desk does by itself, in the workers: reminds, and escalates what is late."""

from django.utils import timezone

from fieldcast.desk import operations
from fieldcast.kit.jobs import sweep

EVERY_MINUTE = "* * * * *"


@sweep(cron=EVERY_MINUTE)
def remind_due() -> int:
    """What is due within a working day is reminded of, once."""
    return operations.remind_due(now=timezone.now())


@sweep(cron=EVERY_MINUTE)
def escalate_due() -> int:
    """What was not answered in time comes before those it escalates to, once."""
    return operations.escalate_due(now=timezone.now())
