"""What is refused about money that goes back after a settlement."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import yuan


class NotSettledYet(Problem):
    """The line is not settled: its money goes back the ordinary way."""

    code = "not_settled_yet"
    status = 409
    sentence: ClassVar[Sentence] = _("This order is not settled yet.")
    next_step: ClassVar[Sentence] = _("Give the money back as of any order; nobody was paid out of it.")


class FundEmpty(Problem):
    """No fund of the county has what should go back."""

    code = "fund_empty"
    status = 409
    sentence: ClassVar[Sentence] = _("No fund of the county has ¥%(wanted)s free; the most is ¥%(free)s.")
    next_step: ClassVar[Sentence] = _(
        "Put money into a fund first. Nothing was changed, and the buyer was promised nothing."
    )

    def __init__(self, *, wanted_fen: int, free_fen: int) -> None:
        super().__init__(
            wanted_fen=wanted_fen, free_fen=free_fen, wanted=yuan(wanted_fen), free=yuan(max(0, free_fen))
        )


class NobodyBears(Problem):
    """A role that takes no part in the sale cannot bear its loss."""

    code = "nobody_bears"
    status = 422
    sentence: ClassVar[Sentence] = _("Nobody takes this part in the sale: %(role)s.")
    next_step: ClassVar[Sentence] = _("Choose who took part in it.")
