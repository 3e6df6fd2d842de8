"""Do the books hold? On an honest sale they do; whoever changes a row behind the product's back is found."""

import pytest

from fieldcast.settlement.operations import settle_due
from fieldcast.supervision import queries
from fieldcast.supervision.types import Invariants
from tests.factories.guards import behind_its_back
from tests.factories.prepared import scene
from tests.factories.trade import Sale, later, make_order, ordinary_sale

pytestmark = pytest.mark.django_db


@scene(on=ordinary_sale)
def settled(sale: Sale) -> Sale:
    """A sale with orders at every stage, what is finished settled and paid out."""
    for until in ("reserved", "paid", "packed", "shipped", "received", "closed"):
        make_order(sale, until=until)
    settle_due(now=later(3600))
    return sale


def check() -> Invariants:
    """The rules of the house, now."""
    return queries.invariants(now=later(60))  # before the reserved order should have expired


def test_an_honest_sale_keeps_every_rule() -> None:
    settled()
    found = check()
    assert found.ok
    assert (found.oversold, found.lot_imbalance_units, found.broken_histories) == (0, 0, 0)
    assert (found.ledger_imbalance_fen, found.unexplained_fen, found.details) == (0, 0, ())
    assert found.checked_at == later(60)


@pytest.mark.parametrize(
    ("statement", "figure"),
    [
        ("UPDATE trade_lotstock SET sold = sold + 5, on_hand = on_hand - 5", "lot_imbalance_units"),
        (  # the stock agrees with itself, and not with what everybody reads
            "WITH lost AS (INSERT INTO trade_writeoff (lot_id, units, reason, at)"
            " SELECT lot_id, 5, 'x', now() FROM trade_lotstock RETURNING lot_id)"
            " UPDATE trade_lotstock SET written_off = written_off + 5, on_hand = on_hand - 5"
            " WHERE lot_id IN (SELECT lot_id FROM lost)",
            "lot_imbalance_units",
        ),
        ("UPDATE trade_orderline SET packs = 200, total_fen = 200 * price_fen", "oversold"),
        (
            "UPDATE trade_payment SET amount_fen = amount_fen + 1 WHERE paid_at IS NOT NULL",
            "ledger_imbalance_fen",
        ),
        ("UPDATE settlement_statementline SET amount_fen = amount_fen + 7", "unexplained_fen"),
        ("UPDATE trace_lotevent SET at = at - interval '1 day'", "broken_histories"),
    ],
)
def test_what_was_changed_behind_its_back_is_found(statement: str, figure: str) -> None:
    settled()
    behind_its_back(statement)
    found = check()
    assert not found.ok
    assert getattr(found, figure) > 0
    assert found.details
