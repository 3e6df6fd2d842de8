"""What is said of policies and claims under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ClaimState(StrEnum):
    """made → sent → paid or refused by the insurer."""

    MADE = "made"
    SENT = "sent"
    PAID = "paid"
    REFUSED = "refused"


@dataclass(frozen=True)
class PolicyView:
    """A policy. `products` and `lots` both empty: everything of the county."""

    id: int
    county_id: int
    fund_id: int
    fund: str
    fund_en: str
    insurer_id: int
    insurer: str
    insurer_en: str
    number: str
    from_day: date
    to_day: date
    products: Sequence[str]
    lots: Sequence[str]
    per_unit_fen: int
    per_claim_fen: int
    premium_fen: int
    by: str
    at: datetime
    claimed_fen: int
    paid_fen: int


@dataclass(frozen=True)
class Claimable:
    """A decided refund of a line that a policy covers, and what of it can be claimed."""

    order_line_id: int
    order_number: str
    refund_reference: str
    lot_code: str
    product_code: str
    refunded_fen: int
    amount_fen: int
    at: datetime


@dataclass(frozen=True)
class StepView:
    """What happened to a claim, when, by whom."""

    state: ClaimState
    amount_fen: int
    slip: str
    why: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ClaimView:
    """A claim under a policy and how it stands."""

    id: int
    policy_id: int
    policy_number: str
    county_id: int
    order_line_id: int
    order_number: str
    refund_reference: str
    lot_code: str
    amount_fen: int
    decision_hash: str
    at: datetime
    by: str
    steps: Sequence[StepView]

    @property
    def state(self) -> ClaimState:
        """How it stands now."""
        return self.steps[-1].state if self.steps else ClaimState.MADE
