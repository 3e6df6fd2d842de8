"""What the book refuses."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import yuan


class InsufficientFunds(Problem):
    """An account that must not go below zero has less to use than is wanted."""

    code = "insufficient_funds"
    status = 409
    sentence: ClassVar[Sentence] = _("There are ¥%(available)s to use, and ¥%(wanted)s are needed.")
    next_step: ClassVar[Sentence] = _("Put money in first, or ask for at most ¥%(available)s.")

    def __init__(self, *, party: str, purpose: str, available_fen: int, wanted_fen: int) -> None:
        super().__init__(
            party=party,
            purpose=purpose,
            available_fen=available_fen,
            wanted_fen=wanted_fen,
            available=yuan(available_fen),
            wanted=yuan(wanted_fen),
        )


class ClientIdReused(Problem):
    """The same client id came with another transfer or hold than the first time."""

    code = "client_id_reused"
    status = 409
    sentence: ClassVar[Sentence] = _("%(client_id)s was already used to move money in another way.")
    next_step: ClassVar[Sentence] = _("Nothing was moved. Start again with a new number.")

    def __init__(self, *, client_id: str) -> None:
        super().__init__(client_id=client_id)


class HoldNotFound(Problem):
    """There is no such hold."""

    code = "hold_not_found"
    status = 404
    sentence: ClassVar[Sentence] = _("No money is set aside under %(client_id)s.")
    next_step: ClassVar[Sentence] = _("Check the number.")

    def __init__(self, *, client_id: str) -> None:
        super().__init__(client_id=client_id)


class HoldReleased(Problem):
    """The hold was given back or taken before."""

    code = "hold_released"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "The money set aside under %(client_id)s has already been given back or used."
    )
    next_step: ClassVar[Sentence] = _("Set the money aside again before you use it.")

    def __init__(self, *, client_id: str) -> None:
        super().__init__(client_id=client_id)
