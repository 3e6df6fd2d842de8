"""Writes of votes: a vote is called, households say what they want, and it ends by itself.

Two people of a household at once both write; the newer word counts. A vote on a version is called under a lock of the
version, so that there are not two. What is said, called off or over of one vote comes one after the other: how it came
out is written down once, and no word is counted after it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import allowed, require
from fieldcast.accounts.types import LegalForm, OrganisationKind, SignedIn
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.models import Agreement
from fieldcast.agreements.types import VersionView
from fieldcast.agreements.votes import queries, told
from fieldcast.agreements.votes.counting import extra_at_most
from fieldcast.agreements.votes.models import (
    Ballot,
    BallotCast,
    BallotEnd,
    BallotVoter,
    BallotWithdrawal,
    MembersRule,
)
from fieldcast.agreements.votes.problems import (
    AgreedAlready,
    BadEnd,
    MembersAreVoting,
    MembersSaidNo,
    MembersVoteFirst,
    NoMembers,
    NotOnTheRoll,
    SaysItself,
    TooManyExtraVotes,
    VotedOnAlready,
    VoteOver,
)
from fieldcast.agreements.votes.types import BallotView, Choice, Outcome
from fieldcast.catalog.members import household_ids
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import must_say, said

AT_ONCE = 200
SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=60)


def put_terms_first(*, by: SignedIn, cooperative_id: int, votes_first: bool, why: str, now: datetime) -> None:
    """From now on the members vote on terms before the cooperative agrees, or no longer.

    Raises `NotFound` for strangers, `SaysNothing`.
    """
    require(by, "agreements.speak_for_members", cooperative_id)
    MembersRule.objects.create(
        cooperative_id=cooperative_id,
        votes_first=votes_first,
        why=must_say(why, field="why")[:200],
        by_id=by.pk,
        at=now,
    )


@transaction.atomic
def call(
    *,
    by: SignedIn,
    cooperative_id: int,
    question: str,
    closes_at: datetime,
    now: datetime,
    version_id: int | None = None,
    weighty: bool = False,
    extra: Mapping[int, int] | None = None,
) -> BallotView:
    """Ask all members. The roll is who is a member now; `extra`: additional votes by household.

    Raises `NotFound` for strangers and another cooperative's version, `NoMembers`, `BadEnd`, `TooManyExtraVotes`,
    `VotedOnAlready`, `AgreedAlready`, `SaysNothing`.
    """
    require(by, "agreements.speak_for_members", cooperative_id)
    if not SHORTEST <= closes_at - now <= LONGEST:
        raise BadEnd
    members = sorted(members_of(cooperative_id=cooperative_id))
    if not members:
        raise NoMembers
    given = {household: votes for household, votes in (extra or {}).items() if votes}
    _check_extra(given, members)
    if version_id is not None:
        _check_version(version_id, cooperative_id, now)
    row = Ballot.objects.create(
        cooperative_id=cooperative_id,
        version_id=version_id,
        question=must_say(question, field="question")[:200],
        weighty=weighty,
        by_id=by.pk,
        at=now,
        closes_at=closes_at,
    )
    BallotVoter.objects.bulk_create(
        BallotVoter(ballot=row, household_id=household, votes=1 + given.get(household, 0))
        for household in members
    )
    county_id = accounts.organisation(organisation_id=cooperative_id).county_id
    told.called(row, county_id=county_id, household_ids=members, by=by, now=now)
    return queries.ballot(ballot_id=row.pk, now=now)


@transaction.atomic
def cast(
    *, by: SignedIn, ballot_id: int, household_id: int, choice: Choice, now: datetime, minutes: str = ""
) -> None:
    """Say what a household wants; said again, the newer word counts.

    `minutes`: the cooperative writes it down for a household that has not said anything itself, from these minutes.
    Raises `NotFound` for strangers, `NotOnTheRoll`, `VoteOver`, `SaysItself`, `SaysNothing`.
    """
    ballot = _locked(ballot_id, now)
    household = accounts.organisation(organisation_id=household_id)
    at_home = household.kind is OrganisationKind.HOUSEHOLD
    speaks = "accounts.work_in_organisation" if at_home else "accounts.manage_organisation"
    itself = allowed(by, speaks, household)
    if not itself:
        require(by, "agreements.speak_for_members", ballot.cooperative_id)
    voter = BallotVoter.objects.filter(ballot_id=ballot_id, household_id=household_id).first()
    if voter is None:
        raise NotOnTheRoll
    if _is_over(ballot):
        raise VoteOver
    if not itself and BallotCast.objects.filter(voter=voter, minutes="").exists():
        raise SaysItself
    BallotCast.objects.create(
        voter=voter,
        choice=choice.value,
        minutes="" if itself else must_say(minutes, field="minutes")[:200],
        by_id=by.pk,
        at=now,
    )
    told.voted(voter, by=by, now=now)
    after = queries.ballot(ballot_id=ballot_id, now=now)
    if not after.open:  # the last household has spoken
        _end(ballot_id, now=now)


@transaction.atomic
def call_off(*, by: SignedIn, ballot_id: int, why: str, now: datetime) -> None:
    """Call an open vote off; what was said stays written. Raises `NotFound`, `VoteOver`, `SaysNothing`."""
    ballot = _locked(ballot_id, now)
    require(by, "agreements.speak_for_members", ballot.cooperative_id)
    if _is_over(ballot):
        raise VoteOver
    _row, made = BallotWithdrawal.objects.get_or_create(
        ballot_id=ballot_id, defaults={"why": must_say(why, field="why")[:200], "by_id": by.pk, "at": now}
    )
    if made:
        members = [one.household_id for one in queries.roll(ballot_id=ballot_id)]
        told.ask_no_more(ballot_id, household_ids=members, by=by, words=told.CALLED_OFF, now=now)


def end_due(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Write down how votes came out that are over, once each, and tell everyone; returns how many ended."""
    return sum(_end(ballot.id, now=now) for ballot in queries.over_and_not_told(now=now, limit=limit))


def must_have_passed(version: VersionView, *, now: datetime) -> None:
    """Before the cooperative agrees: its members have a say where it asks them.

    Raises `MembersVoteFirst`, `MembersAreVoting`, `MembersSaidNo`.
    """
    ballots = [
        one
        for one in queries.ballots_on(version_id=version.id, now=now)
        if one.outcome is not Outcome.WITHDRAWN
    ]
    if any(one.open for one in ballots):
        raise MembersAreVoting
    if any(one.outcome is Outcome.PASSED for one in ballots):
        return
    if ballots:
        raise MembersSaidNo
    if queries.votes_first(cooperative_id=version.cooperative_id):
        raise MembersVoteFirst


def members_of(*, cooperative_id: int) -> frozenset[int]:
    """Who has a voice: the member households; of a federation its member cooperatives, one vote each."""
    if accounts.organisation(organisation_id=cooperative_id).form is LegalForm.FEDERATION:
        return accounts.federation_members(federation_id=cooperative_id)
    return household_ids(cooperative_id=cooperative_id)


def _check_extra(given: Mapping[int, int], members: list[int]) -> None:
    total, most = sum(given.values()), extra_at_most(len(members))
    if set(given) - set(members):
        raise NotOnTheRoll
    if any(votes < 0 for votes in given.values()) or total > most:
        raise TooManyExtraVotes(given=said(str(total)), households=len(members), most=most)


def _check_version(version_id: int, cooperative_id: int, now: datetime) -> None:
    version = agreements.version(version_id=version_id)
    if version.cooperative_id != cooperative_id:
        raise NotFound("agreement")
    # agreements are rows that may be locked; versions are append-only
    Agreement.objects.select_for_update().get(id=version.agreement_id)
    if any(one.organisation_id == cooperative_id for one in agreements.consents_of(version_id=version_id)):
        raise AgreedAlready
    standing = queries.ballots_on(version_id=version_id, now=now)
    if any(one.outcome in (Outcome.OPEN, Outcome.PASSED) for one in standing):
        raise VotedOnAlready


def _end(ballot_id: int, *, now: datetime) -> bool:
    """Write down how a vote came out and tell everyone, once; whoever comes second waits and changes nothing."""
    with transaction.atomic():
        ballot = _locked(ballot_id, now)
        if ballot.outcome in (Outcome.OPEN, Outcome.WITHDRAWN):  # called off meanwhile
            return False
        _row, made = BallotEnd.objects.get_or_create(
            ballot_id=ballot_id, defaults={"outcome": ballot.outcome.value, "at": now}
        )
        if made:
            members = [one.household_id for one in queries.roll(ballot_id=ballot_id)]
            told.over(ballot, household_ids=members, now=now)
    return made


def _is_over(ballot: BallotView) -> bool:
    """Has it ended, or was its end written down while somebody who began before it waited for the lock?"""
    return not ballot.open or BallotEnd.objects.filter(ballot_id=ballot.id).exists()


def _locked(ballot_id: int, now: datetime) -> BallotView:
    """A vote, once nobody else says anything in it or ends it meanwhile. Raises `NotFound`.

    An advisory lock, because the platform's user may not lock rows that it may never change.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"fieldcast.ballot:{ballot_id}"]
        )
    return queries.ballot(ballot_id=ballot_id, now=now)
