"""What members are told about votes, and what they are asked on the desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import ANSWERABLE, OrganisationKind, Role, SignedIn
from fieldcast.agreements.votes.models import Ballot, BallotVoter
from fieldcast.agreements.votes.types import BallotView, Outcome
from fieldcast.desk import operations as desk_operations
from fieldcast.desk.kinds import Kind as DeskKind
from fieldcast.desk.kinds import register as register_item
from fieldcast.desk.types import Owner
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import MOST_LETTERS, Kind, register
from fieldcast.inbox.types import Letter

VOTE = register_item(
    DeskKind(
        code="members_vote",
        asks=gettext_lazy("Your cooperative asks its members: %(question)s"),
        hint=gettext_lazy("One household, one vote. You may change your mind until the vote ends."),
        way=gettext_lazy("Read and vote"),
        working_days=5,
        in_words=False,
    )
)
VOTED = gettext_noop("Voted.")
OVER = gettext_noop("The vote is over.")
CALLED_OFF = gettext_noop("The vote was called off.")


@register
@dataclass(frozen=True)
class VoteCalled(Kind):
    """A cooperative asks its members."""

    name: ClassVar[str] = "vote_called"
    question: str

    @property
    def sentence(self) -> str:
        """What is asked."""
        return _("Your cooperative asks its members: %(question)s") % {"question": self.question}


@register
@dataclass(frozen=True)
class VoteOver(Kind):
    """A vote came out."""

    name: ClassVar[str] = "vote_over"
    question: str
    outcome: str

    @property
    def sentence(self) -> str:
        """What was asked, and how it came out."""
        said = {
            Outcome.PASSED.value: _("The members passed it: %(question)s"),
            Outcome.REJECTED.value: _("The members did not pass it: %(question)s"),
        }.get(self.outcome, _("Too few members took part: %(question)s"))
        return said % {"question": self.question}


def subject(*, ballot_id: int, household_id: int) -> str:
    """The desk's name for a household's vote."""
    return f"{ballot_id}:{household_id}"


def called(row: Ballot, *, county_id: int, household_ids: list[int], by: SignedIn, now: datetime) -> None:
    """Ask every member, until the vote ends."""
    places = _places(row.pk, household_ids)
    for household_id in household_ids:
        desk_operations.open_item(
            kind=VOTE,
            subject=subject(ballot_id=row.pk, household_id=household_id),
            county_id=county_id,
            owner=Owner(household_id, Role.STAFF),
            facts={"question": row.question, "place": places[household_id]},
            due_at=row.closes_at,
            by=by,
            now=now,
        )
    people = accounts.people_of(organisation_ids=set(household_ids), roles=ANSWERABLE)
    letters = [
        Letter(
            to=people.get(household_id, ()),
            county_id=county_id,
            what=VoteCalled(question=row.question[:MOST_LETTERS]),
            link=places[household_id],
            once_key=f"vote:{row.pk}:{household_id}",
        )
        for household_id in household_ids
    ]
    inbox_operations.send(letters=letters, now=now)


def voted(voter: BallotVoter, *, by: SignedIn, now: datetime) -> None:
    """A household has answered."""
    about = subject(ballot_id=voter.ballot_id, household_id=voter.household_id)
    desk_operations.finish(kind=VOTE, subject=about, by=by, words=VOTED, now=now)


def ask_no_more(
    ballot_id: int, *, household_ids: list[int], by: SignedIn | None, words: str, now: datetime
) -> None:
    """Nobody has to answer any more."""
    for household_id in household_ids:
        about = subject(ballot_id=ballot_id, household_id=household_id)
        desk_operations.withdraw(kind=VOTE, subject=about, by=by, words=words, now=now)


def over(ballot: BallotView, *, household_ids: list[int], now: datetime) -> None:
    """How it came out, to everyone who was asked and to the cooperative."""
    ask_no_more(ballot.id, household_ids=household_ids, by=None, words=OVER, now=now)
    everyone = [*household_ids, ballot.cooperative_id]
    places = {**_places(ballot.id, household_ids), ballot.cooperative_id: f"/coop/votes/{ballot.id}/"}
    people = accounts.people_of(organisation_ids=set(everyone), roles=ANSWERABLE)
    letters = [
        Letter(
            to=people.get(one, ()),
            county_id=ballot.county_id,
            what=VoteOver(question=ballot.question[:MOST_LETTERS], outcome=ballot.outcome.value),
            link=places[one],
            once_key=f"vote-over:{ballot.id}:{one}",
        )
        for one in everyone
    ]
    inbox_operations.send(letters=letters, now=now)


def _places(ballot_id: int, member_ids: list[int]) -> dict[int, str]:
    """Where each member votes: a household on its farm's page, a cooperative of a federation on its own."""
    kinds = {one.id: one.kind for one in accounts.organisations_by_ids(ids=set(member_ids)).values()}
    farm, coop = f"/farm/votes/{ballot_id}/", f"/coop/votes/{ballot_id}/ours/"
    return {one: farm if kinds[one] is OrganisationKind.HOUSEHOLD else coop for one in member_ids}
