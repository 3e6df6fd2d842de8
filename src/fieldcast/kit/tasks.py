"""What the kit does by itself: answers that are kept for requests sent again end."""

from django.utils import timezone

from fieldcast.kit import once
from fieldcast.kit.jobs import sweep


@sweep(cron="47 * * * *")
def forget_claims() -> int:
    """Claims whose time is over are deleted."""
    return once.forget(now=timezone.now())
