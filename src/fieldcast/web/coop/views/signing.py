"""Signing a version: for one's own party, for a household by its sheet, giving notice, and the version as a PDF."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fieldcast.accounts.loaders import load_organisation
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.loaders import load_sheet, load_version
from fieldcast.agreements.types import VersionView
from fieldcast.files import sent
from fieldcast.files.sent import Photo
from fieldcast.files.types import FileKind
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trade.papers import agreement_paper
from fieldcast.web.coop.forms.signing import NoticeForm, SheetForm
from fieldcast.web.coop.views.agreements import show
from fieldcast.web.shared import asking
from fieldcast.web.shared.papers import pdf_response
from fieldcast.web.shared.pictures import OURS, picture_response
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.steps import take
from fieldcast.web.shared.workplace import person_of


@login_required
@require_POST
def consent(request: HttpRequest, version_id: int) -> HttpResponse:
    """Agree to a version for an organisation one owns or manages, ticking what hurts it."""
    by, now = person_of(request), timezone.now()
    version = load_version(by=by, version_id=version_id)
    organisation_id = _party(request)
    load_organisation(by=by, organisation_id=organisation_id, perm="accounts.manage_organisation")
    return take(
        request,
        lambda: agreements_operations.consent(
            by=by,
            version_id=version.id,
            organisation_id=organisation_id,
            now=now,
            accepts=request.POST.getlist("accepts"),
            sha256=request.POST.get("sha256", ""),
        ),
        back=reverse("coop_agreement", args=[version.id]),
        said=_("You have agreed. It is written down with your name and the time."),
    )


@login_required
@require_POST
def enter_sheet(request: HttpRequest, version_id: int) -> HttpResponse:
    """The cooperative hands in the sheet that a household signed on paper."""
    by, now = person_of(request), timezone.now()
    version = load_version(by=by, version_id=version_id, perm="agreements.revise")
    form = SheetForm(request.POST, request.FILES, version=version)
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        photo = Photo(said["file"].name, said["file"].size, said["file"])
        try:
            (picture,) = sent.draw([photo], by=by, kind=FileKind.SHEET)
            with transaction.atomic():
                agreements_operations.enter_sheet(
                    by=by,
                    version_id=version.id,
                    household_id=said["household"],
                    picture=picture,
                    now=now,
                    accepts=request.POST.getlist("accepts"),
                    sha256=request.POST.get("sha256", ""),
                )
        except Problem as problem:
            beside(form, problem, form.refusals)
        else:
            messages.success(
                request, _("The household's signature is written down, with your name as who entered it.")
            )
            return redirect(_back(version, "signers-title"))
    return show(request, version, sheet=form)


@require_GET
@login_required
def sheet(request: HttpRequest, version_id: int, sheet_id: int) -> HttpResponse:
    """A signed sheet as it was handed in, for the agreement's parties and the authority; who looks is written down."""
    content = load_sheet(by=person_of(request), version_id=version_id, file_id=sheet_id, now=timezone.now())
    return picture_response(request, content, cache=OURS)


@login_required
@require_POST
def give_notice(request: HttpRequest, version_id: int) -> HttpResponse:
    """A party says on which day the agreement ends."""
    by, now = person_of(request), timezone.now()
    version = load_version(by=by, version_id=version_id)
    organisation_id = _party(request)
    load_organisation(by=by, organisation_id=organisation_id, perm="accounts.manage_organisation")
    form = NoticeForm(request.POST)
    if form.is_valid():
        day: date = form.cleaned_data["ends_on"]
        try:
            with transaction.atomic():
                agreements_operations.give_notice(
                    by=by,
                    agreement_id=version.agreement_id,
                    organisation_id=organisation_id,
                    ends_on=day,
                    why=form.cleaned_data["why"],
                    now=now,
                )
        except Problem as problem:
            beside(form, problem, form.refusals)
        else:
            messages.success(request, _("Notice is given, and every other party is told."))
            return redirect(_back(version, "term-title"))
    return show(request, version, notice=form)


@require_GET
@login_required
def paper(request: HttpRequest, version_id: int) -> HttpResponse:
    """The version as a PDF, for its parties and the authority."""
    version = load_version(by=person_of(request), version_id=version_id)
    return pdf_response(agreement_paper(version), name=f"{version.name} v{version.number}.pdf")


def _party(request: HttpRequest) -> int:
    found = asking.whole(request.POST.get("organisation"))
    if found is None:
        raise NotFound("organisation")
    return found


def _back(version: VersionView, place: str) -> str:
    return f"{reverse('coop_agreement', args=[version.id])}#{place}"
