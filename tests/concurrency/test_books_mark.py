"""A transaction that took a number and commits late is not passed over by a mark of the books."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import cast

import pytest
from django.db import connection, transaction

from fieldcast.kit import final
from fieldcast.kit.found import NOTHING, Found
from fieldcast.supervision import books, marks
from fieldcast.supervision import queries as supervision
from fieldcast.supervision.models import BooksMark
from fieldcast.supervision.operations import check_everything
from tests.concurrency.racing import race
from tests.factories.trade import Sale, later, make_order, make_sale

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
POSTINGS = ("ledger_posting",)


class Late:
    """An order that is paid for on a connection of its own, in a transaction that stays open until it is told."""

    def __init__(self, sale: Sale) -> None:
        self._sale = sale
        self._wrote, self._may_end = Event(), Event()
        self._pool = ThreadPoolExecutor(1)
        self._done = self._pool.submit(self._write)
        assert self._wrote.wait(60)

    def end(self) -> None:
        """Commit."""
        self._may_end.set()
        self._done.result(60)
        self._pool.shutdown()

    def _write(self) -> None:
        try:
            with transaction.atomic():
                make_order(self._sale, until="paid")
                self._wrote.set()
                self._may_end.wait(60)
        finally:
            self._wrote.set()
            connection.close()


@pytest.fixture
def sale() -> Sale:
    return make_sale()


@pytest.fixture
def late(sale: Sale) -> Iterator[Late]:
    """Its ids are lower than those of the order that is paid after it, and committed before it."""
    make_order(sale, until="paid")
    open_ = Late(sale)
    yield open_
    open_.end()


def test_while_a_lower_number_is_out_nothing_is_final(sale: Sale, late: Late) -> None:
    assert final.newest_ids(POSTINGS)["ledger_posting"] > 0  # what a mark of what can be seen would say
    assert final.final_ids(POSTINGS, seconds=0.1) is None
    late.end()
    found = final.final_ids(POSTINGS, seconds=0.1)
    assert found == final.newest_ids(POSTINGS)


def test_a_number_that_was_only_taken_counts_as_out(sale: Sale) -> None:
    """Such a transaction has no id of its own yet: no snapshot tells of it."""
    taken, may_end = Event(), Event()

    def take() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT nextval(pg_get_serial_sequence('ledger_posting', 'id'))")
                taken.set()
                may_end.wait(60)
        finally:
            taken.set()
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(take)
        assert taken.wait(60)
        assert final.final_ids(POSTINGS, seconds=0.1) is None
        may_end.set()
        done.result(60)
    assert final.final_ids(POSTINGS, seconds=0.1) is not None


def test_who_only_reads_keeps_nobody_waiting(sale: Sale) -> None:
    reading, may_end = Event(), Event()

    def read() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*), (SELECT last_value FROM ledger_posting_id_seq) FROM ledger_posting"
                )
                reading.set()
                may_end.wait(60)
        finally:
            reading.set()
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(read)
        assert reading.wait(60)
        assert final.final_ids(POSTINGS, seconds=0.1) is not None
        may_end.set()
        done.result(60)


def test_a_reading_beside_a_late_commit_leaves_no_mark_and_the_next_one_does(
    sale: Sale, late: Late, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "WAIT_SECONDS", 0.1)
    assert check_everything(now=later(60)).details == ()
    assert not BooksMark.objects.exists()
    late.end()
    check_everything(now=later(70))
    assert BooksMark.objects.count() == 1
    make_order(sale, until="paid")
    found = supervision.invariants_since(now=later(80))
    assert (found.read_since, found.details) == (later(70), ())


def test_a_reading_is_of_one_moment_whatever_happens_meanwhile(
    sale: Sale, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, int]] = []

    def look(_: books.Books) -> Found:
        seen.append(final.newest_ids(POSTINGS))
        race([partial(make_order, sale, until="paid")])
        seen.append(final.newest_ids(POSTINGS))
        return NOTHING

    monkeypatch.setitem(cast("dict[str, books.Check]", books.GROUPS), "oversold", look)
    assert supervision.invariants(now=later(60)).details == ()
    assert seen[0] == seen[1] != final.newest_ids(POSTINGS)
