"""The hosts I follow."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef
from fieldcast.live import operations as live_operations
from fieldcast.live import queries as live
from fieldcast.live.types import SessionView
from fieldcast.trade import queries as trade
from fieldcast.web.shared.workplace import person_of


@dataclass(frozen=True)
class Followed:
    """A host, and what they have planned or are showing."""

    host: OrganisationRef
    next_session: SessionView | None


@login_required
@require_GET
def follows(request: HttpRequest) -> HttpResponse:
    """Whom I follow, the latest first."""
    ids = live.followed_by(person_id=person_of(request).pk)
    known, now = accounts.organisations_by_ids(ids=set(ids)), timezone.now()
    hosts = [Followed(known[one], trade.next_of_host(host_id=one, now=now)) for one in ids if one in known]
    return render(request, "me/follows.html", {"hosts": hosts})


@login_required
@require_POST
def unfollow(request: HttpRequest, host_id: int) -> HttpResponse:
    """Follow this host no more."""
    with transaction.atomic():
        live_operations.unfollow(by=person_of(request), host_id=host_id)
    messages.success(request, _("You do not follow them any more."))
    return redirect("me_follows")
