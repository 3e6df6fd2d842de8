"""Many forgers at once: every one is counted, few are kept, and a payment made meanwhile waits for none of them."""

from functools import partial

import pytest
from django.db import transaction

from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.models import ForgedNotice, NoticeCount
from fieldcast.trade.payments.forged.operations import SHARDS
from fieldcast.trade.payments.forged.types import KEPT_AN_HOUR
from fieldcast.trade.types import NoticeOutcome
from tests.concurrency.racing import race
from tests.factories.accounts import NOW
from tests.factories.trade import make_sale, paid_notice, place, send_notice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
FORGERS, EACH = 8, 30


def forge(times: int) -> None:
    for _ in range(times):
        trade_operations.receive_notice(provider="sandbox", headers={}, body=b"{}", now=NOW)


def test_every_forged_notice_is_counted_when_many_come_at_once() -> None:
    race([partial(forge, EACH)] * FORGERS)
    (run,) = trade.forged_notices()
    assert run.count == FORGERS * EACH
    assert KEPT_AN_HOUR <= run.kept <= KEPT_AN_HOUR + FORGERS
    assert NoticeCount.objects.count() <= SHARDS


def test_a_true_notice_waits_for_no_forger() -> None:
    sale = make_sale()
    content = paid_notice(place(sale).order_id)
    forge(KEPT_AN_HOUR + 5)
    with transaction.atomic():
        assert list(NoticeCount.objects.select_for_update())
        assert list(ForgedNotice.objects.select_for_update())
        assert race([partial(send_notice, content)]) == [NoticeOutcome.APPLIED]
