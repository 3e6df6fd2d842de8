"""Writes of what a person decides about a fund: a refund is given, or asked for where a fund would fall too low;
what was asked for is approved, and then given at once, or declined.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from fieldcast.accounts.types import SignedIn
from fieldcast.settlement.corrections.operations import refund_settled
from fieldcast.settlement.funds import asking
from fieldcast.settlement.funds.floors import set_floor
from fieldcast.settlement.funds.problems import BelowFloor
from fieldcast.settlement.funds.types import AskCause, AskView
from fieldcast.trade import queries as trade
from fieldcast.trade.types import RefundView

__all__ = ["decide", "give_or_ask", "set_floor"]


@transaction.atomic
def give_or_ask(
    *, by: SignedIn, amounts: Mapping[int, int], why: str, now: datetime, borne_by: str = ""
) -> RefundView | AskView:
    """`refund_settled`, or a question to somebody else where only a person may give it. Raises as that does."""
    try:
        return refund_settled(by=by, amounts=amounts, why=why, now=now, borne_by=borne_by)
    except BelowFloor as below:
        line = trade.finished_lines_by_ids(order_line_ids=amounts)[0]
        return asking.ask_for_refund(
            by=by,
            county_id=line.county_id,
            seller_id=line.seller_id,
            order_id=line.order_id,
            order_number=line.order_number,
            amounts=amounts,
            borne_by=borne_by,
            why=why,
            need_fen=int(str(below.facts["wanted_fen"])),
            now=now,
        )


@transaction.atomic
def decide(*, by: SignedIn, ask_id: int, approved: bool, why: str, now: datetime) -> AskView:
    """Approve or decline, once, with a reason. An approved refund is given at once; an approved line by the next run.

    Raises `NotFound` for strangers, `AskAnswered`, `AskedYourself`, `SaysNothing`, and as `refund_settled` does, whose
    refusal leaves the question open: `FundEmpty` among them.
    """
    view = asking.answer(by=by, ask_id=ask_id, approved=approved, why=why, now=now)
    if approved and view.cause == AskCause.REFUND:
        refund_settled(
            by=by, amounts=view.amounts, why=view.why, now=now, borne_by=view.borne_by, approved=True
        )
    return view
