"""What somebody does who wants to come in: reads what each kind is, asks, tells more, takes the request back."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, SignedIn
from fieldcast.joining import operations as joining_operations
from fieldcast.joining import queries as joining
from fieldcast.joining.loaders import load_own_request, load_photo
from fieldcast.joining.types import BECOMES, MOST_PHOTOS, JoinKind, JoinRequestView, JoinState
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.web.joining.forms import JoinForm, MoreForm
from fieldcast.web.shared import once
from fieldcast.web.shared.asking import by_script
from fieldcast.web.shared.county import county_of
from fieldcast.web.shared.join_requests import ROLE_NAMES, WISHES, told_of
from fieldcast.web.shared.pictures import OURS, picture_response
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.sent import drawn_photos
from fieldcast.web.shared.steps import take
from fieldcast.web.shared.words import local_name
from fieldcast.web.shared.workplace import person_of

INVALID = 422


@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The ways in; for whoever is signed in also what they asked, and who invites them."""
    context: dict[str, Any] = {
        "county": county_of(request),
        "wishes": [{"kind": kind, "wish": wish} for kind, wish in WISHES.items()],
    }
    if request.user.is_authenticated:
        by, now = person_of(request), timezone.now()
        mine = joining.join_requests_of(person_id=by.pk)
        context |= {
            "wishes": _wishes(by, mine),
            "mine": [told_of(one, now=now, people=False) for one in mine],
            "invitations": [
                {"one": one, "role": ROLE_NAMES[one.role]}
                for one in joining.invitations_to(person_id=by.pk, now=now)
            ],
        }
    return render(request, "joining/home.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, wish: str) -> HttpResponse:
    """Ask to farm, sell, host or carry: a page, and its form again with what is wrong beside the fields."""
    by, now, kind = person_of(request), timezone.now(), _kind(wish)
    form = _form(request, by, kind)
    if request.method == "POST" and form.is_valid():
        try:
            return _go(request, _ask(request, form, kind, now))
        except Problem as problem:
            beside(form, problem, _refusals(problem, JoinForm.refusals))
    context = {
        "kind": kind,
        "wish": WISHES[kind],
        "form": form,
        "photos": MOST_PHOTOS if kind == JoinKind.SELLER else 0,
        "readers": _readers(by, kind),
        "villages": tuple(accounts.village_ids(county_id=by.county_id)),
        "once": once.key_of(request),
    }
    template = "joining/_ask_form.html" if by_script(request) else "joining/ask.html"
    return render(request, template, context, status=INVALID if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, join_id: int) -> HttpResponse:
    """One's own request: how it stands, its history; what more was asked is answered here."""
    by, now = person_of(request), timezone.now()
    one = load_own_request(by=by, request_id=join_id)
    form = MoreForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _go(request, _tell_more(request, one, form, now))
        except Problem as problem:
            beside(form, problem, MoreForm.refusals)
    wants_more = one.state == JoinState.MORE_ASKED
    context = {
        "told": told_of(one, now=now, people=False),
        "form": form if wants_more or form.errors else None,
        "photos": MOST_PHOTOS,
        "once": once.key_of(request),
    }
    template = "joining/_more_form.html" if by_script(request) else "joining/mine.html"
    return render(request, template, context, status=INVALID if form.errors else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, join_id: int) -> HttpResponse:
    """Take one's own request back."""
    by, now = person_of(request), timezone.now()
    one = load_own_request(by=by, request_id=join_id)
    return take(
        request,
        lambda: joining_operations.withdraw_request(by=by, request_id=one.id, now=now),
        back=reverse("join"),
        said=_("Your request is taken back."),
    )


@login_required
@require_GET
def photo(request: HttpRequest, join_file_id: int) -> HttpResponse:
    """A picture that came with a request, small where `small` is asked for; for those who may see the request."""
    content = load_photo(by=person_of(request), file_id=join_file_id, thumbnail="small" in request.GET)
    return picture_response(request, content, cache=OURS)


def _kind(wish: str) -> JoinKind:
    try:
        return JoinKind(wish)
    except ValueError:
        raise NotFound("way in") from None


def _wishes(by: SignedIn, mine: tuple[JoinRequestView, ...]) -> list[dict[str, Any]]:
    """Each kind with what the person has of it already: an open request, a place they work in."""
    held = {one.organisation.kind: one.organisation for one in accounts.memberships_of(person_id=by.pk)}
    waits = {one.kind: one for one in mine if one.open}
    return [
        {"kind": kind, "wish": wish, "held": held.get(BECOMES[kind]), "waits": waits.get(kind)}
        for kind, wish in WISHES.items()
    ]


def _form(request: HttpRequest, by: SignedIn, kind: JoinKind) -> JoinForm:
    return JoinForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        cooperatives=_cooperatives(by.county_id),
        name=by.display_name if kind == JoinKind.HOST else "",
    )


def _cooperatives(county_id: int) -> tuple[OrganisationRef, ...]:
    return accounts.organisations(county_id=county_id, kind=OrganisationKind.COOPERATIVE)


def _readers(by: SignedIn, kind: JoinKind) -> dict[str, Any]:
    """Who will read it, by name: said before anything is sent."""
    centre, authority = joining.centre_of(by.county_id), accounts.authority(county_id=by.county_id)
    first = centre or authority
    people = accounts.members_of(organisation_id=first.id) if first else ()
    return {
        "chosen": kind == JoinKind.FARMER,
        "first": first,
        "people": _(", ").join(person.display_name for person, _role in people),
        "authority": authority if authority != first else None,
    }


def _ask(request: HttpRequest, form: JoinForm, kind: JoinKind, now: datetime) -> str:
    by = person_of(request)
    draw = partial(joining_operations.draw_photos, by=by)
    drawn = drawn_photos(request, draw) if kind == JoinKind.SELLER else ()
    with transaction.atomic():
        claim = once.claim(request, now=now)
        if claim.led_to is not None:
            return claim.led_to
        made = joining_operations.ask_to_join(by=by, kind=kind, photos=drawn, now=now, **form.asked)
        place = {"who": local_name(made, "goes_to_name")}
        messages.success(request, _("It is sent. %(who)s answers within five working days.") % place)
        return claim.leads_to(reverse("join_mine", args=[made.id]))


def _tell_more(request: HttpRequest, one: JoinRequestView, form: MoreForm, now: datetime) -> str:
    by, page = person_of(request), reverse("join_mine", args=[one.id])
    drawn = drawn_photos(request, partial(joining_operations.draw_photos, by=by))
    with transaction.atomic():
        claim = once.claim(request, now=now)
        if claim.led_to is None:
            words = form.cleaned_data["words"]
            joining_operations.tell_more(by=by, request_id=one.id, words=words, photos=drawn, now=now)
            claim.leads_to(page)
            messages.success(request, _("It is sent, and your request goes on."))
    return page


def _refusals(problem: Problem, fields: Any) -> dict[str, str]:
    """A field that a problem names itself stands beside that field."""
    named = problem.facts.get("field")
    return {**fields, problem.code: named} if isinstance(named, str) else dict(fields)


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if by_script(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponse(status=303, headers={"Location": url})
