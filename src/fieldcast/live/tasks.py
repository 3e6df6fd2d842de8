"""What the live room does by itself, in the workers: says which programs must run beside its sessions."""

from django.conf import settings

from fieldcast.kit.jobs import sweep
from fieldcast.live import operations

EVERY_TWO_SECONDS = "* * * * * */2"


@sweep(cron=EVERY_TWO_SECONDS)
def list_programs() -> int:
    """Sessions that went live get the program their source needs, sessions that ended lose it."""
    return operations.list_programs(home=settings.HOME)
