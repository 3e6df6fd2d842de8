"""The demo county in this test's own database, for as long as it is looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction
from django.test import override_settings

from fieldcast.accounts import queries as accounts
from fieldcast.config.environment import DEMO_AFTER_SALE_SECONDS
from fieldcast.demo.load import load_demo

AS_IN_THE_DEMO: dict[str, Any] = {"DEMO": True, "AFTER_SALE_SECONDS": DEMO_AFTER_SALE_SECONDS}


@contextmanager
def loaded(blocker: Any, now: datetime) -> Iterator[int]:
    """The county, loaded without its pictures (drawing has tests of its own), and gone afterwards."""
    with blocker.unblock(), transaction.atomic(), override_settings(**AS_IN_THE_DEMO):
        with patch("fieldcast.demo.load.drawing_media"):
            assert load_demo(seed=7, now=now)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # now, and not again after every test
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(
                "ANALYZE"
            )  # as the server does by itself a minute later; until then it takes all for empty
        county = accounts.default_county()
        assert county is not None
        yield county.id
        transaction.set_rollback(True)
