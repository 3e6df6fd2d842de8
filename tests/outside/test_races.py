"""The same file from two people at once is in the database once. With a control that shows the race."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from fieldcast.outside import staging
from fieldcast.outside.models import ImportBatch, OutsideOrder
from fieldcast.outside.types import ImportReport
from tests.outside.files import export
from tests.outside.test_import import Shop

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
ORDERS = 2_000
TOGETHER = 3


def bring_at_once(shop: Shop) -> list[ImportReport]:
    """The same file from `TOGETHER` connections, all released at one moment."""
    data = export("tmall", *({"订单编号": str(number)} for number in range(ORDERS)))
    gate = threading.Barrier(TOGETHER)

    def bring(_number: int) -> ImportReport:
        try:
            gate.wait(timeout=30)
            return shop.bring(data)
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(bring, range(TOGETHER)))


def test_one_of_many_brings_the_orders_in_and_the_others_find_them_there() -> None:
    reports = bring_at_once(Shop())
    assert sorted(report.inserted for report in reports) == [0, 0, ORDERS]
    assert sorted(report.unchanged for report in reports) == [0, ORDERS, ORDERS]
    assert OutsideOrder.objects.count() == ORDERS
    assert ImportBatch.objects.count() == 1


def test_without_the_lock_they_collide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: only the constraint is left to keep the orders single, and it ends an import in an error."""
    together = threading.Barrier(TOGETHER)

    def no_lock(*, county_id: int) -> None:
        """Everyone passes, at one moment."""
        together.wait(timeout=30)

    monkeypatch.setattr(staging, "lock", no_lock)
    with pytest.raises(IntegrityError, match="outside_order_once"):
        bring_at_once(Shop())
