"""A database of before: what it holds is there after the migrations, under the room that has it now."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from fieldcast.kit import sql
from fieldcast.kit.found import Found
from fieldcast.outside.models import ImportBatch
from fieldcast.trade import operations, queries
from tests.factories.accounts import NOW
from tests.factories.trade import Sale, later, make_buyer, make_order, make_sale, place

# thorough: tables are taken back to what they were and brought forward again
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
BEFORE = [("outside", None), ("trade", "0008_offer_changes")]


def ask(statement: str) -> list[tuple[Any, ...]]:
    return sql.rows(statement)


def migrate(targets: list[Any]) -> None:
    with connection.cursor() as cursor:  # an ALTER TABLE does not wait for what a commit would judge
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    MigrationExecutor(connection).migrate(targets)


def latest() -> list[Any]:
    return [
        node for node in MigrationExecutor(connection).loader.graph.leaf_nodes() if node[0] != "procrastinate"
    ]


@pytest.fixture
def sale() -> Sale:
    sale = make_sale()
    for until in ("reserved", "paid", "packed", "shipped", "received", "closed"):
        make_order(sale, until=until)
    operations.cancel_order(by=(buyer := make_buyer(sale)), order_id=place(sale, by=buyer).order_id, now=NOW)
    back = make_order(sale)
    operations.refund_order(by=sale.stall.chief, order_id=back.id, reason="烂果", now=later(5))
    ImportBatch.objects.create(
        county_id=sale.session.county_id, channel="tmall", file_name="a.csv", sha256="0" * 64, rows=1, inserted=1,
        updated=0, unchanged=0, created_at=NOW,
    )  # fmt: skip
    return sale


def test_nothing_is_lost_on_the_way_here(sale: Sale) -> None:
    steps = ask("SELECT order_id, state, at FROM trade_orderstep ORDER BY 1, 2")
    types = ask("SELECT id, model FROM django_content_type WHERE app_label = 'outside' ORDER BY 1")
    packs = ask("SELECT id, packs FROM trade_orderline ORDER BY 1")
    carried = ask("SELECT order_id, carrier_id, state, changed_at FROM trade_carrying ORDER BY 1")
    assert {state for _order, _carrier, state, _at in carried} == {"to_fetch", "on_the_way", "delivered"}
    assert len(types) == 3
    migrate(BEFORE)
    assert ask("SELECT id, units FROM trade_orderline ORDER BY 1") == packs
    assert ask("SELECT id, model FROM django_content_type WHERE app_label = 'trade' AND model LIKE '%batch'")
    assert ask("SELECT to_regclass('trade_orderstep')") == [(None,)]
    migrate(latest())
    assert ask("SELECT order_id, state, at FROM trade_orderstep ORDER BY 1, 2") == steps
    assert ask("SELECT id, model FROM django_content_type WHERE app_label = 'outside' ORDER BY 1") == types
    assert ask("SELECT id, packs FROM trade_orderline ORDER BY 1") == packs
    assert ask("SELECT order_id, carrier_id, state, changed_at FROM trade_carrying ORDER BY 1") == carried
    assert ImportBatch.objects.get().file_name == "a.csv"
    assert queries.wrong_steps() == Found()
    who = {
        (state, by is not None, why)
        for state, by, why in ask("SELECT state, by_id, why FROM trade_orderstep")
    }
    assert ("reserved", True, "") in who
    assert ("cancelled", True, "") in who
    assert ("refunded", True, "烂果") in who
    assert ("packed", False, "") in who  # nobody kept who it was
    sql.apply_functions(sql.differing_functions())
    place(sale)
    assert queries.wrong_steps() == Found()
