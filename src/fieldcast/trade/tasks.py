"""What trade does by itself, in the workers: ends what was not paid, sends refunds, asks after money, tells histories.

Each task makes one domain call. A `queueing_lock` keeps a slow worker from piling up the same task, and a `lock` keeps
two workers from doing it at once, which would be harmless but for nothing. Seconds are the last field of a schedule.
"""

from django.utils import timezone
from procrastinate.contrib.django import app

from fieldcast.trade import operations

EVERY_TWO_SECONDS = "* * * * * */2"
EVERY_FIVE_SECONDS = "* * * * * */5"
EVERY_MINUTE = "* * * * *"
EVERY_HOUR = "17 * * * *"


@app.periodic(cron=EVERY_TWO_SECONDS)
@app.task(queueing_lock="trade.expire_due", lock="trade.expire_due")
def expire_due(timestamp: int) -> int:
    """Units of orders that were not paid in time go back on sale."""
    return operations.expire_due(now=timezone.now())


@app.periodic(cron=EVERY_TWO_SECONDS)
@app.task(queueing_lock="trade.send_refunds", lock="trade.send_refunds")
def send_refunds(timestamp: int) -> int:
    """Refunds that were asked for go to their providers."""
    return operations.send_refunds(now=timezone.now())


@app.periodic(cron=EVERY_FIVE_SECONDS)
@app.task(queueing_lock="trade.close_due", lock="trade.close_due")
def close_due(timestamp: int) -> int:
    """Orders past their after-sale window are finished, parcels long on their way received, ended sessions closed."""
    now = timezone.now()
    operations.receive_overdue(now=now)
    operations.close_ended_offers(now=now)
    return operations.close_due(now=now)


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="trade.reconcile", lock="trade.reconcile")
def reconcile(timestamp: int) -> int:
    """Providers are asked about money nobody told us of."""
    return operations.reconcile(now=timezone.now())


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="trade.tell_lots", lock="trade.tell_lots")
def tell_lots(timestamp: int) -> int:
    """Lots' histories hear of their parcels."""
    return operations.tell_lots(now=timezone.now())


@app.periodic(cron=EVERY_HOUR)
@app.task(queueing_lock="trade.end_forged")
def end_forged(timestamp: int) -> int:
    """What was kept of forged notices ends when its time is over."""
    return operations.end_forged(now=timezone.now())
