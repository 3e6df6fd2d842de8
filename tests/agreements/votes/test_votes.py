"""Members vote on terms: the roll is fixed, the last word counts, and the cooperative agrees to what they passed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.votes import operations, problems, queries
from fieldcast.agreements.votes.told import VOTE, subject
from fieldcast.agreements.votes.types import BallotView, Choice, Outcome
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.members import household_ids
from fieldcast.desk import queries as desk
from fieldcast.desk.types import ItemState
from fieldcast.inbox import queries as inbox
from fieldcast.kit.errors import NotFound
from tests.factories.accounts import NOW, make_federation, make_member, make_organisation
from tests.factories.catalog import make_plot
from tests.factories.market import Stall, make_stall

pytestmark = pytest.mark.django_db
END = NOW + timedelta(days=3)


@pytest.fixture
def stall() -> Stall:
    """A cooperative of three households that puts terms to them first, with a version that nobody agreed to."""
    found = make_stall(agreed=False)
    for _more in range(2):
        make_plot(county_id=found.county_id, cooperative=found.cooperative)
    operations.put_terms_first(
        by=found.chief, cooperative_id=found.cooperative.id, votes_first=True, why="章程第九条", now=NOW
    )
    version = agreements_operations.revise(
        by=found.chief, agreement_id=found.version.agreement_id, terms=found.version.terms, now=NOW
    )
    return replace(found, version=version)


def agree(stall: Stall) -> None:
    agreements_operations.consent(
        by=stall.chief,
        version_id=stall.version.id,
        organisation_id=stall.cooperative.id,
        now=NOW + timedelta(hours=1),
    )


def members(stall: Stall) -> list[int]:
    return sorted(household_ids(cooperative_id=stall.cooperative.id))


def call(stall: Stall, **changes: object) -> BallotView:
    asked = {"question": "Are these terms right?", "closes_at": END, "version_id": stall.version.id} | changes
    return operations.call(by=stall.chief, cooperative_id=stall.cooperative.id, now=NOW, **asked)  # type: ignore[arg-type]


def head_of(household_id: int) -> object:
    return make_member(organisation=accounts.organisation(organisation_id=household_id), name="户主")


def say(ballot: BallotView, household_id: int, choice: Choice, *, after: int = 1, **how: object) -> None:
    by = how.pop("by", None) or head_of(household_id)
    operations.cast(
        by=by,  # type: ignore[arg-type]
        ballot_id=ballot.id,
        household_id=household_id,
        choice=choice,
        now=NOW + timedelta(minutes=after),
        **how,  # type: ignore[arg-type]
    )


def test_three_households_vote_and_the_cooperative_may_agree(stall: Stall) -> None:
    assert agreements.consents_of(version_id=stall.version.id) == ()  # writing terms down agrees to nothing
    with pytest.raises(problems.MembersVoteFirst):
        agree(stall)
    ballot = call(stall)
    one, two, three = members(stall)
    asked = desk.item_about(kind=VOTE.code, subject=subject(ballot_id=ballot.id, household_id=one))
    assert asked is not None
    assert asked.state is ItemState.WAITING
    assert asked.due_at == END
    say(ballot, one, Choice.NO)
    say(ballot, one, Choice.YES, after=2)  # it may change its mind
    say(ballot, two, Choice.YES)
    with pytest.raises(problems.MembersAreVoting):
        agree(stall)
    say(ballot, three, Choice.ABSTAIN)
    with pytest.raises(problems.VoteOver):
        say(ballot, three, Choice.NO, after=3)
    found = queries.ballot(ballot_id=ballot.id, now=NOW + timedelta(minutes=5))
    assert (found.outcome, dict(found.tally.votes)) == (
        Outcome.PASSED,
        {Choice.YES: 2, Choice.NO: 0, Choice.ABSTAIN: 1},
    )
    agree(stall)
    assert [one.organisation_id for one in agreements.consents_of(version_id=stall.version.id)] == [
        stall.cooperative.id
    ]
    answered = desk.item_about(kind=VOTE.code, subject=subject(ballot_id=ballot.id, household_id=one))
    assert answered is not None
    assert answered.state is ItemState.DONE


def test_what_the_members_reject_the_cooperative_cannot_agree_to(stall: Stall) -> None:
    ballot = call(stall)
    for household in members(stall):
        say(ballot, household, Choice.NO)
    with pytest.raises(problems.MembersSaidNo):
        agree(stall)
    again = call(stall, question="And now?")  # another vote may be called on what was rejected
    with pytest.raises(problems.VotedOnAlready):
        call(stall)
    assert queries.ballots_on(version_id=stall.version.id, now=NOW)[0].id == again.id


def test_words_after_the_end_and_of_others_do_not_count(stall: Stall) -> None:
    ballot = call(stall)
    one, two, _three = members(stall)
    stranger = make_member(organisation=stall.host, name="外人")
    with pytest.raises(NotFound):
        say(ballot, one, Choice.YES, by=stranger)
    late = make_plot(county_id=stall.county_id, cooperative=stall.cooperative)
    newcomer = catalog.plot(plot_id=late).household_id
    with pytest.raises(problems.NotOnTheRoll):
        say(ballot, newcomer, Choice.YES)
    with pytest.raises(problems.VoteOver):
        operations.cast(
            by=head_of(two),  # type: ignore[arg-type]
            ballot_id=ballot.id,
            household_id=two,
            choice=Choice.YES,
            now=END,
        )
    assert queries.ballot(ballot_id=ballot.id, now=END).outcome is Outcome.TOO_FEW
    assert operations.end_due(now=END - timedelta(seconds=1)) == 0
    assert [operations.end_due(now=END) for _twice in range(2)] == [1, 0]
    item = desk.item_about(kind=VOTE.code, subject=subject(ballot_id=ballot.id, household_id=one))
    assert item is not None
    assert item.state is ItemState.WITHDRAWN  # nobody has to answer what is over
    (letter,) = inbox.messages(person_id=stall.chief.pk).items[:1]
    assert letter.sentence == "参加的成员不足：Are these terms right?"


def test_minutes_speak_only_for_households_that_said_nothing_themselves(stall: Stall) -> None:
    ballot = call(stall)
    one, two, _three = members(stall)
    say(ballot, one, Choice.NO)
    with pytest.raises(problems.SaysItself):
        say(ballot, one, Choice.YES, by=stall.chief, minutes="大会记录第 3 页", after=2)
    say(ballot, two, Choice.YES, by=stall.chief, minutes="大会记录第 3 页", after=2)
    found = queries.ballot(ballot_id=ballot.id, now=NOW + timedelta(minutes=5))
    assert (found.tally.took_part, found.tally.from_minutes) == (2, 1)
    say(ballot, two, Choice.NO, after=3)  # on its own phone it corrects what was written for it
    found = queries.ballot(ballot_id=ballot.id, now=NOW + timedelta(minutes=5))
    assert (found.tally.votes[Choice.NO], found.tally.from_minutes) == (2, 0)
    assert [voter.took_part for voter in queries.roll(ballot_id=ballot.id)].count(True) == 2


def test_additional_votes_are_bounded_and_a_vote_can_be_called_off(stall: Stall) -> None:
    one = members(stall)[0]
    with pytest.raises(problems.TooManyExtraVotes):
        call(stall, extra={one: 1})  # a fifth of three is none
    for wrong_end in (NOW + timedelta(minutes=1), NOW + timedelta(days=61)):
        with pytest.raises(problems.BadEnd):
            call(stall, closes_at=wrong_end)
    ballot = call(stall)
    operations.call_off(by=stall.chief, ballot_id=ballot.id, why="条款写错了", now=NOW + timedelta(minutes=1))
    assert queries.ballot(ballot_id=ballot.id, now=END).outcome is Outcome.WITHDRAWN
    item = desk.item_about(kind=VOTE.code, subject=subject(ballot_id=ballot.id, household_id=one))
    assert item is not None
    assert item.state is ItemState.WITHDRAWN
    with pytest.raises(problems.MembersVoteFirst):  # a vote that was called off is none
        agree(stall)
    operations.put_terms_first(
        by=stall.chief, cooperative_id=stall.cooperative.id, votes_first=False, why="大会决定", now=NOW
    )
    agree(stall)
    with pytest.raises(problems.AgreedAlready):
        call(stall)


def test_a_federation_asks_its_cooperatives_one_vote_each(stall: Stall) -> None:
    other = make_organisation(county_id=stall.county_id, kind=OrganisationKind.COOPERATIVE)
    federation, chief = make_federation(stall.county_id, of=[stall.cooperative, other])
    ballot = operations.call(
        by=chief, cooperative_id=federation.id, question="要不要共用冷库？", closes_at=END, now=NOW
    )
    assert [voter.household_id for voter in queries.roll(ballot_id=ballot.id)] == [
        stall.cooperative.id,
        other.id,
    ]
    packer = make_member(organisation=stall.cooperative, role=Role.STAFF)
    with pytest.raises(NotFound):  # who packs does not speak for the cooperative
        say(ballot, stall.cooperative.id, Choice.YES, by=packer)
    say(ballot, stall.cooperative.id, Choice.YES, by=stall.chief)
    say(ballot, other.id, Choice.YES, by=make_member(organisation=other))
    assert queries.ballot(ballot_id=ballot.id, now=NOW + timedelta(hours=1)).outcome is Outcome.PASSED
    (mine,) = inbox.messages(person_id=stall.chief.pk).items[:1]
    assert mine.sentence == "成员已通过：要不要共用冷库？"


def test_a_word_that_waited_while_the_end_was_written_down_is_not_counted_after_it(stall: Stall) -> None:
    ballot = call(stall)
    first, second, _third = members(stall)
    say(ballot, first, Choice.YES)
    assert operations.end_due(now=END) == 1
    late = {"after": 3 * 24 * 60 - 1}  # asked for in time, and its turn comes only now
    with pytest.raises(problems.VoteOver):
        say(ballot, second, Choice.YES, **late)
    with pytest.raises(problems.VoteOver):
        operations.call_off(by=stall.chief, ballot_id=ballot.id, why="算错了", now=END - timedelta(minutes=1))
    assert queries.ballot(ballot_id=ballot.id, now=END).outcome is Outcome.TOO_FEW
    assert operations.end_due(now=END) == 0
