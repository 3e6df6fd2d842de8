"""What the host was paid."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fieldcast.settlement import queries as settlement
from fieldcast.settlement.banks.accounts import account_of
from fieldcast.settlement.types import StatementSummary
from fieldcast.web.shared import asking
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import local_name, when, yuan
from fieldcast.web.shared.workplace import Workplace, at_studio

A_PAGE = 20


@require_GET
@at_studio
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """The host's statements, newest first; the search looks in numbers and titles."""
    words = asking.words(request)
    page = settlement.statements(
        county_id=place.county_id,
        organisation_id=place.id,
        search=words,
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    context = {
        "place": place,
        "page": page,
        "words": words,
        "table": _table(page.items, timezone.now()),
        "account": account_of(organisation_id=place.id),
    }
    return render(request, "studio/statements.html", context)


def _table(statements: Iterable[StatementSummary], now: datetime) -> Table:
    columns = (
        *map(Column, (_("Statement"), _("Session"), _("Issued"), _("Paid out"))),
        Column(_("Your pay"), number=True),
    )
    rows = (
        (
            Cell(one.number, href=reverse("statement", args=[one.id]), code=True),
            Cell(local_name(one, "session_title")),
            Cell(when(one.issued_at, now=now)),
            Cell(when(one.paid_at, now=now)),
            Cell(yuan(one.total_fen)),
        )
        for one in statements
    )
    return Table(columns, tuple(rows))
