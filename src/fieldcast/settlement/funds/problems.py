"""What is refused about money out of a county's funds."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import yuan


class BelowFloor(Problem):
    """A fund would fall below its floor: a person decides."""

    code = "below_floor"
    status = 409
    sentence: ClassVar[Sentence] = _("A fund would fall below its floor for ¥%(wanted)s: a person decides.")
    next_step: ClassVar[Sentence] = _("Ask for it: somebody of the authority approves or declines it.")

    def __init__(self, *, wanted_fen: int) -> None:
        super().__init__(wanted_fen=wanted_fen, wanted=yuan(wanted_fen))


class AskAnswered(Problem):
    """It was approved or declined before."""

    code = "ask_answered"
    status = 409
    sentence: ClassVar[Sentence] = _("This payment was decided on already.")
    next_step: ClassVar[Sentence] = _("Read below what was decided and why.")


class AskedYourself(Problem):
    """Whoever asks for money does not approve it while the authority has somebody else."""

    code = "asked_yourself"
    status = 409
    sentence: ClassVar[Sentence] = _("You asked for this payment yourself: somebody else decides on it.")
    next_step: ClassVar[Sentence] = _("Hand it to another person of your office.")
