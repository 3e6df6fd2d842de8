"""How agreements end: by a party's notice on the day it says, or on the last day of a term that does not renew.

Notice is a row that stays. Nothing is sold under an agreement after its last day; what was sold keeps its version, and
what is owed stays owed. Who has to do something about it is asked before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from fieldcast.accounts.types import SignedIn
from fieldcast.agreements import asking, queries, told
from fieldcast.agreements.models import Agreement, AgreementVersion, Notice
from fieldcast.agreements.problems import AgreementEnded, NotAParty, NoticeStands, NoticeTooShort
from fieldcast.agreements.term import USUAL_NOTICE_DAYS, Term, term_on
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import said

ASKED_BEFORE: Final = timedelta(days=30)


@dataclass(frozen=True)
class NoticeView:
    """A party's notice, and who gave it."""

    organisation_id: int
    organisation: str
    organisation_en: str
    person: str
    ends_on: date
    why: str
    at: datetime


@dataclass(frozen=True)
class Outlook:
    """How an agreement stands. `last_day` is the last on which it holds, None for one without an end."""

    term: Term | None
    last_day: date | None
    notices: tuple[NoticeView, ...]
    notice_days: int
    ended_at: datetime | None

    @property
    def renews_on(self) -> date | None:
        """The first day of the next term, where nobody has given notice and it goes on by itself."""
        goes_on = self.term is not None and self.term.renews and not self.notices and self.ended_at is None
        return self.term.ends + timedelta(days=1) if self.term and goes_on else None

    def earliest(self, today: date) -> date:
        """The earliest day for which notice can be given today."""
        return today + timedelta(days=self.notice_days)


@transaction.atomic
def give_notice(
    *, by: SignedIn, agreement_id: int, organisation_id: int, ends_on: date, now: datetime, why: str = ""
) -> Outlook:
    """A party ends an agreement: `ends_on` is the last day that it holds. The same notice again changes nothing.

    Raises `NotFound`, `NotAParty`, `AgreementEnded`, `NoticeTooShort`, and `NoticeStands` for another day.
    """
    agreement = Agreement.objects.select_for_update().filter(id=agreement_id).first()
    if agreement is None:
        raise NotFound("agreement")
    latest = queries.versions_of(agreement_id=agreement_id)[0]
    if organisation_id not in latest.parties.values():
        raise NotAParty
    today = timezone.localdate(now)
    standing = Notice.objects.filter(agreement_id=agreement_id, organisation_id=organisation_id).first()
    if standing is not None:
        if standing.ends_on != ends_on:
            raise NoticeStands(day=standing.ends_on.isoformat())
        return outlook(agreement_id=agreement_id, today=today)
    if agreement.ended_at is not None:
        raise AgreementEnded
    seen = outlook(agreement_id=agreement_id, today=today)
    if ends_on < seen.earliest(today):
        raise NoticeTooShort(days=seen.notice_days, day=seen.earliest(today).isoformat())
    Notice.objects.create(
        agreement_id=agreement_id,
        organisation_id=organisation_id,
        by_id=by.pk,
        ends_on=ends_on,
        why=said(why)[:200],
        at=now,
    )
    changed = outlook(agreement_id=agreement_id, today=today)
    told.notice_given(latest, ends_on=changed.last_day or ends_on, by_id=organisation_id, now=now)
    return changed


def outlook(*, agreement_id: int, today: date) -> Outlook:
    """How an agreement stands on a day. Raises `NotFound`."""
    agreement = Agreement.objects.filter(id=agreement_id).first()
    if agreement is None:
        raise NotFound("agreement")
    governs = queries.in_force(agreement_id=agreement_id)
    clause = governs.terms.validity
    term = term_on(clause, today) if clause else None
    rows = Notice.objects.filter(agreement_id=agreement_id).order_by("ends_on", "id")
    columns = ("organisation_id", "organisation__name", "organisation__name_en", "by__display_name")
    notices = tuple(NoticeView(*row) for row in rows.values_list(*columns, "ends_on", "why", "at"))
    days = [one.ends_on for one in notices]
    if term is not None and not term.renews:
        days.append(term.ends)
    return Outlook(
        term=term,
        last_day=min(days, default=None),
        notices=notices,
        notice_days=clause.notice_days if clause else USUAL_NOTICE_DAYS,
        ended_at=agreement.ended_at,
    )


def over(*, today: date) -> tuple[int, ...]:
    """Agreements whose last day is over and that have not been ended, by id."""
    noticed = dict(
        Notice.objects.filter(agreement__ended_at__isnull=True)
        .values_list("agreement_id")
        .annotate(Min("ends_on"))
    )
    ended = {agreement_id for agreement_id, day in noticed.items() if day < today}
    for agreement_id in _with_validity():
        last_day = outlook(agreement_id=agreement_id, today=today).last_day
        if last_day is not None and last_day < today:
            ended.add(agreement_id)
    return tuple(sorted(ended))


def ask_before_end(*, now: datetime) -> int:
    """Ask the cooperative about each agreement that runs out within thirty days, and tell all parties of one that goes
    on by itself in time to give notice; each once. Returns how many there are.
    """
    today, found = timezone.localdate(now), 0
    for agreement_id in _with_validity():
        seen = outlook(agreement_id=agreement_id, today=today)
        governs = queries.in_force(agreement_id=agreement_id)
        before = ASKED_BEFORE + timedelta(days=seen.notice_days if seen.renews_on else 0)
        day = seen.renews_on or seen.last_day
        near = day is not None and not seen.notices and day - before <= today
        versions = queries.versions_of(agreement_id=agreement_id)
        asks = near and seen.renews_on is None
        asking.about_end_no_more((one for one in versions if not asks or one.id != governs.id), now=now)
        if not near or day is None:
            continue
        found += 1
        if seen.renews_on:
            told.goes_on(governs, on=day, notice_until=day - timedelta(days=seen.notice_days + 1), now=now)
        else:
            asking.about_end(governs, last_day=day, now=now)
            told.runs_out(governs, last_day=day, now=now)
    return found


def _with_validity() -> tuple[int, ...]:
    """Agreements that have not ended with a version that says how long it holds."""
    clause: Mapping[str, str] = {"kind": "validity"}
    rows = AgreementVersion.objects.filter(
        agreement__ended_at__isnull=True, terms__promise_clauses__contains=[clause]
    )
    return tuple(rows.order_by("agreement_id").values_list("agreement_id", flat=True).distinct())
