"""A bank's guarantee letter, written down with its picture by whoever answers for the county's authority."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fieldcast.accounts.access import require
from fieldcast.agreements.bonds import operations as bonds_operations
from fieldcast.agreements.bonds import queries as bonds
from fieldcast.files import sent
from fieldcast.files.sent import Photo
from fieldcast.files.types import FileKind
from fieldcast.kit.errors import Problem
from fieldcast.web.county.bond_forms import GuaranteeLetterForm
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import once
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.words import yuan

KEEP = "agreements.keep_cover"


@require_http_methods(["GET", "POST"])
@at_county
def letter(request: HttpRequest, office: Office) -> HttpResponse:
    """Write down a guarantee letter. The same letter again changes nothing."""
    require(office.by, KEEP, office.county)
    found = bonds.bonds(county_id=office.county_id, today=timezone.localdate())
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = GuaranteeLetterForm(data, files, bonds=found, initial={"bond": request.GET.get("bond", "")})
    if request.method == "POST" and form.is_valid():
        try:
            _lodge_once(request, office, form, now=timezone.now())
            return redirect("county_cover")
        except Problem as problem:
            beside(form, problem, form.refusals)
    context = {"form": form, "once": once.key_of(request)}
    return render(request, "county/bond_letter.html", context, status=422 if form.errors else 200)


def _lodge_once(request: HttpRequest, office: Office, form: GuaranteeLetterForm, *, now: datetime) -> None:
    said = form.cleaned_data
    picture = said["file"]
    photo = Photo(name=picture.name, size=picture.size, stream=picture)
    (drawn,) = sent.draw([photo], by=office.by, kind=FileKind.DOCUMENT)
    picture.seek(0)  # the claim reads it again: the same form is the same only with the same picture
    with transaction.atomic():
        claim = once.claim(request, now=now)
        if claim.led_to is not None:
            return
        lodged = bonds_operations.lodge_guarantee_letter(
            by=office.by,
            agreement_id=form.key.agreement_id,
            organisation_id=form.key.organisation_id,
            bank=said["bank"],
            number=said["number"],
            amount_fen=said["amount"],
            valid_until=said["valid_until"],
            picture=drawn,
            now=now,
        )
        claim.leads_to(reverse("county_cover"))
    places = {"fen": yuan(lodged.amount_fen), "number": lodged.number}
    messages.success(request, _("Guarantee letter %(number)s of %(fen)s is lodged.") % places)
