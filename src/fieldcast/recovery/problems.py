"""Why no code is made, or none is taken."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcast.kit.errors import Problem


class TooManyLookUps(Problem):
    """A clerk has looked up too many people."""

    code = "too_many_look_ups"
    status = 429
    sentence = _("You have looked up as many people as one may in an hour.")
    next_step = ngettext_lazy(
        "Go on in %(minutes)s minute, or ask somebody else of the centre.",
        "Go on in %(minutes)s minutes, or ask somebody else of the centre.",
        "minutes",
    )


class OwnPassword(Problem):
    """A clerk and the person who is helped are the same."""

    code = "own_password"
    status = 409
    sentence = _("You cannot make a code for yourself.")
    next_step = _("Change your password under “Me”, or ask somebody else of the centre.")


class NotAtACentre(Problem):
    """Officers and administrators are not helped at a counter: who holds their password holds the county."""

    code = "not_at_a_centre"
    status = 409
    sentence = _("The password of somebody of the county's authority or an administrator is not reset here.")
    next_step = _("They ask whoever runs this installation.")


class AccountClosed(Problem):
    """The account is closed."""

    code = "account_closed"
    status = 409
    sentence = _("This account is closed, so a new password would open nothing.")
    next_step = _("Ask whoever runs this installation why.")


class TwoMembers(Problem):
    """Who is known to others is known to two."""

    code = "two_members"
    status = 422
    sentence = _("Name two members who know this person: one is not enough.")
    next_step = _("Write both names, or look at an identity card or a household book.")


class WrongCode(Problem):
    """The number and the code do not go together, now; which of the two it is, is not said."""

    code = "wrong_code"
    status = 409
    sentence = _("This code is not right for this number, or its time is over.")
    next_step = _("Look at both once more. After five wrong tries a code ends, and you need a new one.")


class TooManyCodes(Problem):
    """Too many codes were tried, or asked for."""

    code = "too_many_codes"
    status = 429
    sentence = _("That was too often in a short time.")
    next_step = ngettext_lazy(
        "Try again in %(minutes)s minute.", "Try again in %(minutes)s minutes.", "minutes"
    )


class NoWayToPhones(Problem):
    """The installation cannot send anything to phones."""

    code = "no_way_to_phones"
    status = 409
    sentence = _("No code can be sent to phones here.")
    next_step = _("Get one at the service centre.")
