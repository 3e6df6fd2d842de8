"""What cannot be recorded under an agreement, in the words of who wants to."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence


class ServesThemselves(Problem):
    """A service entry for oneself."""

    code = "serves_themselves"
    status = 409
    sentence: ClassVar[Sentence] = _("Nobody earns points for a service to themselves.")
    next_step: ClassVar[Sentence] = _("Name who was served; they confirm it.")


class ServedConfirms(Problem):
    """Somebody else than the one who was served confirms a service."""

    code = "served_confirms"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "A service is confirmed by the one who was served, not by who wrote it down."
    )
    next_step: ClassVar[Sentence] = _("Ask somebody of the household or firm that was served.")


class InsideTheMonth(Problem):
    """Holders or weights change inside a month that has begun."""

    code = "inside_the_month"
    status = 409
    sentence: ClassVar[Sentence] = _("Shares stand until the month is over; the next ones begin on %(day)s.")
    next_step: ClassVar[Sentence] = _("Let the change begin on that day.")


class NotItsGoods(Problem):
    """A lot of another cooperative."""

    code = "not_its_goods"
    status = 409
    sentence: ClassVar[Sentence] = _("The lot %(lot)s is not the cooperative's of this agreement.")
    next_step: ClassVar[Sentence] = _("Choose one of its lots.")


class TooManyUnits(Problem):
    """More accepted than a lot has, or more taken back than was accepted."""

    code = "too_many_units"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "Between %(least)s and %(most)s can be recorded for the lot %(lot)s now."
    )
    next_step: ClassVar[Sentence] = _("Look at what was accepted of it.")


class MonthClosed(Problem):
    """The month's sheets are settled: nothing changes them."""

    code = "month_closed"
    status = 409
    sentence: ClassVar[Sentence] = _("That month is settled; nothing can be recorded in it any more.")
    next_step: ClassVar[Sentence] = _("It can be accepted until three days after a month is over.")


class BadFigure(Problem):
    """A count or sum that is not possible."""

    code = "bad_figure"
    status = 422
    sentence: ClassVar[Sentence] = _("A whole number between %(least)s and %(most)s is needed.")
    next_step: ClassVar[Sentence] = _("Correct it and send it again.")
