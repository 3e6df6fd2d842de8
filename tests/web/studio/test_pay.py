"""A host reads the month's pay, how far the sales came on the tiers of the bonus, and what is missing."""

import pytest

from fieldcast.kit.months import month_of
from fieldcast.settlement import operations as settlement_operations
from fieldcast.settlement.models import Statement
from fieldcast.web.shared.words import yuan
from tests.factories.accounts import NOW
from tests.factories.composed import make_composed_sale
from tests.factories.trade import later, make_order
from tests.web.shared.desk import CHINESE, browser
from tests.web.shared.reading import english_in, words

pytestmark = pytest.mark.django_db


def test_a_host_reads_tiers_reached_and_missing_beside_the_months_pay() -> None:
    sale, _partners = make_composed_sale()
    make_order(sale, until="closed", packs=1)
    settlement_operations.settle_due(now=later(3600))
    host = browser(sale.stall.presenter, language=CHINESE)
    shown = host.get("/studio/pay/")
    assert english_in(shown.content.decode()) == []
    text = words(shown)
    assert f"已卖 {yuan(3980)}，目标 {yuan(5000)}。再卖 {yuan(5000 - 3980)}" in text
    assert "约定 2 场，已播 0 场" in text
    earned = Statement.objects.get(party=sale.stall.host.party).total_fen
    assert yuan(earned) in text
    month = f"{month_of(NOW):%Y-%m}"
    for address in (f"/studio/pay/?month={month}", f"/studio/pay/rows/?month={month}"):
        of_month = host.get(address)
        assert english_in(of_month.content.decode()) == []
        assert yuan(earned) in words(of_month)
    assert f"{earned / 100:.2f}" in host.get("/studio/pay/?format=csv").content.decode()
