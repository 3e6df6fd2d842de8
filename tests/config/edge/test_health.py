"""`/healthz` tells a process whose database is away from one that hangs."""

import asyncio
import json
import socket
import time

from fieldcast.config.edge.health import Health
from fieldcast.live.hub.process import conninfo


def asked(health: Health) -> tuple[int, str]:
    answer = asyncio.run(health.answer())
    assert isinstance(answer.body, bytes)
    return answer.status, json.loads(answer.body)["status"]


def test_a_database_that_answers_is_well() -> None:
    assert asked(Health(conninfo(), question="SELECT 1")) == (200, "ok")


def test_a_database_whose_tables_are_not_there_is_not_well() -> None:
    assert asked(Health(conninfo(), question="SELECT 1 FROM no_such_table")) == (503, "database_away")


def test_a_database_that_says_nothing_is_away_within_a_moment() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        began = time.monotonic()
        health = Health(f"host=127.0.0.1 port={port} dbname=postgres sslmode=disable")
        assert asked(health) == (503, "database_away")
        assert time.monotonic() - began < 3


def test_many_who_ask_at_once_are_one_question_and_a_lost_connection_is_made_again() -> None:
    async def story() -> None:
        health = Health(conninfo(), question="SELECT 1")
        assert {one.status for one in await asyncio.gather(*(health.answer() for _one in range(50)))} == {200}
        connection = health._connection
        assert connection is not None
        await connection.close()
        health._known = (float("-inf"), True)
        assert (await health.answer()).status == 503
        health._known = (float("-inf"), True)
        assert (await health.answer()).status == 200
        assert health._connection is not None
        await health._connection.close()

    asyncio.run(story())
