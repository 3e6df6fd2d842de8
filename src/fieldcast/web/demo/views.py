"""Sign in as anyone of the demo county. Refuses to exist outside demo mode, wherever it may be mounted."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from fieldcast.accounts import queries as accounts
from fieldcast.demo import people as demo
from fieldcast.demo.wish import viewers_wanted, want_viewers
from fieldcast.kit.errors import NotFound
from fieldcast.web.context import Platform
from fieldcast.web.shared.county import county_of
from fieldcast.web.shared.words import local_name

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everyone there is to be, by what they do."""
    _only_in_the_demo()
    county = county_of(request)
    found = demo.groups(county_id=county.id) if county else ()
    groups = [
        {"title": group.title, "people": [_shown(person) for person in group.people]} for group in found
    ]
    context = {
        "groups": groups,
        "next": _next(request, request.GET),
        "viewers": settings.DEMO_VIEWERS,
        "viewers_wanted": viewers_wanted(settings.HOME),
    }
    return render(request, "demo/people.html", context)


@require_POST
def viewers(request: HttpRequest) -> HttpResponse:
    """Let the invented viewers come into the rooms, or send them away."""
    _only_in_the_demo()
    want_viewers(settings.HOME, they_come=request.POST.get("they") == "come")
    return redirect("demo_people")


@require_POST
def sign_in(request: HttpRequest, person_id: int) -> HttpResponse:
    """Be this person, on the first page of their working day, or wherever the visitor was going."""
    _only_in_the_demo()
    county = county_of(request)
    if county is None or not demo.may_sign_in_as(county_id=county.id, person_id=person_id):
        raise NotFound("person")
    login(request, accounts.person(person_id=person_id), backend=BACKEND)
    return redirect(_next(request, request.POST) or _first_page(request))


def _first_page(request: HttpRequest) -> str:
    """The first place of the person's console; the shop for shoppers."""
    consoles = Platform(request).consoles
    return consoles[0].places[0].url if consoles else reverse("home")


def _next(request: HttpRequest, asked: Any) -> str:
    url = str(asked.get("next", ""))
    allowed = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if allowed else ""


def _shown(person: demo.DemoPerson) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": local_name(person),
        "written": person.name,
        "organisation": local_name(person, "organisation"),
        "role": person.role,
        "hint": person.hint,
    }


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
