"""A member's voice: what its cooperative or federation asks, with the terms it is about, and what it says."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.votes import operations as votes_operations
from fieldcast.agreements.votes import queries as votes
from fieldcast.agreements.votes.loaders import load_ballot_of_member
from fieldcast.agreements.votes.types import Choice
from fieldcast.web.shared.changed import terms_shown
from fieldcast.web.shared.votes import CHOICES, VoteShown
from fieldcast.web.shared.workplace import Workplace


def votes_of(place: Workplace) -> list[VoteShown]:
    """Every vote in which an organisation has a voice, with what it said."""
    found = votes.ballots_of_household(household_id=place.id, now=timezone.now())
    mine = votes.said_by(household_id=place.id, ballot_ids=[one.id for one in found])
    return [VoteShown(one, mine.get(one.id)) for one in found]


def vote_page(
    request: HttpRequest, place: Workplace, ballot_id: int, *, template: str, address: str
) -> HttpResponse:
    """One vote; sent back with a choice, that is what the member says. `address`: the name of this page."""
    now = timezone.now()
    ballot = load_ballot_of_member(household_id=place.id, ballot_id=ballot_id, now=now)
    if request.method == "POST" and request.POST.get("choice") in set(Choice):
        with transaction.atomic():
            votes_operations.cast(
                by=place.by,
                ballot_id=ballot_id,
                household_id=place.id,
                choice=Choice(request.POST["choice"]),
                now=now,
            )
        messages.success(request, _("You have voted. You may change it until the vote ends."))
        return redirect(reverse(address, args=[ballot_id]))
    mine = votes.said_by(household_id=place.id, ballot_ids=[ballot_id]).get(ballot_id)
    voter = next(one for one in votes.roll(ballot_id=ballot_id) if one.household_id == place.id)
    context: dict[str, Any] = {
        "place": place,
        "vote": VoteShown(ballot, mine),
        "voter": voter,
        "choices": [(one.value, words, one is mine) for one, words in CHOICES.items()],
    }
    if ballot.version_id is not None:
        context |= terms_shown(agreements.version(version_id=ballot.version_id))
    return render(request, template, context)
