"""What a way to the bank is: it is told of payouts, and says at once what it knows of them."""

from collections.abc import Sequence
from typing import Protocol

from fieldcast.settlement.banks.types import Instruction, Said


class BankWay(Protocol):
    """A way."""

    @property
    def by_itself(self) -> bool:
        """Is it asked by a call, not by a file that somebody carries?"""
        ...

    def send(self, orders: Sequence[Instruction]) -> tuple[Said, ...]:
        """Hand over the payouts of a batch, each by its reference, which counts once however often it is sent."""
        ...
