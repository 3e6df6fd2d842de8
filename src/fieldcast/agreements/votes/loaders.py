"""Votes reach a view only through here."""

from datetime import datetime

from fieldcast.accounts.access import require
from fieldcast.accounts.types import Actor
from fieldcast.agreements.votes import queries
from fieldcast.agreements.votes.types import BallotView
from fieldcast.kit.errors import NotFound


def load_ballot(*, by: Actor, ballot_id: int, now: datetime) -> BallotView:
    """A vote for those who speak for the cooperative; else `NotFound`."""
    ballot = queries.ballot(ballot_id=ballot_id, now=now)
    require(by, "agreements.speak_for_members", ballot.cooperative_id)
    return ballot


def load_ballot_of_member(*, household_id: int, ballot_id: int, now: datetime) -> BallotView:
    """A vote in which a household has a voice; the caller has made sure who asks for it. Else `NotFound`."""
    ballot = queries.ballot(ballot_id=ballot_id, now=now)
    if household_id not in {one.household_id for one in queries.roll(ballot_id=ballot_id)}:
        raise NotFound("vote")
    return ballot
