"""Services that others did for a household, which count once it says that it was so."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldcast.agreements.records import operations as records_operations
from fieldcast.agreements.records import queries as records
from fieldcast.agreements.records.types import ServiceView
from fieldcast.web.shared.workplace import Workplace, at_household


def waiting(place: Workplace) -> list[ServiceView]:
    """What was done for the household and waits for its word."""
    found = records.served(organisation_id=place.id)
    return [one for one in found if one.confirmed_at is None and one.by_id != place.by.pk]


@require_POST
@at_household
def confirm(request: HttpRequest, place: Workplace, act_id: int) -> HttpResponse:
    """It was so; saying it twice changes nothing."""
    records_operations.confirm_service(by=place.by, act_id=act_id, now=timezone.now())
    messages.success(request, _("Confirmed. From now on it counts."))
    return redirect("farm_agreements")
