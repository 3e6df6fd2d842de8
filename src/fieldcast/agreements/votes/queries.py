"""Reads of votes."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from fieldcast.agreements.votes.counting import outcome
from fieldcast.agreements.votes.models import Ballot, BallotCast, BallotVoter, MembersRule
from fieldcast.agreements.votes.types import BallotView, Choice, Tally, VoterView
from fieldcast.kit.errors import NotFound


def votes_first(*, cooperative_id: int) -> bool:
    """Does the cooperative put terms to its members before it agrees?"""
    newest = MembersRule.objects.filter(cooperative_id=cooperative_id).order_by("-id")
    return bool(newest.values_list("votes_first", flat=True).first())


def ballot(*, ballot_id: int, now: datetime) -> BallotView:
    """One vote. Raises `NotFound`."""
    found = _views(Ballot.objects.filter(id=ballot_id), now)
    if not found:
        raise NotFound("vote")
    return found[0]


def ballots_of(*, cooperative_id: int, now: datetime) -> tuple[BallotView, ...]:
    """Every vote of a cooperative, the newest first."""
    return _views(Ballot.objects.filter(cooperative_id=cooperative_id).order_by("-id"), now)


def ballots_on(*, version_id: int, now: datetime) -> tuple[BallotView, ...]:
    """Every vote on a version, the newest first."""
    return _views(Ballot.objects.filter(version_id=version_id).order_by("-id"), now)


def over_and_not_told(*, now: datetime, limit: int) -> tuple[BallotView, ...]:
    """Votes whose time is over and whose end is not written down yet, the oldest first."""
    waiting = Ballot.objects.filter(end__isnull=True, withdrawal__isnull=True, closes_at__lte=now)
    return _views(waiting.order_by("id")[:limit], now)


def ballots_of_household(*, household_id: int, now: datetime) -> tuple[BallotView, ...]:
    """Every vote with a household on its roll, the newest first."""
    return _views(Ballot.objects.filter(roll__household_id=household_id).order_by("-id"), now)


def roll(*, ballot_id: int) -> tuple[VoterView, ...]:
    """Who has a voice in a vote, by village and name, and who took part."""
    rows = _with_last(BallotVoter.objects.filter(ballot_id=ballot_id))
    rows = rows.select_related("household__village").order_by("household__village__name", "household__name")
    return tuple(
        VoterView(
            household_id=row.household_id,
            household=row.household.name,
            household_en=row.household.name_en,
            village=row.household.village.name if row.household.village else "",
            village_en=row.household.village.name_en if row.household.village else "",
            votes=row.votes,
            took_part=getattr(row, "last", None) is not None,
            from_minutes=bool(getattr(row, "minutes", "")),
        )
        for row in rows
    )


def said_by(*, household_id: int, ballot_ids: Iterable[int]) -> dict[int, Choice]:
    """What a household said last, by vote."""
    rows = _with_last(BallotVoter.objects.filter(household_id=household_id, ballot_id__in=set(ballot_ids)))
    found = rows.exclude(last=None).values_list("ballot_id", "last")
    return {ballot_id: Choice(last) for ballot_id, last in found}


def _with_last(rows: "QuerySet[BallotVoter]") -> Any:
    """With the last word of each voter that came in time."""
    said = BallotCast.objects.filter(voter=OuterRef("pk"), at__lt=OuterRef("ballot__closes_at"))
    newest = said.order_by("-id")
    return rows.annotate(
        last=Subquery(newest.values("choice")[:1]), minutes=Subquery(newest.values("minutes")[:1])
    )


def _views(rows: "QuerySet[Ballot]", now: datetime) -> tuple[BallotView, ...]:
    found = list(rows.select_related("by", "withdrawal").annotate(county=F("cooperative__county_id")))
    tallies = _tallies([row.pk for row in found])
    return tuple(_view(row, tallies[row.pk], now) for row in found)


def _view(row: Ballot, tally: Tally, now: datetime) -> BallotView:
    withdrawal = getattr(row, "withdrawal", None)
    return BallotView(
        id=row.pk,
        cooperative_id=row.cooperative_id,
        county_id=row.county,  # type: ignore[attr-defined]  # annotated
        version_id=row.version_id,
        question=row.question,
        weighty=row.weighty,
        opened_by=row.by.display_name,
        opened_at=row.at,
        closes_at=row.closes_at,
        outcome=outcome(
            tally,
            weighty=row.weighty,
            withdrawn=withdrawal is not None,
            closes_at=row.closes_at,
            now=now,
        ),
        tally=tally,
        withdrawn_why=withdrawal.why if withdrawal else "",
    )


def _tallies(ballot_ids: list[int]) -> Mapping[int, Tally]:
    rows = _with_last(BallotVoter.objects.filter(ballot_id__in=ballot_ids))
    by_ballot: dict[int, list[tuple[int, str | None, str | None]]] = {one: [] for one in ballot_ids}
    for ballot_id, *voter in rows.values_list("ballot_id", "votes", "last", "minutes"):
        by_ballot[ballot_id].append((voter[0], voter[1], voter[2]))
    return {ballot_id: _tally(voters) for ballot_id, voters in by_ballot.items()}


def _tally(voters: list[tuple[int, str | None, str | None]]) -> Tally:
    votes = {choice: sum(n for n, last, _m in voters if last == choice.value) for choice in Choice}
    said = [minutes for _n, last, minutes in voters if last is not None]
    return Tally(
        votes=votes,
        took_part=len(said),
        households=len(voters),
        all_votes=sum(n for n, _last, _m in voters),
        from_minutes=sum(1 for minutes in said if minutes),
    )
