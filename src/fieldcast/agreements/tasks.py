"""Agreements' sweep."""

from django.utils import timezone

from fieldcast.agreements.bonds import asking
from fieldcast.kit.jobs import sweep


@sweep(cron="0 * * * *")
def ask_for_new_letters() -> int:
    """Guarantee letters that run out within thirty days are asked for again, each once."""
    return asking.ask_for_new_letters(now=timezone.now())
