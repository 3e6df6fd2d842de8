"""What trade tells of money going back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RefundKind(StrEnum):
    """Why money goes back."""

    BEFORE_SHIPMENT = "before_shipment"
    AFTER_SALE = "after_sale"
    LATE_PAYMENT = "late_payment"
    SETTLED = "settled"


class RefundState(StrEnum):
    """A refund is asked for, sent to the provider and confirmed by its notice."""

    REQUESTED = "requested"
    SENT = "sent"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True)
class RefundView:
    """Money on its way back."""

    id: int
    reference: str
    order_number: str
    amount_fen: int
    kind: RefundKind
    state: RefundState
    reason: str
    requested_at: datetime
    done_at: datetime | None
