"""Loads the demo county once: its people, lots, sessions and orders, its pictures and its clips."""

from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from fieldcast.accounts import queries as accounts
from fieldcast.demo.books import enter_payments
from fieldcast.demo.county import build_county
from fieldcast.demo.cover import stand_behind
from fieldcast.demo.harvest import harvest
from fieldcast.demo.reports import bring_outside_orders, report_past_sessions
from fieldcast.demo.sales import hold_sessions
from fieldcast.demo.studio import prepare_media


def load_demo(*, seed: int, now: datetime) -> bool:
    """Load the demo county into an empty database; False, changing nothing, when a county is there already.

    All or nothing. Raises `RuntimeError` outside demo mode, so that no real installation is ever filled with it.
    """
    if not settings.DEMO:
        raise RuntimeError("the demo county is loaded in demo mode only (FIELDCAST_DEMO=1)")
    prepare_media(root=Path(settings.MEDIA_ROOT), seed=seed)
    if accounts.default_county() is not None:
        return False
    with transaction.atomic():
        county = build_county(seed=seed, now=now)
        stand_behind(county)
        lots = harvest(county, now=now)
        hold_sessions(county, lots, now=now)
        report_past_sessions(county, now=now)
        bring_outside_orders(county, now=now)
        transaction.on_commit(partial(enter_payments, county_id=county.id))
    return True
