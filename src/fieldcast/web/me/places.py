"""What a form for an address asks while it is filled in: the cities of a province, and what a pasted address says."""

from dataclasses import asdict
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from fieldcast.kit.divisions import below
from fieldcast.kit.pasted import LONGEST, read_pasted

A_DAY: Final = 24 * 3600


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """The cities of a province with their districts, for choosing one after the other."""
    found = below(request.GET.get("province", ""))
    response = JsonResponse({"cities": found}, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    return response


@login_required
@require_POST
@sensitive_post_parameters("text")
def read_address(request: HttpRequest) -> HttpResponse:
    """The parts of an address that was pasted; nothing of it is kept."""
    found = read_pasted(request.POST.get("text", "")[:LONGEST])
    response = JsonResponse(asdict(found), json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response
