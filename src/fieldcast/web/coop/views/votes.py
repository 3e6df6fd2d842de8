"""What a cooperative asks its members: votes on terms before it agrees to them, and on other questions."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fieldcast.accounts import queries as accounts
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.types import VersionView
from fieldcast.agreements.votes import operations as votes_operations
from fieldcast.agreements.votes import queries as votes
from fieldcast.agreements.votes.counting import extra_at_most
from fieldcast.agreements.votes.loaders import load_ballot
from fieldcast.agreements.votes.types import BallotView
from fieldcast.web.coop.forms.votes import CallForm, MinutesForm, WhyForm
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.taken import taken
from fieldcast.web.shared.votes import VoteShown
from fieldcast.web.shared.voting import vote_page, votes_of
from fieldcast.web.shared.workplace import Workplace, at_cooperative, person_of, workplace_of

USUAL_DAYS = 7


@require_GET
@at_cooperative
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Every vote, the newest first, and whether terms go to the members before the cooperative agrees."""
    return _listing(request, place, WhyForm(name="rule"))


@require_POST
@at_cooperative
def rule(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Terms go to the members first from now on, or no longer."""
    place.must_manage()
    form = WhyForm(request.POST, name="rule")
    first = request.POST.get("first") == "yes"

    def write(now: datetime) -> None:
        votes_operations.put_terms_first(
            by=place.by, cooperative_id=place.id, votes_first=first, why=form.cleaned_data["why"], now=now
        )

    if form.is_valid() and taken(request, form, write, leads_to=reverse("coop_votes")):
        messages.success(request, _("Written down. It holds for terms from now on."))
        return redirect("coop_votes")
    return _listing(request, place, form, status=422)


@require_http_methods(["GET", "POST"])
@at_cooperative
def new(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Call a vote."""
    place.must_manage()
    members = votes_operations.members_of(cooperative_id=place.id)
    form = CallForm(
        request.POST if request.method == "POST" else None,
        versions=_waiting(place),
        members=sorted(accounts.organisations_by_ids(ids=set(members)).values(), key=lambda one: one.code),
        initial={"version": asking.whole(request.GET.get("version")), "closes_at": _usual_end()},
    )

    def write(now: datetime) -> str:
        said = form.cleaned_data
        made = votes_operations.call(
            by=place.by,
            cooperative_id=place.id,
            question=said["question"],
            closes_at=said["closes_at"],
            version_id=said["version"],
            weighty=said["weighty"],
            extra=form.extra,
            now=now,
        )
        return reverse("coop_vote", args=[made.id])

    if request.method == "POST" and form.is_valid():
        led_to = taken(request, form, write, leads_to=reverse("coop_votes"))
        if led_to:
            messages.success(request, _("Every member household is asked."))
            return redirect(led_to)
    context = {
        "place": place,
        "form": form,
        "members": len(members),
        "extra_most": extra_at_most(len(members)),
        "once": once.key_of(request),
    }
    return render(request, "coop/votes/new.html", context, status=422 if form.errors else 200)


@require_GET
@login_required
def detail(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """One vote: how it stands, who took part, what the minutes say, and calling it off."""
    ballot = load_ballot(by=person_of(request), ballot_id=ballot_id, now=timezone.now())
    return _detail(request, ballot)


@require_http_methods(["GET", "POST"])
@at_cooperative
def ours(request: HttpRequest, place: Workplace, ballot_id: int) -> HttpResponse:
    """A vote of a federation, and what the cooperative says."""
    if request.method == "POST":
        place.must_manage()
    return vote_page(request, place, ballot_id, template="coop/votes/ours.html", address="coop_vote_ours")


@require_POST
@login_required
def minutes(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """What a household said at the meeting."""
    by = person_of(request)
    ballot = load_ballot(by=by, ballot_id=ballot_id, now=timezone.now())
    form = MinutesForm(request.POST, voters=votes.roll(ballot_id=ballot_id))

    def write(now: datetime) -> None:
        said = form.cleaned_data
        votes_operations.cast(
            by=by,
            ballot_id=ballot_id,
            household_id=said["household"],
            choice=said["choice"],
            minutes=said["minutes"],
            now=now,
        )

    here = reverse("coop_vote", args=[ballot_id])
    if form.is_valid() and taken(request, form, write, leads_to=here):
        messages.success(request, _("It is written down."))
        return redirect(here)
    return _detail(request, ballot, minutes_form=form, status=422)


@require_POST
@login_required
def call_off(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """End an open vote without a result."""
    by = person_of(request)
    ballot = load_ballot(by=by, ballot_id=ballot_id, now=timezone.now())
    form = WhyForm(request.POST, name="off")

    def write(now: datetime) -> None:
        votes_operations.call_off(by=by, ballot_id=ballot_id, why=form.cleaned_data["why"], now=now)

    here = reverse("coop_vote", args=[ballot_id])
    if form.is_valid() and taken(request, form, write, leads_to=here):
        messages.success(request, _("The vote is called off."))
        return redirect(here)
    return _detail(request, ballot, off_form=form, status=422)


def _listing(request: HttpRequest, place: Workplace, form: WhyForm, *, status: int = 200) -> HttpResponse:
    found = votes.ballots_of(cooperative_id=place.id, now=timezone.now())
    context = {
        "place": place,
        "votes": [VoteShown(one) for one in found],
        "ours": votes_of(place),
        "first": votes.votes_first(cooperative_id=place.id),
        "form": form,
        "once": once.key_of(request),
    }
    return render(request, "coop/votes/list.html", context, status=status)


def _detail(
    request: HttpRequest,
    ballot: BallotView,
    *,
    minutes_form: MinutesForm | None = None,
    off_form: WhyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    roll = votes.roll(ballot_id=ballot.id)
    version = agreements.version(version_id=ballot.version_id) if ballot.version_id else None
    context: dict[str, Any] = {
        "place": workplace_of(request, ballot.cooperative_id),
        "vote": VoteShown(ballot),
        "version": version,
        "roll": roll,
        "minutes_form": minutes_form or MinutesForm(voters=roll),
        "off_form": off_form or WhyForm(name="off"),
        "once": once.key_of(request),
    }
    return render(request, "coop/votes/detail.html", context, status=status)


def _waiting(place: Workplace) -> list[VersionView]:
    """The versions that the cooperative has not agreed to."""
    current = agreements.current_of(organisation_id=place.id)
    consents = agreements.consents_of_versions(version_ids=[one.id for one in current])
    return [
        one for one in current if place.id not in {consent.organisation_id for consent in consents[one.id]}
    ]


def _usual_end() -> datetime:
    """The evening of a day in a week."""
    day = timezone.localdate() + timedelta(days=USUAL_DAYS)
    return timezone.make_aware(datetime.combine(day, time(20)))
