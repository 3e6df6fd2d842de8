"""What is refused about writing to each other."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcast.kit.errors import Problem, Sentence


class NothingWritten(Problem):
    """A letter without words, or with more than fit."""

    code = "nothing_written"
    status = 422
    sentence: ClassVar[Sentence] = _("Write something: 1 to %(most)s letters.")
    next_step: ClassVar[Sentence] = _("Photos alone are no letter; say in a word what is on them.")


class NoReason(Problem):
    """A question is left without an answer, and nobody would know why."""

    code = "no_reason"
    status = 422
    sentence: ClassVar[Sentence] = _("Say why no answer is needed: 1 to %(most)s letters.")
    next_step: ClassVar[Sentence] = _("It is kept for your cooperative; the buyer does not see it.")


class ClosedForNothing(Problem):
    """A conversation is closed, and nobody would know why."""

    code = "closed_for_nothing"
    status = 422
    sentence: ClassVar[Sentence] = _("Say why you close it: 1 to %(most)s letters.")
    next_step: ClassVar[Sentence] = _("It is kept with your name; the buyer reads the words alone.")


class ConversationClosed(Problem):
    """Nothing more is written into it."""

    code = "conversation_closed"
    status = 409
    sentence: ClassVar[Sentence] = _("This conversation is closed; nothing more is written into it.")
    next_step: ClassVar[Sentence] = _(
        "Its buyer may still write to the county, and ask for money back on the order."
    )


class ConversationOpen(Problem):
    """Whoever can write to the seller does."""

    code = "conversation_open"
    status = 409
    sentence: ClassVar[Sentence] = _("This conversation is open: write to the seller.")
    next_step: ClassVar[Sentence] = _("If they do not answer in time, the county reads it.")


class NobodyToAsk(Problem):
    """A county without an authority."""

    code = "nobody_to_ask"
    status = 409
    sentence: ClassVar[Sentence] = _("There is nobody at this county's authority who could read it.")
    next_step: ClassVar[Sentence] = _("Ask the county's service centre.")


class NothingWaits(Problem):
    """It was answered meanwhile."""

    code = "nothing_waits"
    status = 409
    sentence: ClassVar[Sentence] = _("Nobody waits for an answer here any more.")
    next_step: ClassVar[Sentence] = _("Read what was written last.")


class NotPaidYet(Problem):
    """Nobody writes first to somebody who only looks."""

    code = "not_paid_yet"
    status = 409
    sentence: ClassVar[Sentence] = _("This order is not paid, so its buyer is not written to.")
    next_step: ClassVar[Sentence] = _("Wait until it is paid, or until its buyer writes.")


class TooManyLetters(Problem):
    """More letters than somebody reads."""

    code = "too_many_letters"
    status = 429
    sentence: ClassVar[Sentence] = _(
        "You have written %(most)s letters within an hour; no more are taken now."
    )
    next_step: ClassVar[Sentence] = ngettext_lazy(
        "Send it in %(minutes)s minute.", "Send it in %(minutes)s minutes.", "minutes"
    )


class TooManyConversations(Problem):
    """Somebody writes to everyone."""

    code = "too_many_conversations"
    status = 429
    sentence: ClassVar[Sentence] = _(
        "You have begun %(most)s conversations within an hour; no more are begun now."
    )
    next_step: ClassVar[Sentence] = ngettext_lazy(
        "Send it in %(minutes)s minute, or write where you have written before.",
        "Send it in %(minutes)s minutes, or write where you have written before.",
        "minutes",
    )


class AccountEnded(Problem):
    """Somebody whose account was ended while they were signed in."""

    code = "account_ended"
    status = 403
    sentence: ClassVar[Sentence] = _("Your account is not active, so nothing of yours is sent.")
    next_step: ClassVar[Sentence] = _("The county's service centre can tell you why.")
