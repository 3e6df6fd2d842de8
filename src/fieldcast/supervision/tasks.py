"""What supervision does by itself, in the workers: reads all books every night; by day what is new is enough."""

import logging

from django.utils import timezone

from fieldcast.kit.jobs import sweep
from fieldcast.supervision import operations

EVERY_NIGHT = "20 19 * * *"  # UTC: 3:20 in China, when few write
logger = logging.getLogger(__name__)


@sweep(cron=EVERY_NIGHT)
def check_books() -> bool:
    """Everything is read; when it is right, a mark says up to where."""
    found = operations.check_everything(now=timezone.now())
    if not found.ok:
        logger.error("The books do not hold: %s", "; ".join(found.details))
    return found.ok
