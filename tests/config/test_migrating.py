"""A database of before: what it holds is there after the migrations, under the room and in the table that has it now.

One database is taken back for the whole file, once and as far as any of its tests asks, and brought forward again: what
costs is the walk, whatever lies along it. What another change of a table moves is put into it as well, and read here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from fieldcast.agreements import queries as agreements
from fieldcast.kit import sql
from fieldcast.kit.found import Found
from fieldcast.live import operations as live_operations
from fieldcast.live.types import SessionView
from fieldcast.outside.models import ImportBatch
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from tests.factories.accounts import NOW
from tests.factories.trade import Sale, later, make_buyer, make_order, make_sale, place
from tests.live.rooms import make_crew, plan_session

# thorough: tables are taken back to what they were and brought forward again
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
BEFORE = [
    ("outside", None),
    ("trade", "0008_offer_changes"),
    ("catalog", "0004_photos_and_papers"),
    ("live", "0003_who_and_when"),
    ("agreements", "0005_who_ended_it"),
]
PARTIES = "SELECT agreement_id, role, organisation_id FROM agreements_agreementparty ORDER BY 1, 2"
COLUMNS = "SELECT id, cooperative_id, host_id, carrier_id FROM agreements_agreement ORDER BY 1"
SOURCES = "SELECT session_id, kind, key, from_at, to_at FROM live_sessionsource ORDER BY 1, id"
CLIPS = "SELECT id, clip FROM live_session ORDER BY 1"
CROPS = "SELECT plot_id, product_id, perennial, declared_by_id, ended_at FROM catalog_plotcrop"
STEPS = "SELECT order_id, state, at FROM trade_orderstep ORDER BY 1, 2"
PACKS = "SELECT id, packs FROM trade_orderline ORDER BY 1"
UNITS = "SELECT id, units FROM trade_orderline ORDER BY 1"
CARRIED = "SELECT order_id, carrier_id, state, changed_at FROM trade_carrying ORDER BY 1"
TYPES = "SELECT id, model FROM django_content_type WHERE app_label = 'outside' ORDER BY 1"
BATCHES_OF_TRADE = "SELECT model FROM django_content_type WHERE app_label = 'trade' AND model LIKE '%batch'"
TABLE_OF_STEPS = "SELECT to_regclass('trade_orderstep')"

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Walk:
    """A sale and sessions that were taken back and brought forward; what was read before, in the past, and after."""

    sale: Sale
    sessions: tuple[SessionView, ...]
    before: Rows
    past: Rows
    after: Rows


def read(*statements: str) -> Rows:
    return {statement: sql.rows(statement) for statement in statements}


def migrate(targets: list[Any]) -> None:
    with connection.cursor() as cursor:  # an ALTER TABLE does not wait for what a commit would judge
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    MigrationExecutor(connection).migrate(targets)


def latest() -> list[Any]:
    return [
        node for node in MigrationExecutor(connection).loader.graph.leaf_nodes() if node[0] != "procrastinate"
    ]


def make_what_was_sold() -> Sale:
    """An order in every state, and a file of another platform's orders."""
    sale = make_sale()
    for until in ("reserved", "paid", "packed", "shipped", "received", "closed"):
        make_order(sale, until=until)
    order = place(sale, by=(buyer := make_buyer(sale)))
    trade_operations.cancel_order(by=buyer, order_id=order.order_id, now=NOW)
    back = make_order(sale)
    trade_operations.refund_order(by=sale.stall.chief, order_id=back.id, reason="烂果", now=later(5))
    ImportBatch.objects.create(
        county_id=sale.session.county_id, channel="tmall", file_name="a.csv", sha256="0" * 64, rows=1, inserted=1,
        updated=0, unchanged=0, created_at=NOW,
    )  # fmt: skip
    return sale


def make_what_was_shown() -> tuple[SessionView, ...]:
    """Sessions that are planned, live and over, and a live one that shows nothing."""
    crews = [make_crew() for _one in range(4)]
    sessions = [plan_session(crew, clip=clip) for crew, clip in zip(crews, ("a", "b", "c", ""), strict=True)]
    for number in (1, 2, 3):
        live_operations.open_session(by=crews[number].chief, session_id=sessions[number].id, now=NOW)
    later_on = NOW + timedelta(minutes=30)
    live_operations.close_session(by=crews[2].chief, session_id=sessions[2].id, now=later_on)
    return tuple(sessions)


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Walk]:
    with django_db_blocker.unblock(), transaction.atomic():
        sale, sessions = make_what_was_sold(), make_what_was_shown()
        before = read(PARTIES, SOURCES, STEPS, PACKS, CARRIED, TYPES)
        migrate(BEFORE)
        past = read(COLUMNS, CLIPS, UNITS, BATCHES_OF_TRADE, TABLE_OF_STEPS)
        migrate(latest())
        sql.apply_functions(sql.differing_functions())
        yield Walk(sale, sessions, before, past, read(CROPS, *before))
        transaction.set_rollback(True)


def test_nothing_is_lost_on_the_way_here(walk: Walk) -> None:
    assert walk.before == {name: rows for name, rows in walk.after.items() if name != CROPS}
    assert ImportBatch.objects.get().file_name == "a.csv"


def test_parties_were_columns_of_their_agreement(walk: Walk) -> None:
    stall = walk.sale.stall
    made = stall.version.agreement_id
    assert (made, stall.cooperative.id, stall.host.id, stall.carrier.id) in walk.past[COLUMNS]
    assert len(walk.before[PARTIES]) == 3
    assert agreements.version(version_id=stall.version.id) == stall.version


def test_sources_of_pictures_were_clips_of_their_session(walk: Walk) -> None:
    clips: dict[int, str] = dict(walk.past[CLIPS])
    assert [clips[session.id] for session in walk.sessions] == ["a", "b", "c", ""]
    assert {session.id for session in walk.sessions[:3]} <= {row[0] for row in walk.before[SOURCES]}


def test_plots_are_declared_to_grow_what_was_picked_from_them(walk: Walk) -> None:
    lot = walk.sale.stall.lot
    assert (lot.plot.id, lot.product.id, True, None, None) in walk.after[CROPS]


def test_packs_were_units_and_batches_those_of_the_sale(walk: Walk) -> None:
    assert walk.past[UNITS] == walk.before[PACKS]
    assert walk.past[BATCHES_OF_TRADE]
    assert len(walk.before[TYPES]) == 3


def test_steps_are_told_from_what_an_order_says_and_who_took_them_where_it_was_kept(walk: Walk) -> None:
    assert walk.past[TABLE_OF_STEPS] == [(None,)]
    assert {row[2] for row in walk.before[CARRIED]} == {"to_fetch", "on_the_way", "delivered"}
    assert trade.wrong_steps() == Found()
    who = {
        (state, by is not None, why)
        for state, by, why in sql.rows("SELECT state, by_id, why FROM trade_orderstep")
    }
    assert ("reserved", True, "") in who
    assert ("cancelled", True, "") in who
    assert ("refunded", True, "烂果") in who
    assert ("packed", False, "") in who  # nobody kept who it was
    place(walk.sale)
    assert trade.wrong_steps() == Found()
