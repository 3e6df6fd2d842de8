"""What is refused about invitations."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence


class RoleTooHigh(Problem):
    """Nobody gives what they have not."""

    code = "role_too_high"
    status = 422
    sentence: ClassVar[Sentence] = _("This role is above your own there.")
    next_step: ClassVar[Sentence] = _("Choose a lower one, or ask an owner to invite.")


class InvitesOneself(Problem):
    """One's own number."""

    code = "invites_oneself"
    status = 422
    sentence: ClassVar[Sentence] = _("This is your own number.")
    next_step: ClassVar[Sentence] = _("Enter the number of whoever is to come.")


class MemberAlready(Problem):
    """They are there."""

    code = "member_already"
    status = 409
    sentence: ClassVar[Sentence] = _("This number belongs to somebody who works there already.")
    next_step: ClassVar[Sentence] = _("An administrator can change a role that somebody has.")


class InvitationWaits(Problem):
    """One invitation of a number to a place at a time."""

    code = "invitation_waits"
    status = 409
    sentence: ClassVar[Sentence] = _("This number is invited there already.")
    next_step: ClassVar[Sentence] = _("Wait for the answer, or take that invitation back first.")


class TooManyInvitations(Problem):
    """More in an hour than anybody types by hand."""

    code = "too_many_invitations"
    status = 429
    sentence: ClassVar[Sentence] = _("You have invited %(most)s numbers within an hour.")
    next_step: ClassVar[Sentence] = _("Go on in an hour.")


class InvitationEnded(Problem):
    """It was answered, taken back, or its two weeks are over."""

    code = "invitation_ended"
    status = 409
    sentence: ClassVar[Sentence] = _("This invitation does not stand any more.")
    next_step: ClassVar[Sentence] = _("Ask for a new one if you still want to come.")
