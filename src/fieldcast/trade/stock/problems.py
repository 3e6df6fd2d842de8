"""What is refused about a lot's units."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence


class AboveFreeUnits(Problem):
    """More than the lot has left that is not offered, sold or lost."""

    code = "above_free_units"
    status = 409
    sentence: ClassVar[Sentence] = _("That takes %(wanted)s %(unit)s, and lot %(lot)s has %(free)s free.")
    next_step: ClassVar[Sentence] = _(
        "Take at most %(free)s, or free some by closing another offer of this lot."
    )


class NotALowerGrade(Problem):
    """What is sorted out of a lot is of a lower grade than the lot."""

    code = "not_a_lower_grade"
    status = 409
    sentence: ClassVar[Sentence] = _("What is sorted out has a lower grade than the lot.")
    next_step: ClassVar[Sentence] = _("Choose a lower grade, or write it off.")


class BadWriteOff(Problem):
    """A loss of nothing, or without a reason."""

    code = "bad_write_off"
    sentence: ClassVar[Sentence] = _("Say how many units were lost, and why.")
    next_step: ClassVar[Sentence] = _("Enter a number above zero and a few words, such as “frost damage”.")
