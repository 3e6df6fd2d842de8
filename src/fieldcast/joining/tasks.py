"""What joining does by itself, in the workers: ends invitations whose two weeks are over."""

from django.utils import timezone

from fieldcast.joining import operations
from fieldcast.kit.jobs import sweep

EVERY_HOUR = "41 * * * *"


@sweep(cron=EVERY_HOUR)
def end_due() -> int:
    """Invitations that nobody answered in two weeks end, and their numbers go."""
    return operations.end_due(now=timezone.now())
