"""The platform's own database user in the test database, and one sale with something in every state for all tests."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from fieldcast.config import database, privileges
from fieldcast.rehearsal.tampering_scene import set_scene
from tests.factories.accounts import NOW


@pytest.fixture(scope="session")
def role(django_db_setup: None, django_db_blocker: Any) -> str:
    """The user who owns nothing, with the privileges that the platform gives it."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(database.MAKE_PLATFORM_ROLE)
        privileges.lay(role=database.PLATFORM_ROLE)
    return database.PLATFORM_ROLE


@pytest.fixture(scope="package")
def now(role: str, django_db_blocker: Any) -> Iterator[datetime]:
    """The time at which the sale stands as it stands: made once, and undone after the last test that looks at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        set_scene(now=NOW)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as a commit would
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield NOW
        transaction.set_rollback(True)
