"""A bank to practise with: it answers at once, moves no money, and knows which accounts are closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fieldcast.settlement.banks.types import Instruction, Said

CLOSED_END: Final = "0000"  # an account whose number ends so is closed
CLOSED: Final = "账户已销户"


@dataclass(frozen=True)
class Sandbox:
    """Confirms every payout but those to closed accounts."""

    by_itself: bool = True

    def send(self, orders: Sequence[Instruction]) -> tuple[Said, ...]:
        """What a bank would say a day later."""
        return tuple(
            Said(
                reference=one.reference,
                amount_fen=one.amount_fen,
                returned=one.number.endswith(CLOSED_END),
                reason=CLOSED if one.number.endswith(CLOSED_END) else "",
            )
            for one in orders
        )


SANDBOX: Final = Sandbox()
