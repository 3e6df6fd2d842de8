"""Were parcels sent in time?"""

from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from fieldcast.kit.money import BASIS
from fieldcast.trade.models import Order
from fieldcast.trade.queries.sales import SOLD


def sent_in_time_bp(*, county_id: int, since: datetime, until: datetime, within: timedelta) -> int | None:
    """Of a county's orders paid in [since, until), the basis points handed to a carrier within `within` of payment.

    None when there were none: no parcels is not a bad record.
    """
    rows = Order.objects.filter(county_id=county_id, paid_at__gte=since, paid_at__lt=until, state__in=SOLD)
    in_time = Q(shipped_at__isnull=False, shipped_at__lte=F("paid_at") + within)
    found = rows.aggregate(orders=Count("id"), sent=Count("id", filter=in_time))
    return found["sent"] * BASIS // found["orders"] if found["orders"] else None
