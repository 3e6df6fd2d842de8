"""The county's money: every statement, and where each yuan of a month went."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements.calculation import role_title
from fieldcast.agreements.roles import FARMER
from fieldcast.kit.errors import Sentence
from fieldcast.kit.pages import LARGEST, Page
from fieldcast.settlement import queries as settlement
from fieldcast.settlement.reports import queries as reports
from fieldcast.settlement.types import StatementSummary
from fieldcast.web.county.day import MONTH
from fieldcast.web.county.incomes import masked_name
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.county.words import KINDS
from fieldcast.web.shared import asking
from fieldcast.web.shared.flow import flow_parts
from fieldcast.web.shared.report import month_asked, month_code, month_name
from fieldcast.web.shared.spreadsheet import amount, csv_response
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import full_time, local_name, when, yuan

A_PAGE = 30
MOST_IN_A_FILE = 20_000


@dataclass(frozen=True)
class Asked:
    """What the list is looked through for: a party, a month, words."""

    party: int | None
    month: date | None
    words: str


@require_GET
@at_county
def listing(request: HttpRequest, office: Office) -> HttpResponse:
    """Statements, newest first: all or one party's; the search looks in numbers and titles; a file on request."""
    now = timezone.now()
    asked = Asked(asking.whole(request.GET.get("party")), month_asked(request), asking.words(request))
    if request.GET.get("format") == "csv":
        rows = _sheet(office, asked)
        return csv_response(rows, name=f"fieldcast-statements-{timezone.localdate(now)}")
    page = _page(office, asked, number=asking.page_number(request), per_page=A_PAGE)
    months = reports.roles_by_month(county_id=office.county_id)
    slices = settlement.where_it_went_since(county_id=office.county_id, since=now - MONTH)
    context = {
        "page": page,
        "table": _table(page.items, now),
        "party": asked.party,
        "words": asked.words,
        "looked_for": asked != Asked(None, None, ""),
        "month": month_code(asked.month) if asked.month else "",
        "months": [(month_code(one), month_name(one)) for one in reversed(months)],
        "parties": _parties(office),
        "flow": flow_parts(slices),
        "settled_fen": sum(one.amount_fen for one in slices),
        "now": now,
    }
    return render(request, "county/settlement.html", context)


def _table(statements: Iterable[StatementSummary], now: datetime) -> Table:
    columns = (
        *map(Column, (_("Statement"), _("Issued to"), _("Role"), _("Session"), _("Issued"), _("Paid out"))),
        Column(_("Amount"), number=True),
    )
    rows = (
        (
            Cell(one.number, href=reverse("statement", args=[one.id]), code=True),
            Cell(party_name(one)),
            Cell(role_title(one.role)),
            Cell(local_name(one, "session_title"), href=_about(one)),
            Cell(when(one.issued_at, now=now)),
            Cell(when(one.paid_at, now=now)),
            Cell(yuan(one.total_fen)),
        )
        for one in statements
    )
    return Table(columns, tuple(rows))


def _about(one: StatementSummary) -> str:
    """The session's page; a month of an agreement has none of its own."""
    return reverse("county_session", args=[one.session_id]) if one.session_id is not None else ""


def party_name(statement: StatementSummary) -> str:
    """Who a statement was issued to; the platform is no organisation of the county. Households' names are read on
    their own list, where the reading is written down."""
    name = local_name(statement, "party_name") or role_title(statement.role)
    return masked_name(name) if statement.role == FARMER.name else name


def _page(office: Office, asked: Asked, *, number: int, per_page: int) -> Page[StatementSummary]:
    return settlement.statements(
        county_id=office.county_id,
        organisation_id=asked.party,
        month=asked.month,
        search=asked.words,
        page=number,
        per_page=per_page,
    )


def _parties(office: Office) -> list[tuple[Sentence, list[tuple[int, str]]]]:
    """Everyone who may have a statement, by kind."""
    groups: dict[OrganisationKind, list[tuple[int, str]]] = {kind: [] for kind in KINDS}
    for one in accounts.organisations(county_id=office.county_id):
        if one.kind in groups:
            name = local_name(one)
            shown = f"{masked_name(name)} {one.code}" if one.kind == OrganisationKind.HOUSEHOLD else name
            groups[one.kind].append((one.id, shown))
    return [(KINDS[kind], parties) for kind, parties in groups.items() if parties]


def _sheet(office: Office, asked: Asked) -> Iterator[list[object]]:
    yield [
        _("Number"),
        _("Issued to"),
        _("Role"),
        _("Session"),
        _("Issued"),
        _("Paid out"),
        _("Amount, yuan"),
    ]
    page = _page(office, asked, number=1, per_page=LARGEST)
    while True:
        for one in page.items:
            paid = full_time(one.paid_at) if one.paid_at else None
            yield [
                one.number,
                party_name(one),
                role_title(one.role),
                local_name(one, "session_title"),
                full_time(one.issued_at),
                paid,
                amount(one.total_fen),
            ]
        if not page.has_next or page.number * LARGEST >= MOST_IN_A_FILE:
            return
        page = _page(office, asked, number=page.number + 1, per_page=LARGEST)
