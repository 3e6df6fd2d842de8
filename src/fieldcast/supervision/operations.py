"""Writes of supervision."""

from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import Problem, Sentence
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState
from fieldcast.supervision import books, marks
from fieldcast.supervision.models import SalesReport
from fieldcast.supervision.types import Invariants

MOST_PACKS = 1_000_000_000
MOST_FEN = 1_000_000_000_000


class NothingToReport(Problem):
    """Sales are reported once a session has been live."""

    code = "nothing_to_report"
    status = 409
    sentence: ClassVar[Sentence] = _("This session has not been live yet.")
    next_step: ClassVar[Sentence] = _("Report what it sold once it has begun.")


class ReportOutOfRange(Problem):
    """Less than nothing, or more than any session sells."""

    code = "report_out_of_range"
    sentence: ClassVar[Sentence] = _("A report is of 0 to %(packs)s packs and ¥0 to ¥%(yuan)s.")
    next_step: ClassVar[Sentence] = _("Check both figures for a digit too many.")


def report_sales(*, by: SignedIn, session_id: int, packs: int, amount_fen: int, now: datetime) -> None:
    """Write down what the host says a session sold: `packs` for `amount_fen`. A later report stands beside it.

    Whether `by` may speak for the session is the caller's loader to check. Raises `NotFound`, `NothingToReport` and
    `ReportOutOfRange`.
    """
    if not (0 <= packs <= MOST_PACKS and 0 <= amount_fen <= MOST_FEN):
        raise ReportOutOfRange(packs=f"{MOST_PACKS:,}", yuan=f"{MOST_FEN // 100:,}")
    session = live.session(session_id=session_id)
    if session.state not in (SessionState.LIVE, SessionState.ENDED):
        raise NothingToReport
    SalesReport.objects.create(
        session_id=session_id,
        host_id=session.host_id,
        packs=packs,
        amount_fen=amount_fen,
        reported_by_id=by.pk,
        at=now,
    )


def check_everything(*, now: datetime) -> Invariants:
    """Read all books; when no row is wrong, a sealed mark says up to where, and later checks read what is new.

    No mark is written while somebody keeps writing for seconds on end: a later reading writes one.
    """
    ids = marks.begin()
    found = books.invariants(now=now)
    if ids is not None and books.rows_hold(found):
        marks.write(ids=ids, now=now)
    return found
