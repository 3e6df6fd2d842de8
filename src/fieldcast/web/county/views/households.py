"""What live commerce brought each household. Names are read here, so the reading is written down."""

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fieldcast.accounts.operations import log_personal_read
from fieldcast.web.county.incomes import Incomes, incomes_of
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import asking
from fieldcast.web.shared.spreadsheet import amount, csv_response
from fieldcast.web.shared.words import local_name


@require_GET
@at_county
def listing(request: HttpRequest, office: Office) -> HttpResponse:
    """Every household of a village, or of all, the most first; `?format=csv` gives them as a file."""
    now = timezone.now()
    found = incomes_of(county_id=office.county_id, village=asking.words(request, "village"), now=now)
    as_file = request.GET.get("format") == "csv"
    with transaction.atomic():
        log_personal_read(
            by=office.by,
            subject=f"households {found.village}".strip(),
            what="income file" if as_file else "income",
            reason="the county's overview of incomes",
            now=now,
        )
    if as_file:
        return csv_response(_sheet(found), name=f"fieldcast-incomes-{timezone.localdate(now)}")
    return render(request, "county/households.html", {"incomes": found, "now": now})


def _sheet(found: Incomes) -> Iterator[Sequence[object]]:
    yield [_("Number"), _("Household"), _("Village"), _("Income in 30 days, yuan")]
    for one in found.households:
        yield [one.code, local_name(one), local_name(one, "village"), amount(one.income_fen)]
