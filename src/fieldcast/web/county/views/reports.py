"""The county's report: the platform's commission against the ceiling, and the farmers' share, over time."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from fieldcast.settlement.reports import queries as reports
from fieldcast.web.county import commission
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import report
from fieldcast.web.shared.report import month_asked, month_code, month_name
from fieldcast.web.shared.words import local_name


@require_GET
@at_county
def shares(request: HttpRequest, office: Office) -> HttpResponse:
    """Every month, drawn and in a table; a month opened by agreement. `?format=csv` gives either as a file."""
    month, whose = month_asked(request), local_name(office.county)
    chart = None
    if month is not None:
        made = commission.of_month(county_id=office.county_id, whose=whose, month=month)
    else:
        made, chart = commission.by_month(county_id=office.county_id, whose=whose)
    months = reversed(reports.roles_by_month(county_id=office.county_id))
    context = {
        "chart": chart,
        "month": month_code(month) if month else "",
        "months": [(month_code(one), month_name(one)) for one in months],
    }
    return report.answer(request, made, "county/shares.html", context)
