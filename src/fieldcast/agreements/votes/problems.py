"""What cannot be done about a vote, in the words of who wants to."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence


class NoMembers(Problem):
    """A cooperative without member households."""

    code = "no_members"
    status = 409
    sentence: ClassVar[Sentence] = _("No farm is a member of the cooperative: there is nobody to vote.")
    next_step: ClassVar[Sentence] = _("Farms join at the page for plots.")


class BadEnd(Problem):
    """A vote that ends too soon or too late."""

    code = "bad_end"
    status = 422
    sentence: ClassVar[Sentence] = _("A vote is open for an hour at least and sixty days at most.")
    next_step: ClassVar[Sentence] = _("Choose another day for its end.")


class TooManyExtraVotes(Problem):
    """More additional votes than the law allows."""

    code = "too_many_extra_votes"
    status = 422
    sentence: ClassVar[Sentence] = _(
        "%(given)s additional votes are too many: of %(households)s members it may be %(most)s together."
    )
    next_step: ClassVar[Sentence] = _("Additional votes are at most a fifth of the members' own (art. 22).")


class VotedOnAlready(Problem):
    """A second vote on a version that has one which is open or passed."""

    code = "voted_on_already"
    status = 409
    sentence: ClassVar[Sentence] = _("The members vote on this version already, or have agreed to it.")
    next_step: ClassVar[Sentence] = _("Look at that vote.")


class AgreedAlready(Problem):
    """A vote on terms that the cooperative has agreed to."""

    code = "agreed_already"
    status = 409
    sentence: ClassVar[Sentence] = _("The cooperative has agreed to this version already.")
    next_step: ClassVar[Sentence] = _(
        "Say on the page of votes that terms go to the members first, then write the next version."
    )


class VoteOver(Problem):
    """Something is said after the end."""

    code = "vote_over"
    status = 409
    sentence: ClassVar[Sentence] = _("This vote is over.")
    next_step: ClassVar[Sentence] = _("Look at how it came out.")


class NotOnTheRoll(Problem):
    """A household that was no member when the vote was called."""

    code = "not_on_the_roll"
    status = 409
    sentence: ClassVar[Sentence] = _("The household was no member when this vote was called.")
    next_step: ClassVar[Sentence] = _("It has a voice in the next one.")


class SaysItself(Problem):
    """The cooperative writes down over what a household said itself."""

    code = "says_itself"
    status = 409
    sentence: ClassVar[Sentence] = _("The household has said it itself; minutes do not change that.")
    next_step: ClassVar[Sentence] = _("It may change its mind on its own phone until the vote ends.")


class MembersVoteFirst(Problem):
    """The cooperative agrees to terms that its members have not passed."""

    code = "members_vote_first"
    status = 409
    sentence: ClassVar[Sentence] = _("The members vote on terms before the cooperative agrees to them.")
    next_step: ClassVar[Sentence] = _("Call a vote on this version, and agree once it has passed.")


class MembersAreVoting(Problem):
    """The cooperative agrees while its members vote."""

    code = "members_are_voting"
    status = 409
    sentence: ClassVar[Sentence] = _("The members are voting on this version.")
    next_step: ClassVar[Sentence] = _("Wait for the end, or call the vote off with a reason.")


class MembersSaidNo(Problem):
    """The cooperative agrees to what its members did not pass."""

    code = "members_said_no"
    status = 409
    sentence: ClassVar[Sentence] = _("The members have not passed this version.")
    next_step: ClassVar[Sentence] = _("Change the terms, or call another vote on them.")
