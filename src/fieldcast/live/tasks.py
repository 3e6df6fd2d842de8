"""What the live room does by itself, in the workers: programs beside its sessions, visitors to forget."""

from django.conf import settings
from django.utils import timezone

from fieldcast.kit.jobs import sweep
from fieldcast.live import operations

EVERY_TWO_SECONDS = "* * * * * */2"


@sweep(cron=EVERY_TWO_SECONDS)
def list_programs() -> int:
    """Sessions that went live get the program their source needs, sessions that ended lose it."""
    return operations.list_programs(home=settings.HOME)


@sweep(cron="*/5 * * * *")
def forget_visitors() -> int:
    """Who left half an hour ago is no longer known."""
    return operations.forget_visitors(now=timezone.now())
