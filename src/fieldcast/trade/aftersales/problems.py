"""What is refused about asking for money back."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence


class NotPossible(Problem):
    """What is said to be wrong cannot be known yet: the parcel was not sent."""

    code = "not_possible_yet"
    status = 409
    sentence: ClassVar[Sentence] = _("The parcel was not sent yet, so nobody has seen what is in it.")
    next_step: ClassVar[Sentence] = _("Say that it has not arrived, or something else.")


class NothingSaid(Problem):
    """A request, refusal or objection without words, or with more than fit."""

    code = "nothing_said"
    status = 422
    sentence: ClassVar[Sentence] = _("Say in a sentence what it is about: at most %(most)s letters.")
    next_step: ClassVar[Sentence] = _("Write it in your own words; whoever answers reads it.")


class PacksOrSum(Problem):
    """Neither packs nor a sum, or both, or more packs than were bought."""

    code = "packs_or_sum"
    status = 422
    sentence: ClassVar[Sentence] = _("Say how many packs it is about, 1 to %(packs)s, or which sum.")
    next_step: ClassVar[Sentence] = _("Fill in one of the two.")


class AlreadyAsked(Problem):
    """One request at a time, and none after a refusal: the buyer may object to that instead."""

    code = "already_asked"
    status = 409
    sentence: ClassVar[Sentence] = _("You have asked for money back for this order.")
    next_step: ClassVar[Sentence] = _("Look at the order to see how it stands.")


class RequestAnswered(Problem):
    """It does not wait for this answer any more, or not for an answer of this reader."""

    code = "request_answered"
    status = 409
    sentence: ClassVar[Sentence] = _("This request does not wait for your answer.")
    next_step: ClassVar[Sentence] = _("Its history says who answered it, and how.")


class WholeOrNothing(Problem):
    """A part of the price of a parcel that was not sent."""

    code = "whole_or_nothing"
    status = 409
    sentence: ClassVar[Sentence] = _("The parcel was not sent yet, so all ¥%(left)s go back or nothing.")
    next_step: ClassVar[Sentence] = _("Give all of it back, or send the parcel and answer then.")


class NotObjectable(Problem):
    """No answer to object to, or no decision to appeal against, or its time is over, or nobody decides."""

    code = "not_objectable"
    status = 409
    sentence: ClassVar[Sentence] = _("There is no answer here that you can object to.")
    next_step: ClassVar[Sentence] = _("Objecting is possible once, within two days of the seller's answer.")


class RemedyNotPossible(Problem):
    """Goods that nobody has cannot go back, be exchanged or be bad in part; a part is of damaged goods."""

    code = "remedy_not_possible"
    status = 409
    sentence: ClassVar[Sentence] = _("That cannot be asked for with what is wrong here.")
    next_step: ClassVar[Sentence] = _("Ask for the money, or choose what else is wrong.")


class BadPart(Problem):
    """No bad unit, or more than were bought."""

    code = "bad_part"
    status = 422
    sentence: ClassVar[Sentence] = _("Say how many of the %(units)s are bad: from 1 to all of them.")
    next_step: ClassVar[Sentence] = _("Count the bad ones; the sum is worked out from that.")


class SamePhotoTwice(Problem):
    """The very same picture twice in one request."""

    code = "same_photo_twice"
    status = 422
    sentence: ClassVar[Sentence] = _("One of the photos was chosen twice.")
    next_step: ClassVar[Sentence] = _("Leave one of the two out, or take another picture of it.")


class WhoBearsMissing(Problem):
    """The county gives money back and does not say who bears it."""

    code = "who_bears_missing"
    status = 422
    sentence: ClassVar[Sentence] = _("Say who bears what goes back.")
    next_step: ClassVar[Sentence] = _(
        "Choose by what caused it: grower, packer, carrier, host or the platform."
    )


class BearerNotInSale(Problem):
    """The county lets a role bear it that nobody took in this sale."""

    code = "bearer_not_in_sale"
    status = 422
    sentence: ClassVar[Sentence] = _("Nobody took this part in the sale, so nobody can bear it there.")
    next_step: ClassVar[Sentence] = _("Choose who took part in it.")


class DecidedBefore(Problem):
    """Whoever decided does not decide the appeal while the county has somebody else."""

    code = "decided_before"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "You decided this yourself: somebody else of the county decides the appeal."
    )
    next_step: ClassVar[Sentence] = _("Hand it to another person of your office.")


class NothingCameBack(Problem):
    """No goods of this request came back, or it was said before what became of them."""

    code = "nothing_came_back"
    status = 409
    sentence: ClassVar[Sentence] = _("No goods of this request wait to be looked at.")
    next_step: ClassVar[Sentence] = _("Read in its steps what became of them.")


class BadReturned(Problem):
    """More than came back."""

    code = "bad_returned"
    status = 422
    sentence: ClassVar[Sentence] = _("From 0 to %(units)s units can be put back; the rest is written off.")
    next_step: ClassVar[Sentence] = _("Count what is good enough to be sold.")


class NotExchangeable(Problem):
    """The parcel has not come, or comes back: there is nothing to exchange; or nothing of it was asked."""

    code = "not_exchangeable"
    status = 409
    sentence: ClassVar[Sentence] = _("Other goods cannot be sent for this request.")
    next_step: ClassVar[Sentence] = _("Give the money back, or send the parcel again.")
