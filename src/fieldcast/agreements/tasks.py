"""Agreements' sweeps."""

from django.utils import timezone

from fieldcast.agreements import ending
from fieldcast.agreements.bonds import asking
from fieldcast.agreements.votes import operations as votes_operations
from fieldcast.kit.jobs import sweep


@sweep(cron="0 * * * *")
def ask_for_new_letters() -> int:
    """Guarantee letters that run out within thirty days are asked for again, each once."""
    return asking.ask_for_new_letters(now=timezone.now())


@sweep(cron="*/10 * * * *")
def end_votes() -> int:
    """Votes that are over: how they came out is written down and told, each once."""
    return votes_operations.end_due(now=timezone.now())


@sweep(cron="7 * * * *")
def ask_before_end() -> int:
    """The cooperative is asked about an agreement that runs out; all are told of one that goes on by itself."""
    return ending.ask_before_end(now=timezone.now())
