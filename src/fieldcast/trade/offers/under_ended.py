"""An agreement ends after its last day together with what is offered under it: nothing is sold under it any more."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from fieldcast.agreements import ending
from fieldcast.agreements import operations as agreements_operations
from fieldcast.trade.models import Offer
from fieldcast.trade.offers.operations import close_locked
from fieldcast.trade.offers.types import OfferState


def end_agreements(*, now: datetime) -> int:
    """End the agreements whose last day is over, each with its open offers; returns how many. What was sold stays."""
    over = ending.over(today=timezone.localdate(now))
    for agreement_id in over:
        with transaction.atomic():
            agreements_operations.end_agreement(by=None, agreement_id=agreement_id, now=now)
            rows = Offer.objects.filter(
                state=OfferState.OPEN.value, agreement_version__agreement_id=agreement_id
            )
            close_locked(
                list(rows.select_for_update(no_key=True, of=("self",)).order_by("id")), by=None, now=now
            )
    return len(over)
