"""The county: its names, its villages, and the settings it runs with."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fieldcast.accounts.office import operations as office_operations
from fieldcast.accounts.office import queries as offices
from fieldcast.accounts.office.types import VillageView
from fieldcast.kit.errors import NotFound
from fieldcast.web.office.filling import Sheet, fill_in, sent
from fieldcast.web.office.forms import NamesForm
from fieldcast.web.office.place import Office, at_office
from fieldcast.web.office.settings import settings_shown
from fieldcast.web.shared.steps import take


@require_GET
@at_office
def county(request: HttpRequest, office: Office) -> HttpResponse:
    """What the county is called, its villages, the installation's settings."""
    context = {
        "office": office,
        "villages": offices.villages(county_id=office.county_id),
        "settings": settings_shown(),
    }
    return render(request, "office/county.html", context)


@require_http_methods(["GET", "POST"])
@at_office
def rename(request: HttpRequest, office: Office) -> HttpResponse:
    """Other names for the county."""
    names = {"name": office.county.name, "name_en": office.county.name_en}
    form = NamesForm(sent(request), initial=names)
    sheet = Sheet(
        title=_("Rename the county"),
        lead=_("Everyone sees its name on every page. Its code stays."),
        yes=_("Rename it"),
        done=_("The county has its new name."),
        back=reverse("office_county"),
    )

    def do(now: datetime) -> None:
        office_operations.rename_county(
            by=office.by, county_id=office.county_id, now=now, **form.cleaned_data
        )

    return fill_in(request, form, sheet, do)


@require_http_methods(["GET", "POST"])
@at_office
def new_village(request: HttpRequest, office: Office) -> HttpResponse:
    """One village more."""
    form = NamesForm(sent(request))
    sheet = Sheet(
        title=_("Add a village"),
        lead=_("Organisations and farms can then be in it."),
        yes=_("Add it"),
        done=_("The village is there."),
        back=reverse("office_county"),
    )

    def do(now: datetime) -> None:
        office_operations.add_village(by=office.by, county_id=office.county_id, now=now, **form.cleaned_data)

    return fill_in(request, form, sheet, do)


@require_http_methods(["GET", "POST"])
@at_office
def village(request: HttpRequest, office: Office, village_id: int) -> HttpResponse:
    """Other names for a village."""
    found = _village(office, village_id)
    form = NamesForm(sent(request), initial={"name": found.name, "name_en": found.name_en})
    sheet = Sheet(
        title=_("Rename the village"),
        lead=_("Whatever is in it stays in it."),
        yes=_("Rename it"),
        done=_("The village has its new name."),
        back=reverse("office_county"),
    )

    def do(now: datetime) -> None:
        office_operations.rename_village(
            by=office.by, county_id=office.county_id, village_id=village_id, now=now, **form.cleaned_data
        )

    return fill_in(request, form, sheet, do)


@require_POST
@at_office
def remove_village(request: HttpRequest, office: Office, village_id: int) -> HttpResponse:
    """Remove a village that was made by mistake."""
    return take(
        request,
        lambda: office_operations.remove_village(
            by=office.by, county_id=office.county_id, village_id=village_id, now=timezone.now()
        ),
        back=reverse("office_county"),
        said=str(_("The village is gone.")),
    )


def _village(office: Office, village_id: int) -> VillageView:
    for one in offices.villages(county_id=office.county_id):
        if one.id == village_id:
            return one
    raise NotFound("village")
