"""The quiet hours of a county, in which nobody is woken: by its own clock, from evening until morning."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

EVENING: Final = time(21)
MORNING: Final = time(7)


def next_waking(now: datetime, zone: ZoneInfo) -> datetime:
    """`now`, or in the quiet hours the morning that ends them."""
    here = now.astimezone(zone)
    if MORNING <= here.time() < EVENING:
        return now
    day = here.date() + timedelta(days=1) if here.time() >= EVENING else here.date()
    return datetime.combine(day, MORNING, tzinfo=zone)
