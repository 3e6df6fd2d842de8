"""Jobs that nobody works at any more, or that have been worked at for too long: none, while a worker is well; and how
many there are in each state.
"""

from dataclasses import dataclass

from django.db import connection

from fieldcast.kit.jobs.times import LONGEST_SECONDS, STALLED_SECONDS

# A job goes on for seconds after its worker's last heartbeat is missed, so twice that is given before it is named.
_STUCK = """
SELECT count(*) FROM procrastinate_jobs job
LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND (
  worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %(stalled)s)
  OR (SELECT max(at) FROM procrastinate_events WHERE job_id = job.id AND type = 'started')
     < now() - make_interval(secs => %(longest)s))
"""
_WAITING = """
SELECT count(*) FROM procrastinate_jobs
WHERE status = 'todo' AND coalesce(scheduled_at, '-infinity') < now() - make_interval(secs => %(longest)s)
  AND (SELECT max(at) FROM procrastinate_events WHERE job_id = procrastinate_jobs.id)
      < now() - make_interval(secs => %(longest)s)
"""
_COUNTED = """
SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'),
  count(*) FILTER (WHERE status = 'failed'),
  (SELECT max(last_heartbeat) > now() - make_interval(secs => %(stalled)s) FROM procrastinate_workers)
FROM procrastinate_jobs
"""


@dataclass(frozen=True)
class JobCounts:
    """Background jobs by what becomes of them. `attended`: does a worker give signs of life?"""

    waiting: int
    running: int
    failed: int
    stuck: int
    attended: bool


def job_counts() -> JobCounts:
    """How many jobs wait, run, failed for good, or are stuck."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"stalled": 2 * STALLED_SECONDS})
        waiting, running, failed, attended = cursor.fetchone()
    return JobCounts(
        waiting=waiting, running=running, failed=failed, stuck=stuck_jobs(), attended=bool(attended)
    )


def stuck_jobs() -> int:
    """How many jobs are marked as done by a worker that is gone, run for too long, or wait and no worker comes."""
    times = {"stalled": 2 * STALLED_SECONDS, "longest": LONGEST_SECONDS}
    total = 0
    with connection.cursor() as cursor:
        for statement in (_STUCK, _WAITING):
            cursor.execute(statement, times)
            total += int(cursor.fetchone()[0])
    return total
