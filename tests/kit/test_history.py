"""What was done is append-only in every room that keeps a history."""

import pytest
from django.apps import apps
from django.db import connection

from fieldcast.kit.history import Done


def kept() -> list[str]:
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, Done))


def test_rooms_keep_histories() -> None:
    assert {"live_sessionstep", "trade_offerchange", "trade_orderstep"} <= set(kept())


@pytest.mark.django_db
def test_every_history_has_its_guards() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger")
        there = {name for (name,) in cursor.fetchall()}
    missing = [f"{table}{end}" for table in kept() for end in ("_immutable", "_no_truncate")]
    assert [name for name in missing if name not in there] == []
