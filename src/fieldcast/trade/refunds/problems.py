"""What is refused about money going back."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import yuan


class BadAmount(Problem):
    """The amount of a refund is not above zero."""

    code = "bad_amount"
    sentence: ClassVar[Sentence] = _("A refund is more than nothing.")
    next_step: ClassVar[Sentence] = _("Enter how much goes back to the buyer.")


class AmountTooLarge(Problem):
    """More than was paid and not yet given back."""

    code = "amount_too_large"
    sentence: ClassVar[Sentence] = _("¥%(wanted)s is more than the ¥%(left)s that can still be refunded.")
    next_step: ClassVar[Sentence] = _("Refund ¥%(left)s or less.")

    def __init__(self, *, wanted_fen: int, left_fen: int) -> None:
        super().__init__(
            wanted_fen=wanted_fen, left_fen=left_fen, wanted=yuan(wanted_fen), left=yuan(left_fen)
        )


class AfterSaleOver(Problem):
    """The sale is final."""

    code = "after_sale_over"
    status = 409
    sentence: ClassVar[Sentence] = _("The time for refunds of this order is over.")
    next_step: ClassVar[Sentence] = _("Settle it with the buyer directly, or ask the county's authority.")


class RefundNotFailed(Problem):
    """Only a refund that the provider would not take is sent again by hand."""

    code = "refund_not_failed"
    status = 409
    sentence: ClassVar[Sentence] = _("This refund is under way or done.")
    next_step: ClassVar[Sentence] = _("Look at the order to see where it stands.")
