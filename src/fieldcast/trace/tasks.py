"""What trace does by itself, in the workers: computes histories again, so that no page has to."""

from django.utils import timezone

from fieldcast.kit.jobs import sweep
from fieldcast.trace import operations

EVERY_MINUTE = "* * * * *"


@sweep(cron=EVERY_MINUTE)
def check_histories() -> int:
    """New events are checked, and whole histories in turn."""
    return operations.check_histories(now=timezone.now())
