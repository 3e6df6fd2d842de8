"""What is refused about orders of a stopped lot."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence


class OrderHeldBack(Problem):
    """A lot in the parcel may not be sold, and nobody said why it should go all the same. `lot` is its code."""

    code = "order_held_back"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "Lot %(lot)s is stopped, so this order is held back: it is neither packed nor sent."
    )
    next_step: ClassVar[Sentence] = _(
        "Give the money back, or send it all the same and say why: the buyer reads it."
    )


class NothingHeldBack(Problem):
    """No order of the lot is held back."""

    code = "nothing_held_back"
    status = 409
    sentence: ClassVar[Sentence] = _("No order of lot %(lot)s is held back.")
    next_step: ClassVar[Sentence] = _(
        "Look at the lot again: somebody may have given the money back already."
    )
