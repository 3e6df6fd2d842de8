"""Settlement's jobs."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fieldcast.settlement import operations


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="settlement.settle_due", pass_context=False)
def settle_due(timestamp: int) -> None:
    """Settle what has finished. A run that is still under way keeps the next one out of the queue."""
    operations.settle_due(now=timezone.now())
