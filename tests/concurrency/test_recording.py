"""Two phones send the same record at the same moment: one record, and the other is told."""

from threading import Barrier

import pytest
from django.db import transaction

from fieldcast.trace import queries as trace
from fieldcast.trace.facts.stored import Stored
from fieldcast.trace.operations import record, recording
from fieldcast.trace.problems import AlreadyRecorded
from fieldcast.trace.types import EventKind
from tests.concurrency.racing import of_type, race
from tests.factories.accounts import NOW
from tests.factories.market import Stall, make_stall

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
AT_ONCE = 6


def send(stall: Stall) -> int:
    """Write down that the lot was put into the cold store."""
    return record(lot_id=stall.lot.id, fact=Stored(store="镇冷库"), at=NOW, by=stall.chief, now=NOW)


def told(stall: Stall) -> int:
    """How often its history says so."""
    events = trace.history(lot_id=stall.lot.id).events
    return sum(event.kind == EventKind.STORED for event in events)


def test_of_many_phones_with_one_record_one_is_taken() -> None:
    stall = make_stall()
    results = race([lambda: send(stall)] * AT_ONCE)
    assert len(of_type(results, AlreadyRecorded)) == AT_ONCE - 1
    assert told(stall) == 1


def test_control_whoever_looks_before_locking_writes_it_down_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stall, looked = make_stall(), Barrier(AT_ONCE)
    monkeypatch.setattr(recording, "_check_not_said", lambda *_: None)

    def send_unlocked() -> None:
        with transaction.atomic():
            seen = told(stall)
            looked.wait(60)
            if not seen:
                send(stall)

    race([send_unlocked] * AT_ONCE)
    assert told(stall) == AT_ONCE
