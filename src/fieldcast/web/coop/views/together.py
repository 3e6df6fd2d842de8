"""What the cooperative brought its members against selling alone, and the figures that stand beside it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fieldcast.agreements.together import operations as together_operations
from fieldcast.web.coop.forms.together import AloneForm
from fieldcast.web.shared import once
from fieldcast.web.shared.taken import taken
from fieldcast.web.shared.together import brought
from fieldcast.web.shared.workplace import Workplace, at_cooperative


@require_http_methods(["GET", "POST"])
@at_cooperative
def page(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Price, penalty and hours; sent back, what is known of selling alone is written down anew."""
    found = brought(cooperative_id=place.id, county_id=place.county_id, now=timezone.now())
    form = AloneForm(request.POST if request.method == "POST" else None, known=found.alone)

    def write(now: datetime) -> None:
        together_operations.write(by=place.by, cooperative_id=place.id, figures=form.figures, now=now)

    if request.method == "POST":
        place.must_manage()
        if form.is_valid() and taken(request, form, write, leads_to=reverse("coop_together")):
            messages.success(request, _("It is written down."))
            return redirect("coop_together")
    context = {"place": place, "brought": found, "form": form, "once": once.key_of(request)}
    return render(request, "coop/together.html", context, status=422 if form.errors else 200)
