"""A figure of the dashboard, opened."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.web.county.figures import FIGURES, TITLES, sheet
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared.spreadsheet import csv_response


@require_GET
@at_county
def figure(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """The number, its formula, its rows and the time; `?format=csv` gives the rows as a file."""
    if slug not in FIGURES:
        raise Http404
    now = timezone.now()
    found = FIGURES[slug](county_id=office.county_id, now=now)
    if request.GET.get("format") == "csv":
        return csv_response(sheet(found), name=f"fieldcast-{slug}-{timezone.localdate(now)}")
    titles = [(one, title) for one, title in TITLES.items()]
    return render(request, "county/figure.html", {"figure": found, "titles": titles, "now": now})
