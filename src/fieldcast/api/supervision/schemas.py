"""What the supervision endpoints take and give. Programs say and read packs as `units`: JSON keys are a contract."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from fieldcast.api.fields import Fen, Number
from fieldcast.settlement.types import SessionSettlement
from fieldcast.supervision.types import Comparison, Verification
from fieldcast.trade.types import SessionPayments, SessionSales


class SalesReportIn(Schema):
    """What a host says a session sold."""

    packs: Number = Field(alias="units")
    amount_fen: Fen


class VerificationOut(Schema):
    """Sales of a session as reported and as recorded; `agrees` is null while there is no report."""

    session_id: int
    session_title: str
    host_id: int
    host_name: str
    host_name_en: str
    units: Comparison
    amount: Comparison
    agrees: bool | None
    reported_at: datetime | None
    computed_at: datetime

    @staticmethod
    def resolve_units(found: Verification) -> Comparison:
        """The packs."""
        return found.packs


class PaymentsOut(Schema):
    """How a session's payments went.

    `units` packs were offered, `held` reservations wait for payment. `notified_twice` notices had been heard before,
    `stale` ones came too late to matter, `returned` payments came for orders that had ended. `refunds_open` are not
    confirmed by the provider yet.
    """

    units: int
    held: int
    paid: int
    notified_twice: int
    stale: int
    returned: int
    refunds: int
    refunds_open: int

    @staticmethod
    def resolve_units(payments: SessionPayments) -> int:
        """The packs offered."""
        return payments.packs


class SessionBooksOut(Schema):
    """A session from its first order to its last payout, every figure read from the rows."""

    session_id: int
    sales: SessionSales
    payments: PaymentsOut
    settlement: SessionSettlement
