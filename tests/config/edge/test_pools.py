"""The pools of threads: each bounded, none able to take another's."""

import asyncio
import threading

import pytest

from fieldcast.config.database import POOL
from fieldcast.config.edge.pools import THREADS, Pool
from fieldcast.config.edge.problems import Busy


def test_the_database_pool_holds_a_connection_for_each_thread() -> None:
    assert sum(THREADS.values()) == POOL["max_size"]


def test_who_waits_too_long_for_a_thread_is_told_and_takes_none() -> None:
    async def story() -> None:
        pool = Pool("p", threads=1, most_waiting=10, patience=0.1)
        go = threading.Event()
        ran: list[str] = []
        first = asyncio.ensure_future(pool.run(go.wait))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await pool.run(ran.append, "late")
        go.set()
        await first
        await pool.run(ran.append, "in time")
        assert ran == ["in time"]
        assert pool.waiting == 0

    asyncio.run(story())


def test_who_comes_when_enough_wait_is_told_at_once() -> None:
    async def story() -> None:
        pool = Pool("p", threads=1, most_waiting=1, patience=5)
        go = threading.Event()
        waiting = [asyncio.ensure_future(pool.run(go.wait)) for _one in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await pool.run(go.wait)
        go.set()
        assert await asyncio.gather(*waiting) == [True, True]

    asyncio.run(story())


def test_threads_are_given_in_the_order_of_coming_and_never_more_at_once_than_there_are() -> None:
    async def story() -> None:
        pool = Pool("p", threads=2, most_waiting=100, patience=5)
        lock, now, most = threading.Lock(), [0], [0]
        order: list[int] = []

        def work(number: int) -> None:
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
                order.append(number)
            threading.Event().wait(0.01)
            with lock:
                now[0] -= 1

        await asyncio.gather(*(pool.run(work, number) for number in range(20)))
        assert most[0] <= 2
        assert [number // 2 for number in order] == [number // 2 for number in range(20)]

    asyncio.run(story())


def test_a_thread_is_free_again_after_work_that_failed() -> None:
    async def story() -> None:
        pool = Pool("p", threads=1, most_waiting=0, patience=1)
        for _time in range(3):
            with pytest.raises(ZeroDivisionError):
                await pool.run(divmod, 1, 0)

    asyncio.run(story())
