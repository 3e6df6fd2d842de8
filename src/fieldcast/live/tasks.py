"""What the live room does by itself, in the workers: says which programs run beside its sessions, and announces."""

from django.conf import settings
from django.utils import timezone

from fieldcast.kit.jobs import sweep
from fieldcast.live import operations

EVERY_TWO_SECONDS = "* * * * * */2"


@sweep(cron=EVERY_TWO_SECONDS)
def list_programs() -> int:
    """Sessions that went live get the program their source needs, sessions that ended lose it."""
    return operations.list_programs(home=settings.HOME)


@sweep(cron="* * * * *")
def announce_due() -> int:
    """Those who follow a host are told of each session that has become public, once."""
    return operations.announce_due(now=timezone.now())
