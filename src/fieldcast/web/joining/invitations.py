"""Inviting by phone number: the list and the form, taking one back; and the answer of whoever is invited."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fieldcast.accounts.access import Forbidden
from fieldcast.accounts.types import OrganisationRef
from fieldcast.joining import operations as joining_operations
from fieldcast.joining import queries as joining
from fieldcast.joining.types import InvitationState, InvitationView
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.web.joining.forms import InviteForm
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.join_requests import ROLE_NAMES
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.steps import take
from fieldcast.web.shared.words import local_name
from fieldcast.web.shared.workplace import person_of

A_PAGE = 20


@login_required
@never_cache
@sensitive_post_parameters("phone")
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Those who were invited and how it stands; the form to invite a number."""
    by, now = person_of(request), timezone.now()
    places = tuple(joining.places_of(person_id=by.pk))
    if not places:
        raise Forbidden(who=_("owners and managers of a workplace"))
    form = InviteForm(request.POST if request.method == "POST" else None, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            _invite(request, form)
            return redirect("join_invitations")
        except Problem as problem:
            beside(form, problem, InviteForm.refusals)
    words, state = asking.words(request), asking.one_of(request, "state", InvitationState)
    page = joining.invitations_sent(
        person_id=by.pk, now=now, state=state, search=words, page=asking.page_number(request), per_page=A_PAGE
    )
    context = {
        "form": form,
        "page": page,
        "shown": _shown(page.items),
        "words": words,
        "state": state,
        "states": tuple(InvitationState),
        "narrowed": bool(words or state),
        "letter": _letter(places),
        "once": once.key_of(request),
    }
    return render(request, "joining/invitations.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    by, now = person_of(request), timezone.now()
    return take(
        request,
        lambda: joining_operations.withdraw_invitation(by=by, invitation_id=invitation_id, now=now),
        back=reverse("join_invitations"),
        said=_("The invitation is taken back."),
    )


@login_required
@require_POST
def answer(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Accept or decline an invitation to oneself."""
    by, now = person_of(request), timezone.now()
    answers: Mapping[str, tuple[Callable[[], object], str]] = {
        "accept": (
            lambda: joining_operations.accept_invitation(by=by, invitation_id=invitation_id, now=now),
            _("You work there now: it is under “Where I work”."),
        ),
        "decline": (
            lambda: joining_operations.decline_invitation(by=by, invitation_id=invitation_id, now=now),
            _("You have declined."),
        ),
    }
    do = request.POST.get("do", "")
    if do not in answers:
        raise NotFound("answer")
    step, said = answers[do]
    return take(request, step, back=reverse("me" if do == "accept" else "join"), said=said)


def _invite(request: HttpRequest, form: InviteForm) -> None:
    by, now, clean = person_of(request), timezone.now(), form.cleaned_data
    with transaction.atomic():
        claim = once.claim(request, now=now)
        if claim.led_to is None:
            joining_operations.invite(
                by=by,
                organisation_id=clean["organisation"],
                phone=clean["phone"],
                role=clean["role"],
                now=now,
            )
            claim.leads_to(reverse("join_invitations"))
            messages.success(request, _("It waits for whoever signs in with this number."))


def _shown(found: Iterable[InvitationView]) -> list[dict[str, Any]]:
    return [{"one": one, "role": ROLE_NAMES[one.role]} for one in found]


def _letter(places: Sequence[OrganisationRef]) -> dict[str, str]:
    """A sentence to send by oneself, parted at the address in it; whose it is where there is one place."""
    address = f"{settings.PUBLIC_URL}{reverse('account_signup')}?next={reverse('join')}"
    if len(places) > 1:
        said = _(
            "You are invited to work with us: open %(address)s, sign up with the mobile number to which you got "
            "this, and accept the invitation there within 14 days."
        ) % {"address": address}
    else:
        said = _(
            "%(place)s invites you to work with it: open %(address)s, sign up with the mobile number to which you "
            "got this, and accept the invitation there within 14 days."
        ) % {"address": address, "place": local_name(places[0])}
    before, _address, after = said.partition(address)
    return {"before": before, "address": address, "after": after}
