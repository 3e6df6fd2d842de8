"""What is said of a fund's floor and of payments that wait for a person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AskCause(StrEnum):
    """What the money is for: a refund after the settlement, or what one party bears of a line that is not settled."""

    REFUND = "refund"
    BORNE = "borne"


class AskState(StrEnum):
    """How a question stands."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True)
class AskView:
    """A payment out of a fund that a person decides. `line_id`: of what is borne; `amounts`: fen by order line."""

    id: int
    county_id: int
    seller_id: int
    order_id: int
    order_number: str
    cause: AskCause
    amounts: dict[int, int]
    borne_by: str
    why: str
    need_fen: int
    asked_by_id: int | None
    asked_by: str
    asked_at: datetime
    state: AskState
    answer_why: str
    answered_by: str
    answered_at: datetime | None
