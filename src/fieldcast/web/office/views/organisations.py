"""Organisations: those of each kind, who works there, a new one, another name, their standing."""

from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.office import operations as office_operations
from fieldcast.accounts.office import queries as offices
from fieldcast.accounts.office.types import Listed
from fieldcast.accounts.types import (
    ANSWERABLE,
    FORMS_OF,
    LegalForm,
    OrganisationKind,
    OrganisationRef,
    Standing,
)
from fieldcast.web.office.filling import Sheet, fill_in, sent
from fieldcast.web.office.forms import (
    FederationForm,
    LegalFormForm,
    NamesForm,
    OrganisationForm,
    StandingForm,
)
from fieldcast.web.office.place import Office, at_office
from fieldcast.web.office.words import FORMS, KINDS, ROLES, told
from fieldcast.web.shared import asking
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import local_name

A_PAGE: Final = 25
LATEST: Final = 20


@require_GET
@at_office
def listing(request: HttpRequest, office: Office) -> HttpResponse:
    """Organisations of a kind, or all, with a part of their name."""
    kind, words = asking.one_of(request, "kind", OrganisationKind), asking.words(request)
    page = offices.organisations(
        county_id=office.county_id,
        kind=kind,
        search=words,
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    context = {
        "page": page,
        "table": _table(page.items),
        "words": words,
        "kind": kind,
        "kinds": [(one.value, said, one == kind) for one, said in KINDS.items()],
    }
    return render(request, "office/organisations.html", context)


@require_GET
@at_office
def detail(request: HttpRequest, office: Office, organisation_id: int) -> HttpResponse:
    """One organisation: what it is, who works there, what administrators did about it."""
    one = offices.organisation(county_id=office.county_id, organisation_id=organisation_id)
    members = offices.members(organisation_id=one.id)
    page = offices.deeds(county_id=office.county_id, organisation_id=one.id, page=1, per_page=LATEST)
    context = {
        "one": one,
        "kind": KINDS[one.kind],
        "form": FORMS[one.form] if one.kind in FORMS_OF else "",
        "federation": one.form is LegalForm.FEDERATION,
        "federation_members": _federation(one),
        "members": [(member, ROLES[member.role]) for member in members],
        "nobody_answers": not any(member.is_active and member.role in ANSWERABLE for member in members),
        "deeds": [told(deed, organisation_too=False) for deed in page.items],
    }
    return render(request, "office/organisation.html", context)


@require_http_methods(["GET", "POST"])
@at_office
def new(request: HttpRequest, office: Office) -> HttpResponse:
    """Make an organisation. Who works there is said on their own pages."""
    villages = offices.villages(county_id=office.county_id)
    form = OrganisationForm(
        sent(request), villages=villages, initial={"kind": request.GET.get("kind") or "cooperative"}
    )
    sheet = Sheet(
        title=gettext_lazy("Make an organisation"),
        lead=gettext_lazy("Kind and code stay as they are; the names can be changed."),
        yes=gettext_lazy("Make it"),
        done=gettext_lazy("The organisation is there. Now give somebody a role in it."),
        back=reverse("office_organisations"),
    )

    def do(now: datetime) -> str:
        made = office_operations.make_organisation(
            by=office.by,
            county_id=office.county_id,
            kind=form.kind_chosen,
            code=form.cleaned_data["code"],
            name=form.cleaned_data["name"],
            name_en=form.cleaned_data["name_en"],
            village_id=form.village_id,
            now=now,
        )
        return reverse("office_organisation", args=[made.id])

    return fill_in(request, form, sheet, do)


@require_http_methods(["GET", "POST"])
@at_office
def rename(request: HttpRequest, office: Office, organisation_id: int) -> HttpResponse:
    """Other names for an organisation."""
    one = offices.organisation(county_id=office.county_id, organisation_id=organisation_id)
    form = NamesForm(sent(request), initial={"name": one.name, "name_en": one.name_en})
    sheet = Sheet(
        title=gettext("Rename %(name)s") % {"name": local_name(one)},
        lead=gettext_lazy("Agreements and statements are shown under the new name too."),
        yes=gettext_lazy("Rename it"),
        done=gettext_lazy("The organisation has its new name."),
        back=reverse("office_organisation", args=[one.id]),
    )

    def do(now: datetime) -> None:
        office_operations.rename_organisation(
            by=office.by, county_id=office.county_id, organisation_id=one.id, now=now, **form.cleaned_data
        )

    return fill_in(request, form, sheet, do)


@require_http_methods(["GET", "POST"])
@at_office
def standing(request: HttpRequest, office: Office, organisation_id: int) -> HttpResponse:
    """May it go live and sell? With a reason that its people can be told."""
    one = offices.organisation(county_id=office.county_id, organisation_id=organisation_id)
    form = StandingForm(sent(request), initial={"standing": one.standing.value})
    sheet = Sheet(
        title=gettext("The standing of %(name)s") % {"name": local_name(one)},
        lead=gettext_lazy(
            "Who is suspended can neither go live nor offer anything until that is taken back."
        ),
        yes=gettext_lazy("Set the standing"),
        done=gettext_lazy("The standing is set."),
        back=reverse("office_organisation", args=[one.id]),
        grave=True,
    )

    def do(now: datetime) -> None:
        office_operations.set_standing(
            by=office.by,
            county_id=office.county_id,
            organisation_id=one.id,
            standing=Standing(form.cleaned_data["standing"]),
            reason=form.cleaned_data["reason"],
            now=now,
        )

    return fill_in(request, form, sheet, do)


@require_http_methods(["GET", "POST"])
@at_office
def form(request: HttpRequest, office: Office, organisation_id: int) -> HttpResponse:
    """How it is constituted: a family farm, a federation, or neither."""
    one = offices.organisation(county_id=office.county_id, organisation_id=organisation_id)
    form = LegalFormForm(sent(request), kind=one.kind, initial={"form": one.form.value})
    sheet = Sheet(
        title=gettext("The form of %(name)s") % {"name": local_name(one)},
        lead=gettext_lazy("As it is registered. It takes the same part in sales as before."),
        yes=gettext_lazy("Set the form"),
        done=gettext_lazy("The form is set."),
        back=reverse("office_organisation", args=[one.id]),
    )

    def do(now: datetime) -> None:
        office_operations.set_form(
            by=office.by,
            county_id=office.county_id,
            organisation_id=one.id,
            form=LegalForm(form.cleaned_data["form"]),
            reason=form.cleaned_data["reason"],
            now=now,
        )

    return fill_in(request, form, sheet, do)


@require_http_methods(["GET", "POST"])
@at_office
def federation(request: HttpRequest, office: Office, organisation_id: int, wish: str) -> HttpResponse:
    """A cooperative joins a federation, or leaves it."""
    one = offices.organisation(county_id=office.county_id, organisation_id=organisation_id)
    joins = wish == "join"
    inside = accounts.federation_members(federation_id=one.id)
    every = accounts.organisations(county_id=office.county_id, kind=OrganisationKind.COOPERATIVE)
    fits = [each for each in every if each.form is LegalForm.ORDINARY and (each.id in inside) != joins]
    form = FederationForm(sent(request), cooperatives=fits)
    sheet = Sheet(
        title=gettext("Members of %(name)s") % {"name": local_name(one)},
        lead=gettext_lazy("One cooperative, one vote; each stays its own in sales and money."),
        yes=gettext_lazy("It joins") if joins else gettext_lazy("It leaves"),
        done=gettext_lazy("It is written down."),
        back=reverse("office_organisation", args=[one.id]),
    )

    def do(now: datetime) -> None:
        office_operations.set_federation(
            by=office.by,
            county_id=office.county_id,
            federation_id=one.id,
            cooperative_id=form.cleaned_data["cooperative"],
            member=joins,
            reason=form.cleaned_data["reason"],
            now=now,
        )

    return fill_in(request, form, sheet, do)


def _federation(one: OrganisationRef) -> list[OrganisationRef]:
    """The member cooperatives of a federation."""
    inside = accounts.federation_members(federation_id=one.id) if one.form is LegalForm.FEDERATION else ()
    return sorted(accounts.organisations_by_ids(ids=set(inside)).values(), key=lambda each: each.code)


def _table(found: tuple[Listed, ...]) -> Table:
    columns = (
        Column(gettext("Organisation")),
        Column(gettext("Code")),
        Column(gettext("Kind")),
        Column(gettext("Village")),
        Column(gettext("People"), number=True),
        Column(gettext("Standing")),
    )
    return Table(columns=columns, rows=tuple(_row(listed) for listed in found))


def _row(listed: Listed) -> tuple[Cell, ...]:
    one = listed.organisation
    return (
        Cell(local_name(one), href=reverse("office_organisation", args=[one.id])),
        Cell(one.code, code=True),
        Cell(str(KINDS[one.kind] if one.form is LegalForm.ORDINARY else FORMS[one.form])),
        Cell(local_name(one, "village")),
        Cell(str(listed.members)),
        Cell(state=one.standing),
    )
