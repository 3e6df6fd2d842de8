"""Money that came late bears interest by itself on the sheet of its month; the county sees what waits until then."""

from datetime import timedelta

import pytest

from fieldcast.settlement import operations
from fieldcast.settlement.arrears.queries import arrears
from fieldcast.settlement.arrears.types import Late
from fieldcast.settlement.models import Payout, Statement, StatementLine
from fieldcast.settlement.periods.operations import settle_periods
from tests.factories.accounts import NOW
from tests.factories.composed import make_composed_sale
from tests.factories.trade import make_order

pytestmark = pytest.mark.django_db


def test_interest_on_late_money_is_worked_out_paid_and_nobody_asks_for_it() -> None:
    sale, _partners = make_composed_sale()
    make_order(sale, until="closed", packs=2)
    late = NOW + timedelta(days=4, hours=2)
    operations.settle_due(now=late)  # four days after the sale was over: three beyond the one it may take
    farmer = Statement.objects.get(role="farmer")
    after = NOW + timedelta(days=36)
    waits = [one for one in arrears(county_id=sale.stall.county_id, now=after) if one.kind == Late.SHEET]
    assert len(waits) == 1
    settle_periods(now=after)
    assert not [one for one in arrears(county_id=sale.stall.county_id, now=after) if one.kind == Late.SHEET]
    line = StatementLine.objects.get(kind="composed:late_interest", statement__party=farmer.party)
    interest = (farmer.total_fen * 3 * 500 + 500_000) // 1_000_000
    assert line.amount_fen == interest > 0
    assert StatementLine.objects.filter(kind="composed:late_interest", amount_fen=-interest).exists()
    assert Payout.objects.filter(party=farmer.party).count() >= 1
