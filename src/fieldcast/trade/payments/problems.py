"""What is refused about paying."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence


class HoldOver(Problem):
    """The time to pay is over; the packs go back."""

    code = "hold_over"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "The time to pay for this order is over, and its packs went back on sale."
    )
    next_step: ClassVar[Sentence] = _("Order again if there are some left.")
