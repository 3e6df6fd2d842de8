"""A lot's history is added to, never changed."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from fieldcast.accounts.types import OrganisationKind
from fieldcast.catalog.types import LotView
from fieldcast.kit.errors import NotFound
from fieldcast.trace import queries
from fieldcast.trace.facts.stored import Stored
from fieldcast.trace.hashing import event_hash
from fieldcast.trace.types import EventKind
from tests.factories.accounts import NOW, make_county, make_organisation
from tests.factories.catalog import make_lot
from tests.factories.guards import behind_its_back
from tests.factories.trace import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot() -> LotView:
    lot = make_lot(cooperative=make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE))
    for kind in (EventKind.GRADED, EventKind.STORED):
        make_event(lot, kind)
    return lot


def test_a_lot_begins_with_its_harvest_and_its_chain_holds(lot: LotView) -> None:
    history = queries.history(lot_id=lot.id)
    assert [event.kind for event in history.events] == [
        EventKind.HARVESTED,
        EventKind.GRADED,
        EventKind.STORED,
    ]
    assert history.intact
    assert queries.broken_histories(county_id=None) == ()


@pytest.mark.parametrize(
    "sql", ["UPDATE trace_lotevent SET facts = '{}'", "DELETE FROM trace_lotevent", "TRUNCATE trace_lotevent"]
)
def test_the_database_refuses_to_change_an_event(lot: LotView, sql: str) -> None:
    with connection.cursor() as cursor:  # TRUNCATE waits for foreign keys that are still unchecked
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE trace_lotevent SET facts = '{\"jin\": 900}' WHERE sequence = 2",
        "UPDATE trace_lotevent SET at = at - interval '1 day' WHERE sequence = 2",
        "DELETE FROM trace_lotevent WHERE sequence = 2",
    ],
)
def test_a_change_made_behind_the_guards_is_seen(lot: LotView, sql: str) -> None:
    behind_its_back(sql)
    history = queries.history(lot_id=lot.id)
    assert not history.intact
    assert history.broken_at in (2, 3)
    assert queries.broken_histories(county_id=None) == (lot.id,)
    assert queries.broken_histories(county_id=lot.county_id) == (lot.id,)
    assert queries.broken_histories(county_id=make_county("别的县")) == ()


def test_a_correction_names_what_it_corrects_within_the_same_lot(lot: LotView) -> None:
    graded = queries.history(lot_id=lot.id).events[1]
    make_event(lot, EventKind.CORRECTED, {"sorted_out": 30}, corrects=graded.id)
    assert queries.history(lot_id=lot.id).events[-1].corrects == graded.id
    other = make_lot(
        cooperative=make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE)
    )
    with pytest.raises(NotFound):
        make_event(other, EventKind.CORRECTED, {"sorted_out": 30}, corrects=graded.id)


def test_a_fraction_in_the_facts_has_no_hash() -> None:
    with pytest.raises(ValueError, match="fraction"):
        event_hash(
            lot_id=1,
            sequence=1,
            kind=EventKind.STORED,
            at=NOW,
            facts={"celsius": 2.1},
            corrects=None,
            previous_hash="",
        )


def test_a_record_of_a_lot_has_the_hash_it_always_had() -> None:
    """What was sealed once is verified for ever, so the hash of what is written today never changes."""
    digest = event_hash(
        lot_id=7,
        sequence=2,
        kind=EventKind.STORED,
        at=datetime(2026, 11, 22, 6, 0, tzinfo=UTC),
        facts=Stored.from_json({"store": "镇冷库", "celsius": "2.1"}).to_json(),
        corrects=None,
        previous_hash="ab" * 32,
    )
    assert digest == "1604a73cb8c5a5fbb02e131a692dfbcda9c937d7c113261441031777f363e1bb"
