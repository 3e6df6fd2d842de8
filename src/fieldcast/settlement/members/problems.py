"""What cannot be written into a member's account."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence


class TooMuchTaken(Problem):
    """More is taken back than stands in the account."""

    code = "too_much_taken"
    status = 409
    sentence: ClassVar[Sentence] = _("Only ¥%(most)s stand in the account; no more can be taken back.")
    next_step: ClassVar[Sentence] = _("Look at the entries, and take back at most that much.")


class EntryImpossible(Problem):
    """An amount that is nothing or too much, or a day that has not come yet."""

    code = "entry_impossible"
    status = 422
    sentence: ClassVar[Sentence] = _(
        "An entry needs an amount up to ¥%(most)s and a day that is not to come."
    )
    next_step: ClassVar[Sentence] = _("Correct it and send it again.")
