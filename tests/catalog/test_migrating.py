"""Plots of before they were asked what grows there: they are declared to grow what was picked from them."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from fieldcast.kit import sql
from tests.factories.market import make_stall

# thorough: tables are taken back to what they were and brought forward again
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def migrate(targets: list[Any]) -> None:
    with connection.cursor() as cursor:  # an ALTER TABLE does not wait for what a commit would judge
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    MigrationExecutor(connection).migrate(targets)


def test_plots_are_declared_to_grow_what_was_picked_from_them() -> None:
    lot = make_stall().lot
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    migrate([("trade", "0016_waiting_to_be_sent"), ("catalog", "0004_photos_and_papers")])
    migrate([node for node in leaves if node[0] != "procrastinate"])
    crops = sql.rows("SELECT plot_id, product_id, perennial, declared_by_id, ended_at FROM catalog_plotcrop")
    assert (lot.plot.id, lot.product.id, True, None, None) in crops
