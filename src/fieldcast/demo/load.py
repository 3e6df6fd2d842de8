"""Loads the demo county once: its people, lots, sessions and orders, its pictures and its clips."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext

from fieldcast.accounts import kept
from fieldcast.accounts import queries as accounts
from fieldcast.demo.banking import send_to_bank
from fieldcast.demo.books import enter_payments
from fieldcast.demo.claims import ask_back
from fieldcast.demo.companies import take_part
from fieldcast.demo.county import build_county
from fieldcast.demo.cover import stand_behind
from fieldcast.demo.joining import ask_to_come_in
from fieldcast.demo.letters import write_to_sellers
from fieldcast.demo.members import ask_members, write_chains
from fieldcast.demo.parcels import carry
from fieldcast.demo.reports import bring_outside_orders, report_past_sessions
from fieldcast.demo.sales import hold_sessions
from fieldcast.demo.saying import Say, silent
from fieldcast.demo.studio import drawing_media
from fieldcast.demo.waiting import leave_on_desks


def load_demo(*, seed: int, now: datetime, say: Say = silent) -> bool:
    """Load the demo county into an empty database; False, changing nothing, when a county is there already.

    All or nothing; `say` is told what is being done. Raises `RuntimeError` outside demo mode, so that no real
    installation is ever filled with it.
    """
    if not settings.DEMO:
        raise RuntimeError("the demo county is loaded in demo mode only (FIELDCAST_DEMO=1)")
    is_new = accounts.default_county() is None
    if is_new:
        say(gettext("Drawing its pictures and films …"))
    media, day = Path(settings.MEDIA_ROOT), timezone.localdate(now)
    with drawing_media(root=media, seed=seed, day=day) as finish_films:
        if is_new:
            _make(seed=seed, now=now, say=say, finish_films=finish_films)
    return is_new


def _make(*, seed: int, now: datetime, say: Say, finish_films: Callable[[], None]) -> None:
    with _in_one_piece():
        say(gettext("Settling its villages, farms and people …"))
        county = build_county(seed=seed, now=now)
        stand_behind(county)
        with kept.reading_once(alone=True):  # its people stay where they are from here on
            versions = hold_sessions(county, now=now, say=say)
            report_past_sessions(county, now=now)
            carry(county, now=now)
            write_to_sellers(county, now=now)
            ask_back(county, now=now)
            bring_outside_orders(county, now=now)
            send_to_bank(county, now=now)
            leave_on_desks(versions=versions, now=now)
            write_chains(county, now=now)
            ask_members(county, now=now)
        take_part(county)
        ask_to_come_in(county, now=now)
        transaction.on_commit(partial(enter_payments, county_id=county.id))
        finish_films()  # a county whose rooms have nothing to show is none


@contextmanager
def _in_one_piece() -> Iterator[None]:
    """One transaction, and nothing to go back to on its way: each of the thousands of operations within would set a
    savepoint of its own and let go of it, a fifth of all statements. Whatever fails ends the whole."""
    features: Any = connection.features
    with transaction.atomic():
        features.uses_savepoints = False
        try:
            yield
        finally:
            del features.uses_savepoints
