"""Production, stock, parcels and sales of the county on one page."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router

from fieldcast.accounts.loaders import load_county
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of
from fieldcast.supply import queries as supply
from fieldcast.supply.types import Overview

router = Router(tags=["supply"])


@router.get("/county/overview", response={200: Overview, **RESPONSES}, summary="The county's day")
def get_overview(request: HttpRequest, day: date | None = None) -> Any:
    """Lots by category, units by where they are, parcels by state, own sales and outside sales."""
    person = person_of(request)
    county = load_county(by=person, county_id=person.county_id, who=_("the county's supervisors"))
    return supply.overview(county_id=county.id, day=day or timezone.localdate(), now=timezone.now())
