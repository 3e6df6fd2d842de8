"""What trade does by itself, in the workers: ends what was not paid, sends refunds, asks after money, tells histories.

Each makes one domain call and is safe to repeat: it looks for what is due, so a run that was killed is made good by the
next. Seconds are the last field of a schedule.
"""

import time

from django.utils import timezone

from fieldcast.kit.jobs import sweep
from fieldcast.trade import operations

EVERY_TWO_SECONDS = "* * * * * */2"
EVERY_FIVE_SECONDS = "* * * * * */5"
EVERY_TEN_SECONDS = "* * * * * */10"
EVERY_MINUTE = "* * * * *"
EVERY_HOUR = "17 * * * *"
A_TURN_SECONDS = 20.0  # of sending refunds: each is a word with the provider, which may be slow to answer


@sweep(cron=EVERY_TWO_SECONDS)
def expire_due() -> int:
    """Units of orders that were not paid in time go back on sale."""
    return operations.expire_due(now=timezone.now())


@sweep(cron=EVERY_TWO_SECONDS)
def send_refunds() -> int:
    """Refunds that were asked for go to their providers."""
    done, ends = 0, time.monotonic() + A_TURN_SECONDS
    while time.monotonic() < ends:
        sent = operations.send_refunds(now=timezone.now(), limit=5)
        done += sent
        if not sent:
            break
    return done


@sweep(cron=EVERY_TWO_SECONDS)
def give_back_due() -> int:
    """Orders of stopped lots that somebody gives back in one go are given back, batch by batch."""
    return operations.give_back_due(now=timezone.now())


@sweep(cron=EVERY_FIVE_SECONDS)
def receive_overdue() -> int:
    """Parcels long on their way are taken to have arrived."""
    return operations.receive_overdue(now=timezone.now())


@sweep(cron=EVERY_FIVE_SECONDS)
def close_ended_offers() -> int:
    """Offers left open in sessions that are over are closed."""
    return operations.close_ended_offers(now=timezone.now())


@sweep(cron=EVERY_MINUTE)
def end_agreements() -> int:
    """Agreements end after their last day, with what is offered under them."""
    return operations.end_agreements(now=timezone.now())


@sweep(cron=EVERY_FIVE_SECONDS)
def close_due() -> int:
    """Orders past their after-sale window are finished."""
    return operations.close_due(now=timezone.now())


@sweep(cron=EVERY_TEN_SECONDS)
def grant_due() -> int:
    """Requests for money back that nobody answered in time are granted."""
    return operations.grant_due(now=timezone.now())


@sweep(cron=EVERY_TEN_SECONDS)
def reconcile() -> int:
    """Providers are asked about money nobody told us of."""
    return operations.reconcile(now=timezone.now())


@sweep(cron=EVERY_MINUTE)
def announce_due() -> int:
    """Those who follow a host are told of each session that has become public, once."""
    return operations.announce_due(now=timezone.now())


@sweep(cron=EVERY_MINUTE)
def tell_lots() -> int:
    """Lots' histories hear of their parcels."""
    return operations.tell_lots(now=timezone.now())


@sweep(cron=EVERY_HOUR)
def end_forged() -> int:
    """What was kept of forged notices ends when its time is over."""
    return operations.end_forged(now=timezone.now())
