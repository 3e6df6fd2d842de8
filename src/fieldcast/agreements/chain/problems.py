"""What cannot be written down as a long chain, in the words of who wants to. `stage` counts from 1."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence


class StagesMissing(Problem):
    """No stage, or too many."""

    code = "stages_missing"
    status = 422
    sentence: ClassVar[Sentence] = _(
        "A long chain has from one stage to %(most)s; %(given)s are written down."
    )
    next_step: ClassVar[Sentence] = _("Begin with the farmer, then whoever buys from them.")


class TwoFigures(Problem):
    """A stage with a sum and a part on top."""

    code = "two_figures"
    status = 422
    sentence: ClassVar[Sentence] = _("Stage %(stage)s says both a sum and a part on top.")
    next_step: ClassVar[Sentence] = _("Keep one of them; leave both empty where nobody knows.")


class FarmerInYuan(Problem):
    """The first stage is on top of nothing."""

    code = "farmer_in_yuan"
    status = 422
    sentence: ClassVar[Sentence] = _(
        "The first stage is the farmer, who buys from nobody: a part on top of nothing."
    )
    next_step: ClassVar[Sentence] = _("Write what is paid at the field in yuan, or leave it empty.")


class WhenceMissing(Problem):
    """A figure without its source or day, or of a day to come."""

    code = "whence_missing"
    status = 422
    sentence: ClassVar[Sentence] = _(
        "Stage %(stage)s gives a figure, but not where it is known from and of which day."
    )
    next_step: ClassVar[Sentence] = _("Write both; the day is today at the latest.")


class ConsumerWhenceMissing(Problem):
    """The consumer's price without its source or day, or of a day to come, or of nothing."""

    code = "consumer_whence_missing"
    status = 422
    sentence: ClassVar[Sentence] = _(
        "What the consumer pays needs a sum above zero, where it is known from and of which day."
    )
    next_step: ClassVar[Sentence] = _("Write all three, or leave all empty.")


class MoreThanConsumer(Problem):
    """The stages come to more than the consumer pays."""

    code = "more_than_consumer"
    status = 422
    sentence: ClassVar[Sentence] = _("The stages come to ¥%(stages)s, and the consumer pays ¥%(consumer)s.")
    next_step: ClassVar[Sentence] = _("Check that all figures are of the same number of units.")


class FigureOutOfRange(Problem):
    """A sum or a part that no market knows."""

    code = "figure_out_of_range"
    status = 422
    sentence: ClassVar[Sentence] = _("A figure of the chain is out of range.")
    next_step: ClassVar[Sentence] = _("Sums are from ¥0 to ¥1,000,000, parts on top from 0% to 1,000%.")
