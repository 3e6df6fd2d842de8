"""A rehearsal on the real platform holds every rule, and fails when stock, money or a statement is broken."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest

from fieldcast.config import database
from fieldcast.rehearsal import run
from fieldcast.rehearsal.report import Report
from fieldcast.rehearsal.run import Performed

if TYPE_CHECKING:
    from fieldcast.config.runner import Platform

pytestmark = pytest.mark.concurrency

LATEST = "(SELECT max({key}) FROM {table})"


@pytest.fixture(scope="module")
def performed(server: "Platform") -> Performed:
    with (
        ThreadPoolExecutor() as apart
    ):  # in this thread a browser of an earlier test may keep an event loop running
        sale = apart.submit(
            run.perform,
            url=server.url,
            buyers=36,
            packs=12,
            seed=7,
            comments=["这个甜度多少？", "能寄哈尔滨吗"],
        )
        return sale.result()


def judge(performed: Performed) -> Report:
    with ThreadPoolExecutor() as apart:
        return apart.submit(run.judge, performed).result()


@contextmanager
def broken(server: "Platform", *, table: str, key: str, column: str) -> Iterator[None]:
    """Add one to a column of a table's latest row with the triggers asleep, and take it away afterwards."""
    row = LATEST.format(key=key, table=table)
    with psycopg.connect(database.owner_uri(server.environment), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(f"UPDATE {table} SET {column} = {column} + 1 WHERE {key} = {row}")
        try:
            yield
        finally:
            connection.execute(f"UPDATE {table} SET {column} = {column} - 1 WHERE {key} = {row}")


def test_every_rule_holds_after_a_sale(performed: Performed) -> None:
    report = judge(performed)
    assert report.ok, report.failures
    assert (report.sold, report.oversold) == (12, 0)
    assert report.ledger_imbalance_fen == report.lot_imbalance_units == report.unexplained_fen == 0
    assert report.orders_rejected > 0
    assert report.reservations_expired > 0
    assert report.refunds > 0
    # one for each of the five parties in every round of settlement; a slow machine needs more than one round
    assert report.statements > 0
    assert report.statements % 5 == 0
    assert 0 < report.payout_fen < report.settled_fen
    assert report.strangers_refused > 0


@pytest.mark.parametrize(
    ("table", "key", "column", "figure"),
    [
        ("trade_reservation", "line_id", "lot_units", "lot_imbalance_units"),
        ("catalog_lot", "id", "quantity", "lot_imbalance_units"),
        ("ledger_posting", "id", "amount_fen", "ledger_imbalance_fen"),
        ("ledger_account", "id", "balance_fen", "ledger_imbalance_fen"),
        ("settlement_statementline", "id", "amount_fen", "unexplained_fen"),
        ("settlement_statement", "id", "total_fen", "unexplained_fen"),
    ],
)
def test_a_rehearsal_fails_when_something_is_broken(
    server: "Platform", performed: Performed, table: str, key: str, column: str, figure: str
) -> None:
    with broken(server, table=table, key=key, column=column):
        report = judge(performed)
    assert not report.ok
    assert getattr(report, figure) > 0
    assert report.failures
    assert judge(performed).ok


def test_a_sale_that_left_units_unsold_fails(performed: Performed) -> None:
    from dataclasses import replace

    wanted_more = replace(performed, packs=13)
    assert not judge(wanted_more).ok
