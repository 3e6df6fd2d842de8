"""What a cooperative's books tell the other rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class MonthOfBooks:
    """What was settled in a month of a seller's sales: fen by role; together what buyers paid and did not get back."""

    month: date
    by_role: Mapping[str, int]

    @property
    def net_fen(self) -> int:
        """All of it."""
        return sum(self.by_role.values())


@dataclass(frozen=True)
class ProductSold:
    """What was settled of a product: units, what buyers paid for them, and what the farmers have of it."""

    product_code: str
    units: int
    net_fen: int
    farmer_fen: int
