"""What a household gets, on which day and why; and what each month brought, every number opening its rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.agreements.calculation import combine, explain, kind_title
from fieldcast.settlement import queries as settlement
from fieldcast.settlement.dues import queries as dues
from fieldcast.settlement.dues.keeping import keep
from fieldcast.settlement.reports import queries as reports
from fieldcast.settlement.reports.types import MonthOf, Whose
from fieldcast.settlement.types import ComingLine
from fieldcast.web.shared import asking, report
from fieldcast.web.shared.coming import arrives
from fieldcast.web.shared.days import day_name
from fieldcast.web.shared.report import month_code, month_name, month_or_this
from fieldcast.web.shared.report_lines import lines_asked, month_report
from fieldcast.web.shared.words import local_name
from fieldcast.web.shared.workplace import Workplace, at_household


@dataclass(frozen=True)
class PayDay:
    """What comes on a day (None: not known yet), and what it is made of: (what for, how it came about, fen).

    `kept_fen` of it goes against what the household still owes.
    """

    day: date | None
    packs: int
    fen: int
    parts: tuple[tuple[str, str, int], ...]
    kept_fen: int = 0

    @property
    def gets_fen(self) -> int:
        """What arrives."""
        return self.fen - self.kept_fen

    @property
    def day_words(self) -> str:
        """The day with its weekday."""
        return day_name(self.day) if self.day else ""

    @property
    def href(self) -> str:
        """Its rows."""
        of = self.day.isoformat() if self.day else "unknown"
        return f"{reverse('farm_money')}?which=coming&day={of}"


@require_GET
@at_household
def pay(request: HttpRequest, place: Workplace) -> HttpResponse:
    """The next money and how it came about; then the month's, sum by sum. `?format=csv` gives the month's sums."""
    now = timezone.now()
    whose = Whose(place.county_id, place.organisation.party)
    months = reports.months_of(whose=whose)
    month = _shown(request, months)
    sums = reports.sums_of(whose=whose, month=month)
    days = pay_days(place, now=now)
    context = {
        "place": place,
        "days": [one for one in days if one.day],
        "nothing": not days,
        "undated": next((one for one in days if one.day is None), None),
        "owed_fen": _owed_fen(place),
        "months": [(month_code(one.month), month_name(one.month)) for one in months],
        "month": month_code(month),
        "of_month": next((one for one in months if one.month == month), None),
        "sums": sums,
    }
    shown = month_report(
        sums,
        name=f"fieldcast-pay-{month_code(month)}",
        whose=local_name(place.organisation),
        month=month,
        rows_at=reverse("farm_pay_rows"),
    )
    return report.answer(request, shown, "farm/pay.html", context)


@require_GET
@at_household
def rows(request: HttpRequest, place: Workplace) -> HttpResponse:
    """The statement lines behind a month or one of its sums."""
    whose = Whose(place.county_id, place.organisation.party)
    shown, page, only = lines_asked(
        request, whose, name="fieldcast-lines", whose_name=local_name(place.organisation)
    )
    context: dict[str, Any] = {
        "place": place,
        "page": page,
        "only": only,
        "on_page_fen": sum(one.fen for one in page.items),
        "words": asking.words(request),
        "month": request.GET.get("month", ""),
        "months": [(month_code(one.month), month_name(one.month)) for one in reports.months_of(whose=whose)],
    }
    return report.answer(request, shown, "farm/pay_rows.html", context)


def pay_days(place: Workplace, *, now: datetime) -> tuple[PayDay, ...]:
    """The days on which money comes, the nearest first; last what has no day yet.

    A sale's money comes on the day on which its time for refunds ends, if nothing more goes back to buyers. What is
    owed is taken as settling takes it.
    """
    coming = settlement.coming_to(organisation_id=place.id)
    by_day: Mapping[date | None, list[ComingLine]] = defaultdict(list)
    for line in coming.lines:
        by_day[arrives(line, now=now)].append(line)
    owed = list(dues.open_of_debtors(parties=[place.organisation.party]).get(place.organisation.party, ()))
    found = []
    for day in sorted(by_day, key=lambda one: (one is None, one or date.max)):
        lines = by_day[day]
        fen = sum(one.fen for one in lines)
        kept = keep(max(0, fen), owed) if day is not None else None
        paid = {due.id: part for due, part in kept.parts} if kept else {}
        owed = [due for due in owed if due.left_fen > paid.get(due.id, 0)]
        packs = sum(one.packs for one in lines)
        found.append(PayDay(day, packs, fen, parts_of(lines), kept.amount_fen if kept else 0))
    return tuple(found)


def parts_of(lines: Iterable[ComingLine]) -> tuple[tuple[str, str, int], ...]:
    """What lines are made of: their shares added up as a statement will show them."""
    shares = combine(share for line in lines for share in line.shares)
    found = [(kind_title(one.kind), explain(one), one.amount_fen) for one in shares]
    return tuple(sorted(found, key=lambda one: -one[2]))


def _shown(request: HttpRequest, months: Sequence[MonthOf]) -> date:
    """The month asked for; where none is, the newest one with a statement."""
    if not request.GET.get("month") and months:
        return months[0].month
    return month_or_this(request)


def _owed_fen(place: Workplace) -> int:
    party = place.organisation.party
    return sum(due.left_fen for due in dues.open_of_debtors(parties=[party]).get(party, ()))
