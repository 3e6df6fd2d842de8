"""Is what should happen by itself happening? Holds end, refunds go out, orders are finished and settled, jobs run.

Stock and books may be right to the fen while everything stands still, so this is a check of its own.
"""

from collections.abc import Iterator
from datetime import datetime

from fieldcast.kit.jobs.stuck import stuck_jobs
from fieldcast.settlement import queries as settlement
from fieldcast.supervision.types import AttentionItem, Work
from fieldcast.trade import queries as trade


def work(*, now: datetime, county_id: int | None) -> Work:
    """What waits although it was due, in a county or in all; jobs belong to no county. Cheap: indexes answer it."""
    stuck = trade.stuck(now=now, county_id=county_id)
    return Work(
        holds_overdue=len(stuck.holds),
        refunds_unsent=len(stuck.refunds),
        closings_overdue=len(stuck.closings),
        lines_unsettled=len(settlement.unsettled_lines(now=now, county_id=county_id)),
        stuck_jobs=stuck_jobs(),
        checked_at=now,
    )


def stuck_items(*, county_id: int, now: datetime) -> Iterator[AttentionItem]:
    """The same as things to look at: each kind that waits, once, with how many."""
    found = work(now=now, county_id=county_id)
    figures = {
        "holds_overdue": found.holds_overdue,
        "refunds_unsent": found.refunds_unsent,
        "lines_unsettled": found.closings_overdue + found.lines_unsettled,
        "stuck_jobs": found.stuck_jobs,
    }
    for kind, figure in figures.items():
        if figure:
            yield AttentionItem(kind, "danger", "", "", figure, now, "checks")
