"""Why an item is not answered or handed over."""

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem


class ItemEnded(Problem):
    """Somebody was quicker, or it is not asked any more."""

    code = "item_ended"
    status = 409
    sentence = _("Nobody has to answer this any more.")
    next_step = _("Its history says who answered it, or why it was taken back.")


class ItemOffered(Problem):
    """It was handed to somebody who has said neither yes nor no."""

    code = "item_offered"
    status = 409
    sentence = _("It was handed to %(name)s, who has not said yet whether they take it.")
    next_step = _("Wait for their answer, or ask them to decline it.")


class WrongRecipient(Problem):
    """They could not answer it, or have it already."""

    code = "wrong_recipient"
    status = 422
    sentence = _("It cannot be handed to this person.")
    next_step = _("Choose someone else of the same organisation who may answer it.")


class HandedOnTooOften(Problem):
    """It went from hand to hand and nobody answered it."""

    code = "handed_on_too_often"
    status = 409
    sentence = _("It was handed on %(times)s times already, and cannot be handed on again.")
    next_step = _("Answer it, or talk to each other about who does.")


class WordsMissing(Problem):
    """An end without a word about it."""

    code = "words_missing"
    status = 422
    sentence = _("Say in a few words what was done, or why not: at most %(most)s letters.")
    next_step = _("Write it for whoever reads the history later.")


class AnsweredElsewhere(Problem):
    """Words do not answer it."""

    code = "answered_elsewhere"
    status = 409
    sentence = _("Words do not answer this: it ends when it is done where it belongs.")
    next_step = _("Open it, and answer there.")
