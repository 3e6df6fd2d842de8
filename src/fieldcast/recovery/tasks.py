"""What recovery does by itself, in the workers: sends the codes that were asked for."""

from django.utils import timezone

from fieldcast.kit.jobs import sweep
from fieldcast.recovery import operations

EVERY_TWO_SECONDS = "* * * * * */2"


@sweep(cron=EVERY_TWO_SECONDS)
def send_codes() -> int:
    """Codes that were asked for go to phones."""
    return operations.send_codes(now=timezone.now())
