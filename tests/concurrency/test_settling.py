"""Runs of settlement killed between any two statements, and several of them at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from fieldcast.agreements.cover.models import Draw
from fieldcast.inbox.models import Message
from fieldcast.kit import copying
from fieldcast.kit.errors import Problem
from fieldcast.ledger import queries as ledger
from fieldcast.settlement import operations as settlement_operations
from fieldcast.settlement.checks import payout_over_paid_in_fen, settlement_imbalance
from fieldcast.settlement.models import Payout, SettledLine, Statement, StatementLine
from fieldcast.settlement.runs import chunks
from fieldcast.settlement.types import RunResult
from tests.concurrency.racing import race
from tests.factories.trade import everything, later, make_order, make_sale

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
PRICE, SHORT = 2000, 880  # a pack that is ¥8.80 short
WRITTEN = (Statement, StatementLine, SettledLine, Payout, Draw, Message)


@contextmanager
def told_before_each(step: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Call `step` before every statement of this thread, before every COPY, and before a chunk is committed."""
    copy, settle = copying.copy, chunks.settle

    def copied(*args: Any) -> None:
        step()
        copy(*args)

    def settled(*args: Any, **named: Any) -> RunResult:
        done = settle(*args, **named)
        step()
        return done

    def executed(execute: Callable[..., Any], *args: Any) -> Any:
        step()
        return execute(*args)

    with monkeypatch.context() as patched, connection.execute_wrapper(executed):
        patched.setattr(copying, "copy", copied)
        patched.setattr(chunks, "settle", settled)
        yield


def struck(at: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """A run whose database session ends before its statement number `at`; False when it has not so many."""
    statements = count(1)
    hit: list[int] = []

    def step() -> None:
        if next(statements) == at:
            hit.append(connection.connection.info.backend_pid)
            named = connection.settings_dict
            with psycopg.connect(host=named["HOST"], dbname=named["NAME"], user=named["USER"]) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", hit)

    def run() -> None:
        connection.ensure_connection()
        with told_before_each(step, monkeypatch), suppress(DatabaseError, Problem):
            settlement_operations.settle_due(now=later(3600))

    race([run])
    return bool(hit)


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in WRITTEN)


def test_a_run_killed_at_any_statement_leaves_nothing_and_the_next_settles_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sale = make_sale(price_fen=PRICE, packs=20, deposit_fen=20 * SHORT)
    make_order(sale, until="closed", packs=2)
    before, rows = everything(), written()
    for at in count(1):
        if not struck(at, monkeypatch):
            break
        assert (at, everything(), written()) == (at, before, rows)
    assert at > 20  # a chunk has so many statements at least, each of which was the last of a run
    assert SettledLine.objects.count() == 1
    assert settlement_operations.settle_due(now=later(3601)) == settlement_operations.NOTHING
    assert ledger.imbalance().ok
    assert settlement_imbalance().unexplained_fen == 0
    assert payout_over_paid_in_fen() == 0


def test_two_runs_settle_two_sellers_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    sale, other = make_sale(), make_sale()
    for one in (sale, other, other):
        make_order(one, until="closed")
    settle = chunks.settle
    meanwhile: list[RunResult] = []

    def slow(*args: Any, **named: Any) -> RunResult:
        done = settle(*args, **named)  # all is written, and everyone's accounts are locked
        if not meanwhile:
            meanwhile.append(settlement_operations.NOTHING)
            meanwhile[:] = race([lambda: settlement_operations.settle_due(now=later(3601))])
        return done

    monkeypatch.setattr(chunks, "settle", slow)
    first = settlement_operations.settle_due(now=later(3600))
    assert (first.lines, meanwhile[0].lines) == (1, 2)
    assert SettledLine.objects.count() == 3
    assert settlement_imbalance().unexplained_fen == 0
    assert ledger.imbalance().ok


def test_what_sellers_have_in_common_is_locked_last_and_nothing_but_money_moves_under_it() -> None:
    make_order(make_sale(), until="closed")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        settlement_operations.settle_due(now=later(3600))
    said = [one["sql"] for one in asked.captured_queries]
    last = max(place for place, one in enumerate(said) if "SET CONSTRAINTS" in one)
    locked = min(
        place for place, one in enumerate(said) if "FOR NO KEY UPDATE" in one and "ledger_account" in one
    )
    assert last < locked
    rest = [one for one in said[locked + 1 :] if not one.startswith(("COMMIT", "RELEASE"))]
    assert rest
    assert all("ledger_" in one for one in rest), rest
