"""What is still to come is what settling will give, to the fen, at every stage; and what is unknown is said."""

import pytest

from fieldcast.settlement import queries
from fieldcast.settlement.models import Statement
from fieldcast.settlement.operations import settle_due
from fieldcast.settlement.types import Coming, Stage
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from tests.factories.guards import behind_its_back
from tests.factories.trade import PRICE_FEN, Sale, later, make_order, make_sale

pytestmark = pytest.mark.django_db


@pytest.fixture
def sale() -> Sale:
    return make_sale()


def coming(sale: Sale, role: str) -> Coming:
    stall = sale.stall
    ids = {"farmer": stall.lot.plot.household_id, "cooperative": stall.cooperative.id, "host": stall.host.id}
    session = sale.session.id if role == "host" else None
    return queries.coming_to(organisation_id=ids[role], session_id=session)


@pytest.mark.parametrize("role", ["farmer", "cooperative", "host"])
def test_it_is_what_settling_gives_to_the_fen(sale: Sale, role: str) -> None:
    for packs in (1, 2, 3):
        make_order(sale, until="received", packs=packs)
    before = coming(sale, role)
    assert (before.packs, before.net_fen()) == (6, 6 * PRICE_FEN)
    trade_operations.close_due(now=later(100))
    assert coming(sale, role).fen(Stage.SETTLING) == before.fen(Stage.AFTER_SALE) == before.fen()
    settle_due(now=later(3600))
    assert Statement.objects.get(role=role).total_fen == before.fen()
    assert coming(sale, role).lines == ()


def test_each_order_stands_where_it_is_and_what_goes_back_is_not_to_come(sale: Sale) -> None:
    for until in ("reserved", "paid", "packed", "shipped", "received"):
        make_order(sale, until=until)
    before = coming(sale, "farmer")
    assert [line.stage for line in before.lines] == ["to_send", "to_send", "on_its_way", "after_sale"]
    (received,) = before.of(Stage.AFTER_SALE)
    (found,) = trade.orders_by_numbers(numbers=[received.order_number]).values()
    trade_operations.refund_after_sale(
        by=sale.stall.chief, order_id=found.id, amount_fen=1000, reason="", now=later(9)
    )
    after = coming(sale, "farmer")
    assert after.net_fen(Stage.AFTER_SALE) == PRICE_FEN - 1000
    assert after.fen(Stage.AFTER_SALE) < before.fen(Stage.AFTER_SALE)


def test_another_households_and_another_sessions_lines_are_not_mine(sale: Sale) -> None:
    make_order(sale)
    other = make_sale(quantity=900)
    make_order(other, packs=2)
    assert coming(sale, "farmer").packs == 1
    assert coming(other, "host").packs == 2
    with pytest.raises(ValueError, match="one session at a time"):
        queries.coming_to(organisation_id=sale.stall.host.id)


def test_what_its_terms_do_not_say_is_unknown_and_not_nothing(sale: Sale) -> None:
    make_order(sale, packs=2)
    behind_its_back("UPDATE catalog_product SET code = 'renamed' WHERE id = %s", sale.stall.lot.product.id)
    found = coming(sale, "farmer")
    assert (found.lines, found.unknown, found.packs) == ((), 2, 2)


def test_what_was_paid_out_is_counted_since_then(sale: Sale) -> None:
    make_order(sale, until="closed")
    settle_due(now=later(3600))
    household = sale.stall.lot.plot.household_id
    total = Statement.objects.get(role="farmer").total_fen
    assert queries.paid_out_to(organisation_id=household) == total
    assert queries.paid_out_to(organisation_id=household, since=later(7200)) == 0
