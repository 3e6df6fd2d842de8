"""A database that is away: known from other errors, said at once, and found again."""

import errno
import json
import time
from collections.abc import Callable

import psycopg
import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from fieldcast.config import failures
from fieldcast.kit import postgres
from fieldcast.kit.postgres import DatabaseAway, Gate, NoRoom, is_lost, problem_of

NOWHERE = {"host": "127.0.0.1", "port": "9", "dbname": "none", "user": "nobody"}


def eventually(condition: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def as_django_says(error: psycopg.Error) -> OperationalError:
    translated = OperationalError(str(error))
    translated.__cause__ = error
    return translated


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (psycopg.OperationalError("the connection is closed"), DatabaseAway),
        (psycopg.OperationalError("consuming input failed: server closed the connection"), DatabaseAway),
        (psycopg.errors.AdminShutdown("terminating connection"), DatabaseAway),
        (psycopg.errors.CannotConnectNow("the database system is starting up"), DatabaseAway),
        (psycopg.errors.DiskFull("could not extend file"), NoRoom),
        (psycopg.errors.QueryCanceled("canceling statement"), type(None)),
        (psycopg.errors.DeadlockDetected("deadlock detected"), type(None)),
        (psycopg.OperationalError("number of parameters must be between 0 and 65535"), type(None)),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, psycopg.Error) else value.__name__,
)
def test_only_a_lost_connection_is_taken_for_a_database_that_is_away(
    error: psycopg.Error, problem: type
) -> None:
    assert type(problem_of(as_django_says(error))) is problem
    assert is_lost(error) is (problem is DatabaseAway)


def test_a_gate_shuts_while_the_database_is_away_and_opens_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgres, "ASK_SECONDS", 0.05)
    let_go: list[bool] = []
    looked_through: list[bool] = []
    gate = Gate()
    asked = postgres._refusal
    monkeypatch.setattr(postgres, "_refusal", lambda parameters: asked(dict(NOWHERE)))

    def suspect() -> None:
        gate.suspect(
            parameters=connection.get_connection_params(),
            let_go=lambda: let_go.append(gate.shut),
            look_through=lambda: looked_through.append(gate.shut),
        )

    suspect()
    eventually(lambda: gate.shut)
    eventually(lambda: let_go == [True])  # told after the gate is shut, by the thread that shut it
    monkeypatch.setattr(postgres, "_refusal", asked)
    eventually(lambda: not gate.shut)
    assert let_go == [True, True]
    suspect()  # the database is well: one connection was lost, and only the dead are replaced
    eventually(lambda: looked_through == [False])
    assert let_go == [True, True]


def answer(path: str, **headers: str) -> HttpResponse:
    """What a request to that address gets when it failed because the database was gone."""
    try:
        raise as_django_says(psycopg.OperationalError("the connection is closed"))
    except OperationalError:
        return failures.server_error(RequestFactory().get(path, headers=headers))


def test_a_page_says_in_words_that_the_database_is_away_and_when_to_come_back() -> None:
    page = answer("/me/orders/")
    assert page.status_code == 503
    assert page["Retry-After"] == "5"
    assert "数据库现在没有应答" in page.content.decode()
    with translation.override("en"):
        assert "Nothing that was confirmed is lost" in answer("/").content.decode()


def test_the_api_says_it_in_its_one_shape() -> None:
    refused = answer("/api/v1/orders")
    assert refused.status_code == 503
    assert json.loads(refused.content)["code"] == "database_away"


def test_any_other_error_stays_what_it_is() -> None:
    try:
        raise ValueError
    except ValueError:
        assert failures.server_error(RequestFactory().get("/")).status_code == 500


def test_a_full_disk_is_said_in_words_too() -> None:
    try:
        raise OSError(errno.ENOSPC, "No space left on device")
    except OSError:
        page = failures.server_error(RequestFactory().get("/"))
    assert page.status_code == 503
    assert "磁盘满了" in page.content.decode()
