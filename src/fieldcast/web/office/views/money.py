"""The platform's own money: fees by month, what funds hold, what lies inside on the way, and whether it all adds up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fieldcast.accounts import queries as accounts
from fieldcast.agreements.calculation import kind_title
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.roles import PLATFORM
from fieldcast.kit.errors import NotFound
from fieldcast.kit.pages import paginate_read
from fieldcast.ledger import queries as ledger
from fieldcast.ledger.types import PURPOSES
from fieldcast.settlement.reports import queries as reports
from fieldcast.settlement.reports.types import Whose
from fieldcast.settlement.shares import organisation_of
from fieldcast.supervision import queries as supervision
from fieldcast.web.office.place import Office, at_office
from fieldcast.web.shared import asking, report
from fieldcast.web.shared.report import Column, Kind, Linked, Report, added, month_code, month_name
from fieldcast.web.shared.report_lines import lines_asked
from fieldcast.web.shared.words import local_name

WORLD = "world"
A_PAGE = 50


@dataclass(frozen=True)
class Inside:
    """What a county's accounts hold by purpose, and what came in from outside: both are the same where all adds up.

    `fees_fen`: by what the platform's statements differ from what the book moved to it.
    """

    purposes: tuple[tuple[str, str, int], ...]
    outside_fen: int
    fees_off_fen: int
    read_at: datetime | None

    @property
    def float_fen(self) -> int:
        """All that lies inside."""
        return sum(fen for _name, _title, fen in self.purposes)

    @property
    def unexplained_fen(self) -> int:
        """By how much any of it is off."""
        return abs(self.float_fen - self.outside_fen) + abs(self.fees_off_fen)


@require_GET
@at_office
def money(request: HttpRequest, office: Office) -> HttpResponse:
    """Fees by month; `?format=csv` gives them as a file."""
    whose = Whose(office.county_id, PLATFORM.name)
    by_month = reports.kinds_by_month(whose=whose)
    fees_fen = sum(sum(found.values()) for found in by_month.values())
    context = {
        "inside": _inside(office.county_id, fees_fen),
        "funds": cover.funds(county_id=office.county_id),
        "fees_fen": fees_fen,
    }
    return report.answer(request, _fees(office, by_month), "office/money.html", context)


@require_GET
@at_office
def rows(request: HttpRequest, office: Office) -> HttpResponse:
    """The statement lines behind a month's fees."""
    whose = Whose(office.county_id, PLATFORM.name)
    name = local_name(office.county)
    shown, page, only = lines_asked(request, whose, name="fieldcast-fees", whose_name=name, statements=False)
    months = reports.months_of(whose=whose)
    context = {
        "page": page,
        "only": only,
        "words": asking.words(request),
        "month": request.GET.get("month", ""),
        "months": [(month_code(one.month), month_name(one.month)) for one in months],
    }
    return report.answer(request, shown, "office/money_rows.html", context)


@require_GET
@at_office
def inside(request: HttpRequest, office: Office, purpose: str) -> HttpResponse:
    """Who has how much of what lies inside for a purpose, the most first."""
    if purpose not in PURPOSES:
        raise NotFound("purpose")
    found = ledger.parties_with(county_id=office.county_id, purpose=purpose)
    made = _parties(office, purpose, found, words=asking.words(request))
    page = paginate_read(made.rows, lambda row: row, asking.page_number(request), A_PAGE)
    shown = made if report.wants_file(request) else replace(made, rows=page.items)
    context = {"page": page, "words": asking.words(request)}
    return report.answer(request, shown, "office/money_inside.html", context)


def _parties(office: Office, purpose: str, found: Mapping[str, int], *, words: str) -> Report:
    ids = {party: organisation_of(party) for party in found}
    known = accounts.organisations_by_ids(ids={one for one in ids.values() if one is not None})
    names = {
        party: local_name(known[at]) if (at := ids[party]) is not None and at in known else party
        for party in found
    }
    columns = (Column(_("Whose")), Column(_("In the book")), Column(_("Amount"), Kind.MONEY))
    rows = tuple(
        (names[party], party, fen)
        for party, fen in sorted(found.items(), key=lambda one: -abs(one[1]))
        if words.casefold() in f"{names[party]} {party}".casefold()
    )
    return Report(
        name=f"fieldcast-{purpose}",
        title=str(PURPOSES[purpose].title),
        whose=local_name(office.county),
        period=_("Now"),
        columns=columns,
        rows=rows,
        totals=added(columns, rows, _("Together")) if rows else None,
    )


def _fees(office: Office, by_month: dict[date, dict[str, int]]) -> Report:
    kinds = sorted({kind for found in by_month.values() for kind in found}, key=kind_title)
    columns = (
        Column(_("Month")),
        *(Column(kind_title(kind), Kind.MONEY) for kind in kinds),
        Column(_("Together"), Kind.MONEY),
    )
    rows_at = reverse("office_money_rows")
    rows = tuple(
        (
            month_name(month),
            *(found.get(kind) for kind in kinds),
            Linked(sum(found.values()), f"{rows_at}?month={month_code(month)}"),
        )
        for month, found in by_month.items()
    )
    return Report(
        name="fieldcast-fees",
        title=_("Fees by month"),
        whose=local_name(office.county),
        period=_("All months"),
        columns=columns,
        rows=rows,
        totals=added(columns, rows, _("Together")) if rows else None,
    )


def _inside(county_id: int, fees_fen: int) -> Inside:
    found = ledger.by_purpose(county_id=county_id)
    moved_fen = ledger.moved_fen(
        kind="settlement", party=PLATFORM.name, purpose="commission", county_id=county_id
    )
    return Inside(
        purposes=tuple(
            (name, str(purpose.title), found[name])
            for name, purpose in PURPOSES.items()
            if name != WORLD and found.get(name)
        ),
        outside_fen=-found.get(WORLD, 0),
        fees_off_fen=fees_fen - moved_fen,
        read_at=supervision.everything_read_at(),
    )
