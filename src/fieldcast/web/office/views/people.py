"""People: found by number or by name, where they work, what they may do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.accounts.office import operations as office_operations
from fieldcast.accounts.office import queries as offices
from fieldcast.accounts.office.types import KnownPerson
from fieldcast.accounts.types import Role
from fieldcast.kit.errors import NotFound, Problem, Sentence
from fieldcast.web.office.filling import INVALID, Sheet, fill_in, sent
from fieldcast.web.office.forms import FindForm, ReasonForm, RoleForm
from fieldcast.web.office.place import Office, at_office
from fieldcast.web.office.words import ROLES, told
from fieldcast.web.shared import asking
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import local_name, when

A_PAGE: Final = 25
LATEST: Final = 20


@dataclass(frozen=True)
class _Deed:
    """What can be done to a person, in words, and the operation that does it."""

    title: Sentence
    lead: Sentence
    yes: Sentence
    done: Sentence
    do: Callable[..., None]
    grave: bool = True


DEEDS: Final[Mapping[str, _Deed]] = {
    "block": _Deed(
        gettext_lazy("Block %(name)s?"),
        gettext_lazy(
            "They are signed out everywhere at once and cannot sign in. What they did and sold stays."
        ),
        gettext_lazy("Block"),
        gettext_lazy("%(name)s cannot sign in any more."),
        office_operations.block,
    ),
    "unblock": _Deed(
        gettext_lazy("Let %(name)s in again?"),
        gettext_lazy("They can sign in with their old password, and have the roles they had."),
        gettext_lazy("Let them in"),
        gettext_lazy("%(name)s can sign in again."),
        office_operations.unblock,
        grave=False,
    ),
    "make-administrator": _Deed(
        gettext_lazy("Make %(name)s an administrator?"),
        gettext_lazy(
            "They can do everything that you can do on these pages: give roles, block people, rename."
        ),
        gettext_lazy("Make an administrator"),
        gettext_lazy("%(name)s administers the platform now."),
        office_operations.make_staff,
    ),
    "end-administrator": _Deed(
        gettext_lazy("Shall %(name)s administer no more?"),
        gettext_lazy("These pages are closed to them at once. Their roles in organisations stay."),
        gettext_lazy("End it"),
        gettext_lazy("%(name)s administers no more."),
        office_operations.end_staff,
    ),
    "sign-out": _Deed(
        gettext_lazy("Sign %(name)s out everywhere?"),
        gettext_lazy("For a lost phone: every device has to sign in again, and keys for programs end."),
        gettext_lazy("Sign out everywhere"),
        gettext_lazy("Every device of %(name)s is signed out."),
        office_operations.sign_out_everywhere,
    ),
}


@require_GET
@at_office
def listing(request: HttpRequest, office: Office) -> HttpResponse:
    """People by a part of their name, or administrators, or those who are blocked."""
    which, words = request.GET.get("which", ""), asking.words(request)
    page = offices.people(
        county_id=office.county_id,
        search=words,
        staff_only=which == "administrators",
        blocked_only=which == "blocked",
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    context = {"page": page, "table": _table(page.items), "words": words, "which": which, "form": FindForm()}
    return render(request, "office/people.html", context)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("phone")
@at_office
def find(request: HttpRequest, office: Office) -> HttpResponse:
    """Whoever signs in with a number. That they were looked for, by whom and why, is written down."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                found = office_operations.find_by_number(
                    by=office.by, county_id=office.county_id, now=timezone.now(), **form.cleaned_data
                )
        except Problem as problem:
            beside(form, problem, form.refusals)
        else:
            if found is not None:
                return redirect("office_person", person_id=found)
            messages.info(request, gettext("Nobody in this county signs in with that number."))
            return redirect("office_find")
    return render(request, "office/find.html", {"form": form}, status=INVALID if form.errors else 200)


@require_GET
@at_office
def person(request: HttpRequest, office: Office, person_id: int) -> HttpResponse:
    """Where somebody works, what they may do, and what administrators did about it."""
    one = offices.person(county_id=office.county_id, person_id=person_id)
    page = offices.deeds(county_id=office.county_id, person_id=person_id, page=1, per_page=LATEST)
    context = {
        "one": one,
        "workplaces": [(place.organisation, ROLES[place.role]) for place in one.workplaces],
        "deeds": [told(deed, person_too=False) for deed in page.items],
        "is_me": one.id == office.by.pk,
    }
    return render(request, "office/person.html", context)


@require_http_methods(["GET", "POST"])
@at_office
def deed(request: HttpRequest, office: Office, person_id: int, deed: str) -> HttpResponse:
    """Block, let in, make or end an administrator, sign out: with a reason, after being asked."""
    one = offices.person(county_id=office.county_id, person_id=person_id)
    what = DEEDS.get(deed)
    if what is None:
        raise NotFound("deed")
    form = ReasonForm(sent(request))
    named = {"name": one.display_name}
    sheet = Sheet(
        title=str(what.title) % named,
        lead=what.lead,
        yes=what.yes,
        done=str(what.done) % named,
        back=_page_of(one),
        grave=what.grave,
    )

    def do(now: datetime) -> None:
        what.do(by=office.by, county_id=office.county_id, person_id=one.id, now=now, **form.cleaned_data)

    return fill_in(request, form, sheet, do)


@require_http_methods(["GET", "POST"])
@at_office
def give_role(request: HttpRequest, office: Office, person_id: int) -> HttpResponse:
    """A role in an organisation that is named by its code or its name."""
    one = offices.person(county_id=office.county_id, person_id=person_id)
    form = RoleForm(sent(request), initial={"organisation": asking.words(request, "at")})
    named = {"name": one.display_name}
    sheet = Sheet(
        title=gettext("A role for %(name)s") % named,
        lead=gettext("Who has one there already gets this one instead."),
        yes=gettext("Give the role"),
        done=gettext("%(name)s has the role.") % named,
        back=_page_of(one),
    )
    meant = _organisation_meant(form, office) if form.is_bound and form.is_valid() else None

    def do(now: datetime) -> None:
        assert meant is not None
        office_operations.give_role(
            by=office.by,
            county_id=office.county_id,
            person_id=one.id,
            organisation_id=meant,
            role=Role(form.cleaned_data["role"]),
            reason=form.cleaned_data["reason"],
            now=now,
        )

    return fill_in(request, form, sheet, do)


@require_http_methods(["GET", "POST"])
@at_office
def end_role(request: HttpRequest, office: Office, person_id: int, organisation_id: int) -> HttpResponse:
    """End somebody's role in an organisation."""
    one = offices.person(county_id=office.county_id, person_id=person_id)
    held = {place.organisation.id: place for place in one.workplaces}.get(organisation_id)
    if held is None:
        raise NotFound("membership")
    named = {"name": one.display_name, "at": local_name(held.organisation), "role": ROLES[held.role]}
    form = ReasonForm(sent(request))
    sheet = Sheet(
        title=gettext("End the role of %(name)s at %(at)s?") % named,
        lead=gettext("They are %(role)s there. Its pages are closed to them at once.") % named,
        yes=gettext("End the role"),
        done=gettext("%(name)s has no role at %(at)s any more.") % named,
        back=_page_of(one),
        grave=True,
    )

    def do(now: datetime) -> None:
        office_operations.end_role(
            by=office.by,
            county_id=office.county_id,
            person_id=one.id,
            organisation_id=organisation_id,
            now=now,
            **form.cleaned_data,
        )

    return fill_in(request, form, sheet, do)


def _organisation_meant(form: Any, office: Office) -> int | None:
    """The one organisation that was typed; else the form says which there are."""
    typed = form.cleaned_data["organisation"]
    found = offices.named(county_id=office.county_id, words=typed)
    if len(found) == 1:
        return found[0].id
    names = gettext(", ").join(f"{one.code} {local_name(one)}" for one in found)
    if found:
        form.add_error("organisation", gettext("Which of these? Type its code: %(names)s") % {"names": names})
    else:
        form.add_error("organisation", gettext("There is no organisation with this code or name."))
    return None


def _page_of(one: KnownPerson) -> str:
    return reverse("office_person", args=[one.id])


def _table(people: tuple[KnownPerson, ...]) -> Table:
    columns = (gettext("Name"), gettext("Mobile number"), gettext("Works at"), gettext("Last here"), "")
    return Table(
        columns=tuple(Column(title) for title in columns),
        rows=tuple(
            (
                Cell(one.display_name, href=_page_of(one)),
                Cell(one.phone),
                Cell(lines=tuple(local_name(place.organisation) for place in one.workplaces[:3])),
                Cell(
                    when(one.last_login, now=timezone.now())
                    if one.last_login
                    else gettext("has not signed in yet")
                ),
                Cell(_marks(one)),
            )
            for one in people
        ),
    )


def _marks(one: KnownPerson) -> str:
    said = []
    if not one.is_active:
        said.append(gettext("blocked"))
    if one.is_staff:
        said.append(gettext("administrator"))
    return gettext(", ").join(said)
