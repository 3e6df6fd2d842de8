"""`GET /county/invariants` says whether the books hold, in its body and in its status, so an alarm needs no parser."""

import pytest
from django.db import connection
from django.test import Client

from fieldcast.accounts import operations as accounts_operations
from fieldcast.supervision.operations import check_everything
from tests.factories.accounts import NOW
from tests.factories.cover import make_officer
from tests.factories.trade import sale_with_paid

pytestmark = pytest.mark.django_db


def test_the_status_says_what_ok_says() -> None:
    sale, _order = sale_with_paid()
    _token, secret = accounts_operations.issue_token(
        by=make_officer(sale.stall.county_id), name="alarm", now=NOW
    )
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    well = client.get("/api/v1/county/invariants")
    assert (well.status_code, well.json()["ok"], well.json()["details"]) == (200, True, [])
    check_everything(now=NOW)
    assert client.get("/api/v1/county/invariants").json()["read_since"] is None
    assert client.get("/api/v1/county/invariants?new=true").json()["read_since"] is not None
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE trade_payment SET amount_fen = amount_fen + 1")
        cursor.execute("SET LOCAL session_replication_role = origin")
    broken = client.get("/api/v1/county/invariants")
    assert (broken.status_code, broken.json()["ok"]) == (503, False)
    assert broken.json()["details"]
    assert broken.json().keys() == well.json().keys()
