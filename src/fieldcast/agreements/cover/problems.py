"""What the cover refuses."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import yuan


class SlipUsed(Problem):
    """The bank slip was written down before, for other money."""

    code = "slip_used"
    status = 409
    sentence: ClassVar[Sentence] = _("Bank slip %(slip)s is written down already: ¥%(amount)s for %(party)s.")
    next_step: ClassVar[Sentence] = _("Look at the slip again; each is written down once.")

    def __init__(self, *, slip: str, amount_fen: int, party: str) -> None:
        super().__init__(slip=slip, amount_fen=amount_fen, amount=yuan(amount_fen), party=party)


class BadSlip(Problem):
    """Not the number of a bank slip."""

    code = "bad_slip"
    status = 422
    sentence: ClassVar[Sentence] = _("A bank slip's number has 4 to 40 letters, digits and hyphens.")
    next_step: ClassVar[Sentence] = _("Copy it from the bank's receipt.")


class BadSum(Problem):
    """An amount that no bank slip is about."""

    code = "bad_sum"
    status = 422
    sentence: ClassVar[Sentence] = _("The amount is from ¥%(least)s to ¥%(most)s.")
    next_step: ClassVar[Sentence] = _("Check it for a digit too many.")

    def __init__(self, *, least_fen: int, most_fen: int) -> None:
        super().__init__(least=yuan(least_fen), most=yuan(most_fen))


class NotACooperative(Problem):
    """Deposits and backing are for the county's cooperatives."""

    code = "not_a_cooperative"
    status = 422
    sentence: ClassVar[Sentence] = _("This is not a cooperative of the county.")
    next_step: ClassVar[Sentence] = _("Choose one from the list.")


class FundUnnamed(Problem):
    """A fund without a name of its own."""

    code = "fund_unnamed"
    status = 422
    sentence: ClassVar[Sentence] = _("A fund has a name of 2 to 60 characters that no other fund has.")
    next_step: ClassVar[Sentence] = _("Give it the name it has on paper.")


class FundTooSmall(Problem):
    """A fund promises no more than it has."""

    code = "fund_too_small"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "The fund has ¥%(free)s that stand behind nobody yet, and this limit needs ¥%(wanted)s of it."
    )
    next_step: ClassVar[Sentence] = _("Write down more money for the fund, or set a lower limit.")

    def __init__(self, *, free_fen: int, wanted_fen: int) -> None:
        super().__init__(
            free_fen=free_fen, wanted_fen=wanted_fen, free=yuan(free_fen), wanted=yuan(wanted_fen)
        )


class DepositBound(Problem):
    """A deposit that stands behind promises stays."""

    code = "deposit_bound"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "¥%(free)s of the deposit can go back; the rest stands behind what is sold or owed."
    )
    next_step: ClassVar[Sentence] = _("Give back at most that, or wait until those sales are settled.")

    def __init__(self, *, free_fen: int) -> None:
        super().__init__(free_fen=free_fen, free=yuan(free_fen))
