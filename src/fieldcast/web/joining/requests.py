"""Those who answer: the list of requests, and one of them with its history and the answer to it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import allowed
from fieldcast.accounts.types import ANSWERABLE, OrganisationKind, SignedIn
from fieldcast.joining import operations as joining_operations
from fieldcast.joining import queries as joining
from fieldcast.joining.loaders import load_answerer, load_request
from fieldcast.joining.queries import JoinWhich
from fieldcast.joining.types import JoinKind, JoinRequestView
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.web.joining.forms import AnswerForm
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.join_requests import WISHES, told_of
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import local_name, when
from fieldcast.web.shared.workplace import person_of

A_PAGE = 25


@login_required
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Requests that wait for an answer first, the soonest due before all others."""
    by, now = person_of(request), timezone.now()
    load_answerer(by=by, who=_("people of a cooperative, the service centre or the county"))
    words, kind = asking.words(request), asking.one_of(request, "kind", JoinKind)
    which = asking.one_of(request, "state", JoinWhich)
    page = joining.requests_to_answer(
        person_id=by.pk,
        now=now,
        kind=kind,
        which=which,
        search=words,
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    context = {
        "page": page,
        "invites": any(one.role in ANSWERABLE for one in accounts.memberships_of(person_id=by.pk)),
        "table": _table(page.items, now),
        "words": words,
        "kind": kind,
        "kinds": [
            {"value": one.value, "title": wish.title, "is": one == kind} for one, wish in WISHES.items()
        ],
        "which": which,
        "whiches": tuple(JoinWhich),
        "narrowed": bool(words or kind or which),
    }
    return render(request, "joining/requests.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, join_id: int) -> HttpResponse:
    """One request; those it goes to answer it, and the county once it is late."""
    by, now = person_of(request), timezone.now()
    one = load_request(by=by, request_id=join_id)
    may = _may_answer(by, one, now)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        one=one,
        cooperatives=accounts.organisations(county_id=one.county_id, kind=OrganisationKind.COOPERATIVE),
    )
    if request.method == "POST":
        if not may and one.open:
            raise NotFound("join request")
        if form.is_valid():
            try:
                return redirect(_answer(request, one, form, by=by, now=now))
            except Problem as problem:
                beside(form, problem, AnswerForm.refusals)
    context = {
        "told": told_of(one, now=now, people=True),
        "phone": accounts.masked_number(person_id=one.person_id),
        "form": form if may or form.errors else None,
        "villages": tuple(accounts.village_ids(county_id=one.county_id)) if may else (),
        "answerers": _answerers(one) if one.open and not may else "",
        "once": once.key_of(request),
    }
    return render(request, "joining/request.html", context, status=422 if form.errors else 200)


def _may_answer(by: SignedIn, one: JoinRequestView, now: datetime) -> bool:
    if not one.open:
        return False
    return allowed(by, "joining.answer_request", one) or (
        one.late(now) and allowed(by, "joining.answer_late_request", one)
    )


def _answer(
    request: HttpRequest, one: JoinRequestView, form: AnswerForm, *, by: SignedIn, now: datetime
) -> str:
    words, back = form.cleaned_data["words"], reverse("join_request", args=[one.id])
    answers: Mapping[str, tuple[Callable[[], object], str]] = {
        "accept": (
            lambda: joining_operations.accept_to_join(
                by=by, request_id=one.id, words=words, now=now, **form.corrected
            ),
            _("They are taken in, and told so."),
        ),
        "more": (
            lambda: joining_operations.ask_for_more(by=by, request_id=one.id, words=words, now=now),
            _("They are asked for more."),
        ),
        "decline": (
            lambda: joining_operations.decline_to_join(by=by, request_id=one.id, words=words, now=now),
            _("They are told why not."),
        ),
    }
    if form.do not in answers:
        raise NotFound("answer")
    done, said = answers[form.do]
    with transaction.atomic():
        claim = once.claim(request, now=now)
        if claim.led_to is None:
            done()
            claim.leads_to(back)
            messages.success(request, said)
    return back


def _answerers(one: JoinRequestView) -> str:
    """The names of those who answer, for those who only look."""
    members = accounts.members_of(organisation_id=one.goes_to_id)
    everyone = one.goes_to_kind != OrganisationKind.COOPERATIVE
    return _(", ").join(person.display_name for person, role in members if everyone or role in ANSWERABLE)


def _table(found: Iterable[JoinRequestView], now: datetime) -> Table:
    columns = [Column(_("Who asks")), Column(_("As what")), Column(_("Answered by")), Column(_("State"))]
    columns.append(Column(_("To be answered by")))
    return Table(tuple(columns), tuple(_row(one, now) for one in found))


def _row(one: JoinRequestView, now: datetime) -> tuple[Cell, ...]:
    return (
        Cell(f"{one.person_name} · {one.name}", href=reverse("join_request", args=[one.id])),
        Cell(str(WISHES[one.kind].title)),
        Cell(local_name(one, "goes_to_name")),
        Cell(state=one.state),
        Cell(when(one.due_at, now=now) if one.due_at else "—"),
    )
