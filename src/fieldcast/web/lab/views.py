"""The policy laboratory: one page, the fragment that follows its sliders, and its pictures as files.

Everything goes out compressed: pictures are text, and a slider moved on a village's network asks for them often.
"""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from fieldcast.web.lab import files
from fieldcast.web.lab.page import page_of, parts_of
from fieldcast.web.lab.sheets import SHEETS
from fieldcast.web.lab.state import read
from fieldcast.web.shared.spreadsheet import csv_response

INVALID: Final = 422  # a field must be looked at again


@gzip_page
@require_GET
def lab(request: HttpRequest) -> HttpResponse:
    """The whole page for the state its address names."""
    reading = read(request.GET.dict())
    return render(request, "lab/lab.html", page_of(reading), status=INVALID if reading.errors else 200)


@gzip_page
@require_GET
def answer(request: HttpRequest) -> HttpResponse:
    """The parts of the page that change with its conditions; only what is wrong, where something is."""
    reading = read(request.GET.dict())
    return render(request, "lab/_parts.html", parts_of(reading), status=INVALID if reading.errors else 200)


@gzip_page
@require_GET
def export(request: HttpRequest, picture: str, suffix: str) -> HttpResponse:
    """A picture of a state as a file: SVG to print, CSV for a spreadsheet, JSON for a program."""
    if picture not in SHEETS or suffix not in files.KINDS:
        raise Http404
    reading = read(request.GET.dict())
    if reading.state is None:
        return JsonResponse({"errors": reading.errors}, status=INVALID)
    sheet, name = SHEETS[picture].make(reading.state), f"fieldcast-{picture}"
    if suffix == "csv":
        return csv_response(files.table(sheet), name=name)
    content: Any = sheet.svg if suffix == "svg" else files.document(sheet, reading.state)
    return files.attachment(content, name=name, kind=suffix)
