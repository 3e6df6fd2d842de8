"""The worker that runs the jobs, as procrastinate makes it, and what it must do besides to stay up:

- jobs of workers that died are taken up again, seconds after their heartbeat stopped;
- a job that runs far longer than any should ends the worker, whose runner starts it again;
- the clock may jump: what is due is run once, at its next moment, whatever the clock said before;
- told to stop, it stops, also when a job hangs in a thread that nobody can interrupt.
"""

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from procrastinate import exceptions, jobs, periodic, worker
from procrastinate.contrib.django import app

from fieldcast.kit.jobs.times import (
    GRACE_SECONDS,
    HEARTBEAT_SECONDS,
    LONGEST_SECONDS,
    LOOK_SECONDS,
    STALLED_SECONDS,
)

log = logging.getLogger(__name__)

AT_ONCE = 4
KEEP_HOURS = 7 * 24  # of jobs that failed, for who reads what went wrong
FORGET_SECONDS = 3600.0
HUNG = 70  # the exit status of a worker that ends because a job hangs


class _Moments(periodic.PeriodicDeferrer):
    """Only a task's latest moment counts: a sweep finds what is due, so moments that were missed need no run each.

    procrastinate's own makes up for every moment since the last one: after a clock that jumped ahead by a day that is
    forty thousand jobs, and after one that jumped back it is none until the time is made up for.
    """

    def get_timestamps(
        self, periodic_task: periodic.PeriodicTask[Any, Any, Any], since: int | None, until: float
    ) -> Iterator[int]:
        moments = periodic_task.croniter
        moments.set_current(start_time=until)
        latest = round(moments.get_prev(ret_type=float))
        if latest != since:
            yield latest


class Worker(worker.Worker):
    """procrastinate's worker with the duties above as side tasks: one that fails ends the worker, as its own do."""

    async def _periodic_deferrer(self) -> None:
        await _Moments(registry=self.app.periodic_registry).worker()

    def _start_side_tasks(self) -> list[asyncio.Task[Any]]:
        return [
            *super()._start_side_tasks(),
            asyncio.create_task(self._take_up(), name="take up"),
            asyncio.create_task(self._end_when_hung(), name="end when hung"),
            asyncio.create_task(self._forget(), name="forget"),
        ]

    def stop(self) -> None:
        """Stop once the running jobs are done, or without them after a moment: a thread cannot be interrupted."""
        ending = threading.Timer(2 * GRACE_SECONDS, os._exit, [0])
        ending.daemon = True
        ending.start()
        super().stop()  # type: ignore[no-untyped-call]

    async def _take_up(self) -> None:
        while True:
            await take_up_stalled()
            await asyncio.sleep(LOOK_SECONDS)

    async def _end_when_hung(self) -> None:
        began: dict[int, float] = {}  # by our own count of seconds, since the wall clock may jump
        while True:
            now = time.monotonic()
            running = {context.job.id: context.job.task_name for context in self._running_jobs.values()}
            began = {job: began.get(job, now) for job in running if job is not None}
            for job, since in began.items():
                if now - since > LONGEST_SECONDS:
                    log.error("job %s (%s) hangs: the worker ends, to begin anew", job, running[job])
                    os._exit(HUNG)
            await asyncio.sleep(LOOK_SECONDS)

    async def _forget(self) -> None:
        while True:
            await self.app.job_manager.delete_old_jobs(
                nb_hours=KEEP_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
            )
            await asyncio.sleep(FORGET_SECONDS)


async def take_up_stalled() -> int:
    """Put the jobs of workers whose heartbeat stopped back in the queue; returns how many there were.

    Where the same sweep waits already, the stalled run is dropped: the waiting one finds the same work.
    """
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS))
    for job in stalled:
        log.warning("job %s (%s) of a worker that died is taken up again", job.id, job.task_name)
        try:
            await app.job_manager.retry_job(job)
        except exceptions.UniqueViolation:
            await app.job_manager.finish_job(job=job, status=jobs.Status.ABORTED, delete_job=True)
    await app.job_manager.prune_stalled_workers(STALLED_SECONDS)
    return len(stalled)


def work(*, begun: Callable[[asyncio.AbstractEventLoop], None] | None = None) -> None:
    """Run jobs until told to stop; `begun` is given the event loop they run in. Django must be set up."""
    asyncio.run(_work(begun))


async def _work(begun: Callable[[asyncio.AbstractEventLoop], None] | None) -> None:
    if begun is not None:
        begun(asyncio.get_running_loop())
    options: dict[str, Any] = {
        **app.worker_defaults,
        "concurrency": AT_ONCE,
        "delete_jobs": jobs.DeleteJobCondition.SUCCESSFUL,
        "shutdown_graceful_timeout": GRACE_SECONDS,
        "update_heartbeat_interval": HEARTBEAT_SECONDS,
        "stalled_worker_timeout": STALLED_SECONDS,
    }
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        async with app.open_async():
            await Worker(app=app, **options).run()  # type: ignore[no-untyped-call]
